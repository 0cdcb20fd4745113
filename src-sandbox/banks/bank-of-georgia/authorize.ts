/** The authorisation endpoint: shows the customer a page and sends the browser back with a code or an error. */
import type { PageAnswer } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { digestOf, newSecret } from '#sandbox/state/secret-digest.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { fail, finalise, openAuthorisation } from './authorisation-life.ts'
import {
  type AuthorizationRequest,
  checkRequest,
  checkSender,
  isRequestError,
  type TrustedSender,
} from './authorization-request.ts'
import { authorizePage, errorPage } from './authorize-page.ts'
import type { Authorisation } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { type BogCustomer, findCustomer, waysToAuthorise } from './customers.ts'

/** Pages that wait for the customer's click, by one-use id. Not kept over a restart: the customer starts again. */
type Waiting = Map<string, { readonly request: AuthorizationRequest; readonly shownAt: number }>

const pageLifeMilliseconds = 10 * 60_000
const mostWaiting = 1000

function redirect(
  bog: BogSurroundings,
  status: 302 | 303,
  { redirectUri, clientState, tenant }: TrustedSender,
  result: Record<string, string>,
  reason: string,
): PageAnswer {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value)
  if (clientState !== null) url.searchParams.append('state', clientState)
  // RFC 9207: lets a client that talks to several banks tell whose answer this is.
  url.searchParams.append('iss', bog.oauth().issuer)
  const headers = { location: url.href, 'referrer-policy': 'no-referrer' }
  return { ...emptyAnswer(status, reason, headers), tenant: tenant.id }
}

const authorisationOf = ({ state, target, tenant }: AuthorizationRequest, psu: string): Authorisation | undefined =>
  openAuthorisation(state, target.kind, target.resource, psu, tenantNow(tenant))

/** Customers who may authorise this, did not yet, and for whom an authorisation was started. */
function awaited(request: AuthorizationRequest): BogCustomer[] {
  const { eligible, signedBy } = request.target.subject
  return eligible
    .filter((id) => !signedBy.includes(id) && authorisationOf(request, id) !== undefined)
    .flatMap((id) => findCustomer(id) ?? [])
}

/** @returns page (GET) and target of its form (POST), which share the waiting pages. */
export function authorizeEndpoint(bog: BogSurroundings) {
  const waiting: Waiting = new Map()

  const show = (received: Received): PageAnswer => {
    const sender = checkSender(bog.tenants, received.query)
    if ('obstacle' in sender)
      return errorPage(400, 'Wrong request', `${sender.obstacle}, so nobody is sent there.`, sender.obstacle)
    const request = checkRequest(sender, received.query)
    if (isRequestError(request)) {
      const { error, description } = request
      return redirect(bog, 302, sender, { error, error_description: description }, `${error}: ${description}`)
    }
    const customers = awaited(request)
    if (customers.length === 0) {
      const description = 'no authorisation waits for a customer; start one'
      return redirect(bog, 302, sender, { error: 'invalid_request', error_description: description }, description)
    }
    const transaction = newSecret()
    if (waiting.size >= mostWaiting) waiting.clear()
    waiting.set(transaction, { request, shownAt: Date.now() })
    return { ...authorizePage(request, customers, transaction), tenant: request.tenant.id }
  }

  const decide = (received: Received): PageAnswer => {
    const own = new URL(bog.oauth().authorize).origin
    const origin = headerOf(received, 'origin')
    if (origin !== undefined && origin !== own)
      return errorPage(403, 'Refused', 'This form was sent from another page.', `the form came from ${origin}`)
    const form = new URLSearchParams(received.body.toString('utf8'))
    const transaction = form.get('transaction') ?? ''
    const shown = waiting.get(transaction)
    waiting.delete(transaction)
    if (!shown || Date.now() - shown.shownAt > pageLifeMilliseconds) {
      const explanation = 'This page was used or is too old. Start again at the TPP.'
      return errorPage(400, 'Out of date', explanation, 'transaction unknown, used or too old')
    }
    return { ...conclude(bog, shown.request, form), tenant: shown.request.tenant.id }
  }

  return { show, decide }
}

function issueCode(request: AuthorizationRequest, psu: string): string {
  const { state, scope, redirectUri, challenge, tenant } = request
  const code = newSecret()
  state.codes[digestOf(code)] = { psu, scope, redirectUri, challenge, issuedAt: tenantNow(tenant), grant: null }
  return code
}

function conclude(bog: BogSurroundings, request: AuthorizationRequest, form: URLSearchParams): Answer {
  const { state, scope, tenant } = request
  const customer = awaited(request).find(({ id }) => id === form.get('PSU-ID'))
  const authorisation = customer && authorisationOf(request, customer.id)
  if (!customer || !authorisation) {
    const explanation = 'This customer may not authorise this, or has done so before.'
    return errorPage(400, 'Another customer', explanation, 'the form names no customer who is waited for')
  }
  if (customer.alwaysDenies || form.get('decision') === 'deny') {
    fail(state, authorisation, customer.id, tenantNow(tenant))
    const result = { error: 'access_denied', error_description: 'The customer declined.' }
    return redirect(bog, 303, request, result, `${customer.name} declined`)
  }
  const way = waysToAuthorise.find(({ id }) => id === form.get('method'))
  if (!way) return errorPage(400, 'No way to authorise', 'Choose one of the ways.', 'the form has no known method')
  finalise(state, authorisation, customer.id, tenantNow(tenant))
  const code = issueCode(request, customer.id)
  return redirect(bog, 303, request, { code }, `${customer.name} authorised ${scope} with ${way.label}`)
}
