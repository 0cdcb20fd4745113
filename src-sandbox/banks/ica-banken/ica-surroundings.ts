/** What every part of the simulated ICA Banken works with: its error rows, and the clock and switches of a tenant. */

import { Refused } from '#sandbox/bank/refused.ts'
import type { BankSurroundings } from '#sandbox/bank/simulated-bank.ts'
import { isSwitchedOn, type Tenant } from '#sandbox/state/tenants.ts'
import { icaBankId } from './ica-state.ts'

/** Faults inside the bank that no client can cause. */
export const icaSwitches = [
  'curity-registration',
  'gateway-registration',
  'registration-error',
  'registration-internal',
  'customer-validation',
  'account-system-timeout',
  'payment-system-down',
  'no-personal-number',
  'refresh-token-reusable',
] as const
export type IcaSwitch = (typeof icaSwitches)[number]

export interface IcaSurroundings extends BankSurroundings {
  /** Ends the request with a row of the error table. */
  refuse(row: string, reason: string, values?: Readonly<Record<string, string>>): never
  isOn(tenant: Tenant, name: IcaSwitch): boolean
}

export const icaSurroundings = (surroundings: BankSurroundings): IcaSurroundings => ({
  ...surroundings,
  refuse: (row, reason, values) => {
    throw new Refused(surroundings.rows.answer(row, reason, values))
  },
  isOn: (tenant, name) => isSwitchedOn(tenant, icaBankId, name),
})
