/** The step between two sendings of a payment: hands out the bank's page, and finds out later how it went there. */
import { randomUUID } from 'node:crypto'
import type { PlainCall } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, headerOf, jsonAnswer } from '#sandbox/net/answer.ts'
import type { Sb1Customer } from './customers.ts'
import { scaLifeMilliseconds } from './payment-status.ts'
import { type Challenge, type Decision, keep, type PaymentContent, type Sb1State } from './sb1-state.ts'
import type { Sb1Surroundings } from './sb1-surroundings.ts'
import { tapPath } from './tap-page.ts'

/** What a request says about itself, as far as it ties it to an earlier one. */
export interface Sending {
  readonly call: PlainCall
  readonly state: Sb1State
  readonly customer: Sb1Customer | null
  readonly content: PaymentContent
  readonly now: number
}

const sessionOf = ({ received }: PlainCall): string | null => headerOf(received, 'tpp-session-id') ?? null

/** Object keys sorted at every level: the order of fields is no change of the payment. */
const fingerprint = (content: PaymentContent): string =>
  JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )

const isSamePayment = (challenge: Challenge, content: PaymentContent): boolean =>
  fingerprint(challenge.content) === fingerprint(content)

/** A session ties two requests together; without one, customer and payment do. */
function findChallenge({ call, state, customer, content }: Sending): Challenge | undefined {
  const sessionId = sessionOf(call)
  return Object.values(state.challenges).findLast(
    (challenge) =>
      challenge.payment === null &&
      challenge.sessionId === sessionId &&
      challenge.psuId === (customer?.psuId ?? null) &&
      (sessionId !== null || isSamePayment(challenge, content)),
  )
}

/** The locale stands in the link as it came, blanks included: the bank's own sample does so. */
export function linkOf(bank: Sb1Surroundings, call: PlainCall, state: string): string {
  const locale = headerOf(call.received, 'accept-language') ?? 'nb-NO'
  return `${bank.baseUrl('pages')}${tapPath}?route_secesb_id=1&flow=psd2&state=${state}&locale=${locale}`
}

/** @param payment one that exists already and waits for the customer. */
export function newChallenge({ call, state, customer, content, now }: Sending, payment: string | null): Challenge {
  const challenge: Challenge = {
    state: randomUUID(),
    sessionId: sessionOf(call),
    psuId: customer?.psuId ?? null,
    content,
    redirectUri: headerOf(call.received, 'tpp-redirect-uri') ?? null,
    handedOutAt: now,
    payment,
    openedAt: null,
    decision: null,
  }
  keep(state.challenges, challenge.state, challenge)
  return challenge
}

function ask(bank: Sb1Surroundings, { call }: Sending, challenge: Challenge, reason: string): Answer {
  const scaRedirect = { href: linkOf(bank, call, challenge.state), verbs: ['GET'] }
  return jsonAnswer(401, { _links: { scaRedirect } }, `sb1-unauthorized-sca-redirect: ${reason}`)
}

/** How it went at the page; null where the customer is still there. Whatever ends it, the customer starts over next time. */
function outcome(bank: Sb1Surroundings, sending: Sending, challenge: Challenge): Decision | null {
  const { state, content, now } = sending
  const { decision, openedAt, handedOutAt } = challenge
  if (!decision && openedAt !== null) return null
  delete state.challenges[challenge.state]
  if (!decision) return bank.refuse('sb1-sca-not-found', 'nobody has opened the page of this payment')
  if (!isSamePayment(challenge, content))
    bank.refuse('sb1-sca-invalid', 'the customer saw another payment than this one')
  if (!decision.approves) bank.refuse('sb1-sca-invalid', 'the customer declined')
  const late = decision.at - handedOutAt > scaLifeMilliseconds
  if (late || now - decision.at > scaLifeMilliseconds)
    bank.refuse('sb1-sca-expired', late ? 'the customer authenticated too late' : 'the repeat came too late')
  return decision
}

/** @returns the customer's approval, or the answer that asks for it. */
export function approvalOf(bank: Sb1Surroundings, sending: Sending): Decision | Answer {
  const { state, content, now } = sending
  const challenge = findChallenge(sending)
  if (challenge && !challenge.decision) {
    const stale = now > challenge.handedOutAt + scaLifeMilliseconds || !isSamePayment(challenge, content)
    if (stale) delete state.challenges[challenge.state]
    if (stale) return ask(bank, sending, newChallenge(sending, null), 'the earlier link is of no use any more')
  }
  if (!challenge) return ask(bank, sending, newChallenge(sending, null), 'the customer has to authenticate')
  return outcome(bank, sending, challenge) ?? ask(bank, sending, challenge, 'the customer is still at the page')
}
