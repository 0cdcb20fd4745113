/** POST funds-confirmations: whether an amount is on the account the customer's consent is for. */
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { headerOf, jsonAnswer } from '#sandbox/net/answer.ts'
import { standingOf } from './consent-standing.ts'
import { consentOf } from './consents.ts'
import { type DemoAccount, findAccount } from './customers.ts'
import type { AccountReference } from './salt-edge-state.ts'
import type { SaltEdgeSurroundings, SignedCall } from './salt-edge-surroundings.ts'

interface Question {
  readonly account: AccountReference
  readonly instructedAmount: { readonly amount: string; readonly currency: string }
}

const resourceUnknown = 'salt-edge-resource-unknown'

/** Units of a currency for one euro; invented, and the same every day. */
const perEuro: Readonly<Record<string, number>> = { EUR: 1, USD: 1.08, GBP: 0.85, RON: 4.97, NOK: 11.6, SEK: 11.2 }

/** The document has no error for a body that does not fit; no account can be found in one. */
function readQuestion(bank: SaltEdgeSurroundings, { call }: SignedCall): Question {
  const finding = bank.findings(call).find((one) => one.startsWith('/requestBody'))
  if (finding) bank.refuse(resourceUnknown, finding)
  return JSON.parse(call.received.body.toString('utf8')) as Question
}

/** Hundredths available in the currency that is asked for; null where the bank does not keep or change it. */
function availableIn(account: DemoAccount, pocket: string, currency: string): number | null {
  const [from, to] = [perEuro[pocket], perEuro[currency]]
  const balance = account.balances[pocket]
  return from && to && balance !== undefined ? Math.floor((balance / from) * to) : null
}

export const confirmFunds = (bank: SaltEdgeSurroundings): OperationHandler =>
  bank.signed((signed) => {
    const id = headerOf(signed.call.received, 'consent-id')
    if (!id) return bank.refuse('salt-edge-consent-unknown', 'there is no Consent-Id')
    const consent = consentOf(bank, signed, id)
    const { consentStatus } = standingOf(consent, signed.now)
    if (consentStatus !== 'valid') bank.refuse('salt-edge-consent-invalid', `the consent is ${consentStatus}`)
    const { account: reference, instructedAmount } = readQuestion(bank, signed)
    const account = findAccount(reference)
    if (!account) return bank.refuse(resourceUnknown, 'the bank has no account with these identifiers')
    if (account !== findAccount(consent.content.account))
      bank.refuse('salt-edge-consent-invalid', 'the consent is for another account')
    const pocket = reference.currency ?? Object.keys(account.balances)[0] ?? ''
    if (account.balances[pocket] === undefined) bank.refuse(resourceUnknown, `the account is not kept in ${pocket}`)
    const { amount, currency } = instructedAmount
    const available = availableIn(account, pocket, currency)
    const fundsAvailable = available !== null && Math.round(Number(amount) * 100) <= available
    const why = available === null ? `${currency} is not changed here` : `${available / 100} ${currency} are available`
    return jsonAnswer(200, { fundsAvailable }, why)
  })
