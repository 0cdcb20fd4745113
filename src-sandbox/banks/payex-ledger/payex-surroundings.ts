/** What every part of the simulated PayEx ledger works with: problems in its own body shape, and the switch of a tenant. */
import { randomUUID } from 'node:crypto'
import { Refused } from '#sandbox/bank/refused.ts'
import type { BankSurroundings } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { isSwitchedOn, type Tenant } from '#sandbox/state/tenants.ts'
import { payexBankId } from './payex-state.ts'

/** Faults inside the ledger that no client can cause. */
export const payexSwitches = ['fatal'] as const
export type PayexSwitch = (typeof payexSwitches)[number]

/** The last segments of `Type`. */
export type ProblemCode = 'validation' | 'not-found' | 'application-exists' | 'invalid-state' | 'fatal'

/** Parameter → messages. */
export type Findings = Readonly<Record<string, readonly string[]>>

export interface PayexSurroundings extends BankSurroundings {
  /** Ends the request with the row the operation's own table has for the problem. */
  refuse(operation: string, code: ProblemCode, reason: string, findings?: Findings): never
  isOn(tenant: Tenant, name: PayexSwitch): boolean
  /** URL of one of the sandbox's own pages. */
  pageUrl(path: string, query?: Readonly<Record<string, string>>): string
}

export const problemType = (code: string): string => `ledger/public-account-transaction/v1/problems/${code}`

/** The same problem has other words from operation to operation; the error table knows which. */
function rowOf({ folder }: BankSurroundings, operation: string, code: ProblemCode): string {
  const found = [...folder.rows.values()].find((row) => row.code === code && row.operations.includes(operation))
  if (!found) throw new Error(`The document lists no problem ${code} for ${operation}.`)
  return found.id
}

export const payexSurroundings = (surroundings: BankSurroundings): PayexSurroundings => ({
  ...surroundings,
  refuse: (operation, code, reason, findings) => {
    const id = rowOf(surroundings, operation, code)
    const { status, title, detail } = surroundings.rows.read(id)
    const body = {
      Type: problemType(code),
      ...(title === null ? {} : { Title: title }),
      Status: status,
      Instance: randomUUID(),
      Detail: detail,
      ...(findings ? { Problems: findings } : {}),
    }
    throw new Refused(jsonAnswer(status, body, `${id}: ${reason}`, { 'content-type': 'application/problem+json' }))
  },
  isOn: (tenant, name) => isSwitchedOn(tenant, payexBankId, name),
  pageUrl: (path, query = {}) => {
    const url = new URL(path, surroundings.baseUrl('pages'))
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url.href
  },
})
