/** Shows the customer the page of a consent, takes the decision and sends the browser back to the TPP. */
import type { PageAnswer } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import { authorisePage, errorPage, waysToSign, withdrawal } from './authorise-page.ts'
import { standingOf } from './consent-standing.ts'
import { customerField, findAccount, findCustomer } from './customers.ts'
import { type Consent, consentsOf } from './salt-edge-state.ts'
import type { SaltEdgeSurroundings } from './salt-edge-surroundings.ts'

interface Found {
  readonly tenant: Tenant
  readonly consent: Consent
}

function find(bank: SaltEdgeSurroundings, id: string): Found | null {
  for (const tenant of bank.tenants.all()) {
    const consents = consentsOf(tenant)
    const consent = Object.hasOwn(consents, id) ? consents[id] : undefined
    if (consent && consent.redirectUri !== null) return { tenant, consent }
  }
  return null
}

const unknownPage = (): Answer => errorPage(404, 'Unknown page', 'This link belongs to no consent.')

const back = (consent: Consent, reason: string): Answer =>
  emptyAnswer(303, reason, { location: consent.redirectUri ?? '', 'referrer-policy': 'no-referrer' })

function show(bank: SaltEdgeSurroundings, received: Received): PageAnswer {
  const found = find(bank, received.query.get('consent') ?? '')
  if (!found) return unknownPage()
  const { tenant, consent } = found
  const now = tenantNow(tenant)
  const { consentStatus } = standingOf(consent, now)
  consent.openedAt ??= now
  const open = ['accepted', 'received', 'partiallyAuthorised', 'valid'].includes(consentStatus)
  const valid = consentStatus === 'valid'
  const customer = valid
    ? (findCustomer(consent.decisions[0]?.psuId ?? '') ?? null)
    : consent.decisions.length > 0 || consent.psuId === null
      ? null
      : (findCustomer(consent.psuId) ?? null)
  const answer = open
    ? authorisePage({ consent, tenant: tenant.id, customer, valid })
    : errorPage(410, 'Nothing to decide', `The consent is ${consentStatus}.`)
  return { ...answer, tenant: tenant.id }
}

function decideAs(found: Found, form: URLSearchParams): Answer {
  const { tenant, consent } = found
  const now = tenantNow(tenant)
  const { consentStatus } = standingOf(consent, now)
  const customer = findCustomer(form.get(customerField) ?? '')
  const method = form.get('method')
  if (!customer || !findAccount(consent.content.account)?.holders.includes(customer.psuId))
    return errorPage(403, 'Not your account', `${customer?.name ?? 'Nobody'} does not hold this account.`)
  if (consentStatus === 'valid') {
    if (method !== withdrawal.id) return errorPage(409, 'Signed already', 'The consent is valid.')
    consent.revokedAt = now
    return back(consent, `${customer.name} withdrew consent ${consent.id}`)
  }
  if (!['received', 'partiallyAuthorised', 'accepted'].includes(consentStatus))
    return errorPage(410, 'Nothing to decide', `The consent is ${consentStatus}.`)
  if (consent.decisions.some(({ psuId }) => psuId === customer.psuId))
    return errorPage(409, 'Signed already', `${customer.name} has signed; somebody else has to.`)
  const denies = customer.alwaysDenies || form.get('decision') === 'deny'
  const way = waysToSign.find(({ id }) => id === method)
  if (!denies && !way) return errorPage(400, 'No way to sign', 'Choose one of the ways to sign.')
  consent.decisions = [...consent.decisions, { psuId: customer.psuId, approves: !denies, at: now }]
  return back(consent, denies ? `${customer.name} declined` : `${customer.name} signed with ${way?.label}`)
}

function decide(bank: SaltEdgeSurroundings, received: Received): PageAnswer {
  const origin = headerOf(received, 'origin')
  if (origin !== undefined && origin !== new URL(bank.baseUrl('pages')).origin)
    return errorPage(403, 'Refused', 'This form was sent from another page.', `the form came from ${origin}`)
  const form = new URLSearchParams(received.body.toString('utf8'))
  const found = find(bank, form.get('consent') ?? '')
  return found ? { ...decideAs(found, form), tenant: found.tenant.id } : unknownPage()
}

export const authoriseEndpoint = (bank: SaltEdgeSurroundings) => ({
  show: (received: Received): PageAnswer => show(bank, received),
  decide: (received: Received): PageAnswer => decide(bank, received),
})
