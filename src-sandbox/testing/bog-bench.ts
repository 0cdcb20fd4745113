/** A sandbox of Bank of Georgia with TPPs whose answers are all held against the bank's document. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import type { CertificateOrder } from '#shared/sandbox-protocol.ts'
import { documentedAnswers } from './documented-answers.ts'
import { type JwsOptions, jwsHeaders } from './jws-signer.ts'
import { makeRequest, type TestRole } from './psd2-request.ts'
import { removeHome, startSandbox } from './sandbox-process.ts'
import { type TestIdentity, testControl } from './test-control.ts'
import { exchange, type TestAnswer, type TestMessage } from './test-exchange.ts'
import { makeVerifier, urlOf } from './test-tpp.ts'

const bank = 'bank-of-georgia'
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
}

export interface BogTpp {
  readonly organizationIdentifier: string
  readonly identity: TestIdentity | null
  call(operation: string, options?: BogCallOptions): Promise<TestAnswer>
  /** Anything on the interface's host. */
  raw(message: Omit<TestMessage, 'url'> & { readonly path: string }): Promise<TestAnswer>
  token(fields: Readonly<Record<string, string>>): Promise<TestAnswer>
  authorizeUrl(scope: string, challenge: string, query?: Readonly<Record<string, string | null>>): Promise<URL>
  /** The whole way of one customer; tokens, or the error at the callback. */
  authorise(scope: string, psu: string, decision?: 'approve' | 'deny'): Promise<BogTokens & { error: string | null }>
  moveClock(seconds: number): Promise<void>
  switchOn(...names: string[]): Promise<void>
}

export interface ClickOptions {
  readonly decision?: 'approve' | 'deny'
  readonly method?: string
}

/** Opens the page, fills in the customer and presses a button; where the browser is sent. */
export async function clickPage(url: URL, psu: string, { decision = 'approve', method = 'sms' }: ClickOptions = {}) {
  const shown = await fetch(url, { redirect: 'manual' })
  if (shown.status !== 200) return shown
  const transaction = /name="transaction" value="([^"]+)"/.exec(await shown.text())?.[1] ?? ''
  const choice: Record<string, string> = decision === 'approve' ? { method } : { decision: 'deny' }
  return await fetch(`${url.origin}${url.pathname}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ transaction, 'PSU-ID': psu, ...choice }),
  })
}

let organisations = 0

export async function openBogBench() {
  const sandbox = await startSandbox(undefined, ['--bank', bank])
  const documented = await documentedAnswers(bank)
  const control = testControl(sandbox.running)
  const agents: Agent[] = []
  const base = urlOf(sandbox.running, 'xs2a', bank)

  const order = async (
    organizationIdentifier: string,
    wanted: Partial<CertificateOrder> = {},
    roles: readonly TestRole[] = ['PSP_PI', 'PSP_AI'],
    algorithm?: Parameters<typeof makeRequest>[0] extends infer O
      ? O extends { algorithm?: infer A }
        ? A
        : never
      : never,
  ): Promise<TestIdentity> => {
    const { key, csr } = await makeRequest({ organizationIdentifier, roles, ...(algorithm ? { algorithm } : {}) })
    const { status, json } = await control.send('POST', '/qtsp/certificates', { csr, kind: 'QWAC', ...wanted })
    if (status !== 201) throw new Error(JSON.stringify(json))
    const { certificate, chain } = json as { certificate: string; chain: string[] }
    return { organizationIdentifier, key, certificate: [certificate, ...chain].join('\n') }
  }
  const newName = (): string => {
    organisations += 1
    return `PSDGE-NBG-${organisations}`
  }

  function open(identity: TestIdentity | null): BogTpp {
    const agent = new Agent({
      ca: readFileSync(sandbox.running.ca),
      keepAlive: true,
      ...(identity ? { key: identity.key, cert: identity.certificate } : {}),
    })
    agents.push(agent)
    const oid = identity?.organizationIdentifier ?? '-'
    const raw: BogTpp['raw'] = ({ path, ...message }) => exchange(agent, { ...message, url: new URL(path, base).href })

    const call: BogTpp['call'] = async (id, options = {}) => {
      const { method, path, host } = documented.operation(id)
      const { body, query, parameters = {}, sign, tamper = {} } = options
      const filled = path.replace(/\{([\w-]+)\}/g, (_all, name: string) => parameters[name] ?? '')
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
      const all: Record<string, string | null> = {
        'x-request-id': randomUUID(),
        'psu-ip-address': '192.0.2.44',
        'content-type': text === '' ? null : 'application/json',
        authorization: options.token ? `Bearer ${options.token}` : null,
        ...options.headers,
      }
      const sent = Object.fromEntries(
        Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
      )
      const signer = sign?.by ?? identity
      const signature = sign && signer ? jwsHeaders(signer, sent, text, sign) : {}
      const outgoing = tamper.body ?? text
      const answer = await exchange(agent, {
        method: options.method ?? method,
        url: `${urlOf(sandbox.running, host, bank)}${filled}${query ? `?${new URLSearchParams(query)}` : ''}`,
        headers: { ...sent, ...signature, ...tamper.headers },
        ...(outgoing === '' ? {} : { body: outgoing }),
      })
      const findings = documented.findings(id, answer.status, answer.text === '' ? null : answer.json)
      if (findings.length > 0) throw new Error(`${id} ${answer.status}: ${findings.join('; ')}\n${answer.text}`)
      if (
        host === 'xs2a' &&
        sent['x-request-id'] &&
        answer.headers['x-request-id'] !== (tamper.headers?.['x-request-id'] ?? sent['x-request-id'])
      )
        throw new Error(`${id} did not repeat X-Request-ID`)
      return answer
    }

    const token: BogTpp['token'] = (fields) =>
      raw({
        method: 'POST',
        path: '/oauth2/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ client_id: oid, ...fields }).toString(),
      })

    const authorizeUrl: BogTpp['authorizeUrl'] = async (scope, challenge, query = {}) => {
      const { json } = await raw({ method: 'GET', path: '/.well-known/oauth-authorization-server' })
      const url = new URL(String(json.authorization_endpoint))
      const all: Record<string, string | null> = {
        response_type: 'code',
        client_id: oid,
        redirect_uri: bogCallback,
        scope,
        state: 'st',
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...query,
      }
      for (const [name, value] of Object.entries(all)) if (value !== null) url.searchParams.set(name, value)
      return url
    }

    const authorise: BogTpp['authorise'] = async (scope, psu, decision = 'approve') => {
      const { verifier, challenge } = makeVerifier()
      const clicked = await clickPage(await authorizeUrl(scope, challenge), psu, { decision })
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

    return {
      organizationIdentifier: oid,
      identity,
      call,
      raw,
      token,
      authorizeUrl,
      authorise,
      moveClock: (seconds) => control.moveClock(oid, seconds),
      switchOn: async (...names) => {
        await control.send('PUT', `/tenants/${oid}/switches`, { [bank]: names })
      },
    }
  }

  return {
    sandbox,
    control,
    documented,
    order,
    open,
    /** A TPP of its own tenant. */
    tpp: async (wanted?: Partial<CertificateOrder>, roles?: readonly TestRole[]): Promise<BogTpp> =>
      open(await order(newName(), wanted, roles)),
    newName,
    close: async () => {
      for (const agent of agents) agent.destroy()
      await sandbox.stop()
      removeHome(sandbox.home)
    },
  }
}

export type BogBench = Awaited<ReturnType<typeof openBogBench>>
