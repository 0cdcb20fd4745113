/** Shows the customer the page of a payment, takes the decision and sends the browser back to the TPP. */
import type { PageAnswer } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import { customerField, findCustomer } from './customers.ts'
import { type Challenge, challengesOf, sb1StateOf } from './sb1-state.ts'
import type { Sb1Surroundings } from './sb1-surroundings.ts'
import { messagePage, tapPage, waysToSign } from './tap-page.ts'

interface Found {
  readonly tenant: Tenant
  readonly challenge: Challenge
}

function find(bank: Sb1Surroundings, state: string): Found | null {
  for (const tenant of bank.tenants.all()) {
    const challenges = challengesOf(tenant)
    const challenge = Object.hasOwn(challenges, state) ? challenges[state] : undefined
    if (challenge) return { tenant, challenge }
  }
  return null
}

const unknownPage = (): Answer => messagePage(404, 'Unknown page', 'This link belongs to no payment.')
const usedPage = (): Answer => messagePage(410, 'Nothing to decide', 'This payment was decided.')

function show(bank: Sb1Surroundings, received: Received): PageAnswer {
  const found = find(bank, received.query.get('state') ?? '')
  if (!found) return unknownPage()
  const { tenant, challenge } = found
  challenge.openedAt ??= tenantNow(tenant)
  const customer = findCustomer(challenge.psuId) ?? null
  const locale = received.query.get('locale') ?? ''
  const answer = challenge.decision ? usedPage() : tapPage(challenge, tenant.id, customer, locale)
  return { ...answer, tenant: tenant.id }
}

function conclude({ tenant, challenge }: Found, form: URLSearchParams): Answer {
  if (challenge.decision) return usedPage()
  const customer = findCustomer(challenge.psuId ?? form.get(customerField))
  if (!customer || customer.blocked)
    return messagePage(403, 'No access', `${customer?.name ?? 'Nobody'} cannot use this page.`)
  const way = waysToSign.find((id) => id === form.get('method'))
  const denies = customer.alwaysDenies || form.get('decision') === 'deny'
  if (!denies && !way) return messagePage(400, 'No way to approve', 'Choose one of the ways.')
  challenge.decision = { psuId: customer.psuId, approves: !denies, at: tenantNow(tenant) }
  const payment = challenge.payment === null ? undefined : sb1StateOf(tenant).payments[challenge.payment]
  if (payment) payment.decision ??= challenge.decision
  const what = denies ? `${customer.name} declined` : `${customer.name} approved with ${way}`
  return challenge.redirectUri === null
    ? messagePage(200, denies ? 'Declined' : 'Approved', 'Go back to where you came from.')
    : emptyAnswer(303, what, { location: challenge.redirectUri, 'referrer-policy': 'no-referrer' })
}

function decide(bank: Sb1Surroundings, received: Received): PageAnswer {
  const origin = headerOf(received, 'origin')
  if (origin !== undefined && origin !== new URL(bank.baseUrl('pages')).origin)
    return messagePage(403, 'Refused', 'This form was sent from another page.')
  const form = new URLSearchParams(received.body.toString('utf8'))
  const found = find(bank, form.get('state') ?? '')
  return found ? { ...conclude(found, form), tenant: found.tenant.id } : unknownPage()
}

export const tapEndpoint = (bank: Sb1Surroundings) => ({
  show: (received: Received): PageAnswer => show(bank, received),
  decide: (received: Received): PageAnswer => decide(bank, received),
})
