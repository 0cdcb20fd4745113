/** The way every account operation begins: gate, validation, the account the path names, the count of unattended calls. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import { Refused } from '#sandbox/bank/refused.ts'
import type { OperationCall } from '#sandbox/bank/simulated-bank.ts'
import { headerOf, jsonAnswer } from '#sandbox/net/answer.ts'
import { fixtureAccounts, type IcaAccount } from './customers.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { type AdmittedCall, admit, type Gate, parameterOf } from './resource-gate.ts'

const gate: Gate = {
  scopes: () => ['account'],
  noPerson: 'ica-accounts-no-personal-number',
  down: { switch: 'account-system-timeout', row: 'ica-accounts-underlying-call-failed' },
}

export const invalidRequestRow = 'ica-accounts-underlying-service-invalid'

export interface AccountCall extends AdmittedCall {
  /** What the log adds to its reason. */
  readonly attendance: string
}

/** Section 2 of the document; the same day for all accounts of a customer. */
const unattendedPerDay = 4

/** An assumption: the document sets the limit and prints no row for a fifth call, so it is answered as the Berlin Group has it. */
function refuseFifth(count: number): never {
  const body = {
    title: 'Too many requests',
    code: 'ACCESS_EXCEEDED',
    detail: `Account information was asked for ${unattendedPerDay} times today without the customer.`,
  }
  throw new Refused(
    jsonAnswer(429, body, `unattended call ${count} of ${unattendedPerDay} today`, {
      'content-type': 'application/problem+json',
    }),
  )
}

function countUnattended({ call, state, customer, now }: AdmittedCall): string {
  if (headerOf(call.received, 'psu-ip-address')) return 'the customer is present'
  const key = `${customer.ssn} ${dayOf(now)}`
  const count = (state.unattended[key] ?? 0) + 1
  for (const old of Object.keys(state.unattended)) if (!old.endsWith(dayOf(now))) delete state.unattended[old]
  if (count > unattendedPerDay) refuseFifth(count)
  state.unattended[key] = count
  return `unattended call ${count} of ${unattendedPerDay} today`
}

export function admitToAccounts(ica: IcaSurroundings, call: OperationCall): AccountCall {
  const admitted = admit(ica, gate, call)
  const [finding] = call.operation.findings()
  if (finding) ica.refuse(invalidRequestRow, finding)
  return { ...admitted, attendance: countUnattended(admitted) }
}

export function accountOf(ica: IcaSurroundings, { call, customer }: AdmittedCall): IcaAccount {
  const id = parameterOf(call, 'accountId')
  if (id === fixtureAccounts.terminated) ica.refuse('ica-accounts-account-not-valid', 'the account was terminated')
  const [first] = customer.accounts
  if (id === fixtureAccounts.huge && first) return { ...first, resourceId: id }
  const account = customer.accounts.find(({ resourceId }) => resourceId === id)
  return (
    account ?? ica.refuse('ica-accounts-account-not-found', `${customer.name} has no account ${JSON.stringify(id)}`)
  )
}
