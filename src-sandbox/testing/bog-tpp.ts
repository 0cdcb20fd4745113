/** A TPP at Bank of Georgia: its calls, each answer held against the bank's document, and its customers' clicks. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import type { SandboxRunning } from '#shared/sandbox-protocol.ts'
import type { DocumentedAnswers } from './documented-answers.ts'
import { type JwsOptions, jwsHeaders } from './jws-signer.ts'
import type { TestControl, TestIdentity } from './test-control.ts'
import { exchange, type TestAnswer, type TestMessage } from './test-exchange.ts'
import { makeVerifier, urlOf } from './test-tpp.ts'
import { unknownProperties } from './unknown-properties.ts'

export const bogBank = 'bank-of-georgia'
export const bogCallback = 'https://tpp.example/callback'

export interface BogCallOptions {
  readonly token?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Null leaves a header out that is otherwise sent. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly body?: unknown
  /** Signs with the identity of the connection or another one. */
  readonly sign?: JwsOptions & { readonly by?: TestIdentity }
  /** What is changed after signing. */
  readonly tamper?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Sent instead of the operation's own. */
  readonly method?: string
}

export interface BogTokens {
  readonly access: string
  readonly refresh: string
  /** At the callback; null where there are tokens. */
  readonly error: string | null
}

export interface BogTpp {
  readonly organizationIdentifier: string
  readonly identity: TestIdentity | null
  call(operation: string, options?: BogCallOptions): Promise<TestAnswer>
  /** Anything on the interface's host, or at a whole address. */
  raw(message: Omit<TestMessage, 'url'> & { readonly path: string }): Promise<TestAnswer>
  token(fields: Readonly<Record<string, string>>): Promise<TestAnswer>
  authorizeUrl(scope: string, challenge: string, query?: Readonly<Record<string, string | null>>): Promise<URL>
  /** The whole way of one customer. */
  authorise(scope: string, psu: string, decision?: 'approve' | 'deny'): Promise<BogTokens>
  moveClock(seconds: number): Promise<void>
  switchOn(...names: string[]): Promise<void>
  close(): void
}

export interface BogSite {
  readonly running: SandboxRunning
  readonly documented: DocumentedAnswers
  readonly control: TestControl
}

/** Opens the page, fills in the customer and presses a button; where the browser is sent. */
export async function clickPage(url: URL, psu: string, decision: 'approve' | 'deny' = 'approve'): Promise<Response> {
  const shown = await fetch(url, { redirect: 'manual' })
  if (shown.status !== 200) return shown
  const transaction = /name="transaction" value="([^"]+)"/.exec(await shown.text())?.[1] ?? ''
  const choice: Record<string, string> = decision === 'approve' ? { method: 'sms' } : { decision: 'deny' }
  return await fetch(`${url.origin}${url.pathname}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ transaction, 'PSU-ID': psu, ...choice }),
  })
}

const present = (all: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

/** @param identity null for connections without a client certificate. */
function messageOf(
  { running, documented }: BogSite,
  identity: TestIdentity | null,
  id: string,
  options: BogCallOptions,
) {
  const operation = documented.operation(id)
  const { body, query, parameters = {}, sign, tamper = {}, method = operation.method } = options
  const filled = operation.path.replace(/\{([\w-]+)\}/g, (_all, name: string) => parameters[name] ?? '')
  const url = new URL(
    `${urlOf(running, operation.host, bogBank)}${filled}${query ? `?${new URLSearchParams(query).toString()}` : ''}`,
  )
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const sent = present({
    'x-request-id': randomUUID(),
    'psu-ip-address': '192.0.2.44',
    'content-type': text === '' ? null : 'application/json',
    authorization: options.token ? `Bearer ${options.token}` : null,
    ...options.headers,
  })
  const covered = { ...sent, '(request-target)': `${method.toLowerCase()} ${url.pathname}${url.search}` }
  const signer = sign?.by ?? identity
  const signature = sign && signer ? jwsHeaders(signer, covered, text, sign) : {}
  const outgoing = tamper.body ?? text
  return {
    method,
    url: url.href,
    headers: { ...sent, ...signature, ...tamper.headers } as Readonly<Record<string, string>>,
    ...(outgoing === '' ? {} : { body: outgoing }),
  }
}

const strange = unknownProperties(bogBank)
/** The framework has these; the document's samples do not. */
const ofTheFramework =
  /\.account(s\[\])?\.status$|\.(scaMethods|chosenScaMethod)$|bog-payment-get\.(payments|requestedExecutionDate|batchBookingPreferred|startDate|endDate|executionRule|frequency|dayOfExecution)$/

function checkAnswer({ documented }: BogSite, id: string, requestId: string | undefined, answer: TestAnswer): void {
  const findings = documented.findings(id, answer.status, answer.text === '' ? null : answer.json)
  findings.push(...strange(id, answer.status, answer.json).filter((path) => !ofTheFramework.test(path)))
  if (requestId !== answer.headers['x-request-id']) findings.push('X-Request-ID is not repeated')
  if (findings.length > 0) throw new Error(`${id} ${answer.status}: ${findings.join('; ')}\n${answer.text}`)
}

async function authorizeUrlFor(
  raw: BogTpp['raw'],
  metadata: string,
  all: Readonly<Record<string, string | null>>,
): Promise<URL> {
  const { json } = await raw({ method: 'GET', path: metadata })
  const url = new URL(String(json.authorization_endpoint))
  for (const [name, value] of Object.entries(present(all))) url.searchParams.set(name, value)
  return url
}

async function authoriseAs(
  { authorizeUrl, token }: Pick<BogTpp, 'authorizeUrl' | 'token'>,
  scope: string,
  psu: string,
  decision: 'approve' | 'deny',
): Promise<BogTokens> {
  const { verifier, challenge } = makeVerifier()
  const clicked = await clickPage(await authorizeUrl(scope, challenge), psu, decision)
  const back = new URL(clicked.headers.get('location') ?? `about:blank?error=page-${clicked.status}`)
  const error = back.searchParams.get('error')
  if (error) return { access: '', refresh: '', error }
  const { json, status, text } = await token({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: bogCallback,
    code_verifier: verifier,
  })
  if (status !== 200) throw new Error(text)
  return { access: String(json.access_token), refresh: String(json.refresh_token), error: null }
}

/** @param identity null for connections without a client certificate. */
export function bogTpp(site: BogSite, identity: TestIdentity | null): BogTpp {
  const { running, control } = site
  const own = identity ? { key: identity.key, cert: identity.certificate } : {}
  const agent = new Agent({ ca: readFileSync(running.ca), keepAlive: true, ...own })
  const oid = identity?.organizationIdentifier ?? '-'
  const raw: BogTpp['raw'] = ({ path, ...message }) =>
    exchange(agent, { ...message, url: new URL(path, urlOf(running, 'xs2a', bogBank)).href })
  const metadata = urlOf(running, 'authorization-server', bogBank)
  const token: BogTpp['token'] = (fields) =>
    raw({
      method: 'POST',
      path: new URL('/oauth2/token', metadata).href,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: oid, ...fields }).toString(),
    })
  const authorizeUrl: BogTpp['authorizeUrl'] = (scope, challenge, query = {}) =>
    authorizeUrlFor(raw, metadata, {
      response_type: 'code',
      client_id: oid,
      redirect_uri: bogCallback,
      scope,
      state: 'st',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...query,
    })
  return {
    organizationIdentifier: oid,
    identity,
    raw,
    token,
    authorizeUrl,
    call: async (id, options = {}) => {
      const message = messageOf(site, identity, id, options)
      const answer = await exchange(agent, message)
      checkAnswer(site, id, message.headers['x-request-id'], answer)
      return answer
    },
    authorise: (scope, psu, decision = 'approve') => authoriseAs({ authorizeUrl, token }, scope, psu, decision),
    moveClock: (seconds) => control.moveClock(oid, seconds),
    switchOn: async (...names) => {
      await control.send('PUT', `/tenants/${oid}/switches`, { [bogBank]: names })
    },
    close: () => agent.destroy(),
  }
}
