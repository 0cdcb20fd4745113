/** A TPP for tests: an identity with its own TLS connections, which checks every success against the bank's document. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import type { SandboxRunning } from '#shared/sandbox-protocol.ts'
import type { DocumentedAnswers } from './documented-answers.ts'
import type { TestIdentity } from './test-control.ts'
import { exchange, type TestAnswer } from './test-exchange.ts'

export interface CallOptions {
  readonly token?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Null leaves a header out that is otherwise sent. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** An object becomes JSON; a text goes as it is. */
  readonly body?: unknown
}

export interface TestTpp {
  readonly organizationIdentifier: string
  readonly agent: Agent
  call(operation: string, options?: CallOptions): Promise<TestAnswer>
  /** POST to the token endpoint with a form body. */
  token(fields: Readonly<Record<string, string>>): Promise<TestAnswer>
  close(): void
}

export const anna = '197202022385'

export const callbackUri = 'https://tpp.example/callback'

export function makeVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export function urlOf(running: Pick<SandboxRunning, 'banks'>, host: string, bank = 'ica-banken'): string {
  return running.banks.find(({ id }) => id === bank)?.urls[host] ?? ''
}

function sentHeaders({ body, token, headers }: CallOptions): Record<string, string> {
  const all = {
    'content-type': body === undefined ? null : 'application/json',
    authorization: token ? `Bearer ${token}` : null,
    'psu-ip-address': '192.0.2.44',
    ...headers,
  }
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

/** @param identity null for connections without a client certificate. */
export function testTpp(
  running: SandboxRunning,
  documented: DocumentedAnswers,
  identity: TestIdentity | null,
  bank = 'ica-banken',
): TestTpp {
  const own = identity ? { key: identity.key, cert: identity.certificate } : {}
  const agent = new Agent({ ca: readFileSync(running.ca), keepAlive: true, ...own })
  const call: TestTpp['call'] = async (id, options = {}) => {
    const { method, path, host } = documented.operation(id)
    const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => options.parameters?.[name] ?? '')
    const query = options.query ? `?${new URLSearchParams(options.query).toString()}` : ''
    const { body } = options
    const answer = await exchange(agent, {
      method,
      url: urlOf(running, host, bank) + filled + query,
      headers: sentHeaders(options),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    if (answer.status < 300) {
      const findings = documented.findings(id, answer.status, answer.text === '' ? null : answer.json)
      if (findings.length > 0) throw new Error(`${id}: ${findings.join('; ')}\n${answer.text}`)
    }
    return answer
  }
  return {
    organizationIdentifier: identity?.organizationIdentifier ?? '',
    agent,
    call,
    token: (fields) =>
      call('ica-oauth-token', {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    close: () => agent.destroy(),
  }
}
