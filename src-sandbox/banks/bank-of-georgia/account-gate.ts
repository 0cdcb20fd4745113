/** What every read of accounts must pass: consent, token, quota, customer, and the consent's rights on the account. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import { checkAge, scopeOfConsent, tokenFor } from './access-token.ts'
import type { BogCall } from './admission.ts'
import type { Consent } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { type Rights, rightsOn } from './consent-access.ts'
import { consentStatus } from './consent-status.ts'
import { type BogAccount, bogAccounts, bogCustomers, findCustomer } from './customers.ts'
import { consentInHeader } from './find-resource.ts'

const mostUnattended = 4

function checkConsent(call: BogCall, consent: Consent): void {
  const status = consentStatus(consent, call.now)
  if (status === 'valid') return
  const why = consent.replacedAt === null ? '' : '; a newer recurring consent of the customer replaced it'
  call.refuse(status === 'expired' ? '401-consent-expired' : '401-consent-invalid', {
    reason: `the consent is ${status}${why}`,
    path: 'Consent-ID',
  })
}

/** A consent for one access covers each address once. */
function checkOnce(call: BogCall, consent: Consent): void {
  if (consent.recurring) return
  if (consent.used.includes(call.received.target))
    call.refuse('401-consent-invalid', { reason: 'the consent was for one access, which is used', path: 'Consent-ID' })
  consent.used.push(call.received.target)
}

/** @returns whether the customer was there, for the log. */
function countUnattended(call: BogCall, consent: Consent): string {
  if (call.header('psu-ip-address') !== undefined) return 'customer present'
  const day = dayOf(call.now)
  const reads = consent.unattended.day === day ? consent.unattended.reads : 0
  const most = Math.min(consent.frequencyPerDay, mostUnattended)
  if (reads >= most)
    call.refuse('429-access-exceeded', {
      reason: `without PSU-IP-Address the consent was read ${reads} times today; ${most} are allowed`,
    })
  consent.unattended = { day, reads: reads + 1 }
  return `read ${reads + 1} of ${most} without the customer`
}

export interface AccountCall extends BogCall {
  readonly consent: Consent
  readonly attendance: string
}

export function admitRead(bog: BogSurroundings, call: BogCall): AccountCall {
  const consent =
    consentInHeader(bog, call) ??
    call.refuse('400-format-error', { reason: 'Consent-ID is missing', path: 'Consent-ID' })
  const token = tokenFor(call, scopeOfConsent(consent.id))
  // Nobody can have one before the consent is authorised, and the reason is worth more than the symptom.
  if (!token && consent.signedAt === null) checkConsent(call, consent)
  if (!token) return call.refuse('401-token-unknown', { reason: 'the call has no access token', path: 'Authorization' })
  // Before the token's own time: where both are over, the consent is what has to be renewed.
  checkConsent(call, consent)
  checkAge(call, token)
  const blocked = consent.signedBy.find((psu) => findCustomer(psu)?.blocked)
  if (blocked !== undefined)
    call.refuse('403-service-blocked', { reason: 'the bank has blocked the online access of the customer' })
  checkOnce(call, consent)
  return { ...call, consent, attendance: countUnattended(call, consent) }
}

export interface CoveredAccount {
  readonly account: BogAccount
  readonly rights: Rights
}

/** @param right what is to be read of the account. */
export function coveredAccount(call: AccountCall, right: 'visible' | 'balances' | 'transactions'): CoveredAccount {
  const path = 'account-id'
  const id = call.parameter(path)
  if (bogCustomers.some(({ cards }) => cards.some(({ resourceId }) => resourceId === id)))
    call.refuse('400-service-invalid', { reason: 'this is a card account, which /v1/accounts does not serve', path })
  const account = bogAccounts.find(({ resourceId }) => resourceId === id)
  if (!account) return call.refuse('404-resource-unknown', { reason: 'there is no such account', path })
  const rights = rightsOn(call.consent, account)
  if (!rights.visible) call.refuse('403-resource-unknown', { reason: 'the consent does not list this account', path })
  if (!rights[right])
    call.refuse('401-consent-invalid', { reason: `the consent does not cover the ${right} of this account`, path })
  if (account.blocked) call.refuse('400-resource-blocked', { reason: 'the bank has blocked this account', path })
  return { account, rights }
}
