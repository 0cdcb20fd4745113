/** The authorisation endpoint: shows the customer a page and sends the browser back with a code or an error. */
import type { OperationHandler, PageAnswer } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { digestOf, newSecret } from '#sandbox/state/secret-digest.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import {
  type AuthorizationRequest,
  checkRequest,
  checkSender,
  isRequestError,
  type TrustedSender,
} from './authorization-request.ts'
import { authorizePage, errorPage, waysToSign } from './authorize-page.ts'
import { icaStateOf } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'

/** Pages that wait for the customer's click, by one-use id. Not kept over a restart: the customer starts again. */
type Waiting = Map<string, { readonly request: AuthorizationRequest; readonly shownAt: number }>

const pageLifeMilliseconds = 10 * 60_000
const mostWaiting = 1000

function redirect(
  ica: IcaSurroundings,
  status: 302 | 303,
  to: TrustedSender,
  result: Record<string, string>,
  reason: string,
): Answer {
  const url = new URL(to.redirectUri)
  for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value)
  if (to.state !== null) url.searchParams.append('state', to.state)
  // RFC 9207: lets a client that talks to several banks tell whose answer this is.
  url.searchParams.append('iss', ica.baseUrl('authorize'))
  return emptyAnswer(status, reason, { location: url.href, 'referrer-policy': 'no-referrer' })
}

const unknownClient = (ica: IcaSurroundings, received: Received, clientId: string): Answer => {
  const row = ica.rows.read('ica-general-invalid-client')
  const reason = `client_id ${JSON.stringify(clientId)} is not registered`
  // A person sees a page; a program gets the row as the other hosts send it.
  return headerOf(received, 'accept')?.includes('text/html')
    ? errorPage(row.status, row.code ?? '', `${row.detail}. No TPP is registered as "${clientId}".`, reason)
    : ica.rows.answer('ica-general-invalid-client', reason)
}

/** @returns the operation (GET) and the form's target (POST), which share the waiting pages. */
export function authorizeEndpoint(ica: IcaSurroundings) {
  const waiting: Waiting = new Map()

  const show: OperationHandler = ({ received }) => {
    const check = checkSender(ica.tenants, received.query)
    if ('unknownClient' in check) return unknownClient(ica, received, check.unknownClient)
    if ('wrongCallback' in check)
      return errorPage(400, 'Wrong callback', `${check.wrongCallback}, so nobody is sent there.`, check.wrongCallback)
    const request = checkRequest(check.sender, received.query)
    if (isRequestError(request)) {
      const { error, description } = request
      return redirect(ica, 302, check.sender, { error, error_description: description }, `${error}: ${description}`)
    }
    const transaction = newSecret()
    if (waiting.size >= mostWaiting) waiting.clear()
    waiting.set(transaction, { request, shownAt: Date.now() })
    return authorizePage(request, transaction)
  }

  const decide = (received: Received): PageAnswer => {
    const own = new URL(ica.baseUrl('authorize')).origin
    const origin = headerOf(received, 'origin')
    if (origin !== undefined && origin !== own)
      return errorPage(403, 'Refused', 'This form was sent from another page.', `the form came from ${origin}`)
    const form = new URLSearchParams(received.body.toString('utf8'))
    const transaction = form.get('transaction') ?? ''
    const page = waiting.get(transaction)
    waiting.delete(transaction)
    if (!page || Date.now() - page.shownAt > pageLifeMilliseconds)
      return errorPage(
        400,
        'Out of date',
        'This page was used or is too old. Start again at the TPP.',
        'transaction unknown, used or too old',
      )
    return { ...conclude(ica, page.request, form), tenant: page.request.tenant.id }
  }

  return { show, decide }
}

function conclude(ica: IcaSurroundings, request: AuthorizationRequest, form: URLSearchParams): Answer {
  const { customer } = request
  const way = waysToSign.find(({ id }) => id === form.get('method'))
  if (customer.alwaysDenies || form.get('decision') === 'deny')
    return redirect(
      ica,
      303,
      request,
      { error: 'access_denied', error_description: 'The customer declined.' },
      `${customer.name} declined`,
    )
  if (!way) return errorPage(400, 'No way to sign', 'Choose one of the ways to sign.', 'the form has no known method')
  const code = newSecret()
  icaStateOf(request.tenant).codes[digestOf(code)] = {
    ssn: customer.ssn,
    scope: request.scope,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    issuedAt: tenantNow(request.tenant),
    grant: null,
  }
  return redirect(ica, 303, request, { code }, `${customer.name} signed scope ${request.scope} with ${way.label}`)
}
