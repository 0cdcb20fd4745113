/** A sandbox with as many registered TPPs as a test file wants; each TPP is a tenant of its own. */

import { type DocumentedAnswers, documentedAnswers } from './documented-answers.ts'
import { removeHome, type SandboxProcess, startSandbox } from './sandbox-process.ts'
import { type TestControl, type TestIdentity, testControl } from './test-control.ts'
import { anna, callbackUri, makeVerifier, type TestTpp, testTpp, urlOf } from './test-tpp.ts'

export interface AuthorizeOptions {
  readonly scope?: string
  readonly ssn?: string
  readonly redirectUri?: string
  readonly challenge?: string | null
  /** Overrides or, with null, leaves out. */
  readonly query?: Readonly<Record<string, string | null>>
}

export interface TestBench {
  readonly sandbox: SandboxProcess
  readonly control: TestControl
  readonly documented: DocumentedAnswers
  identity(): Promise<TestIdentity>
  tpp(identity: TestIdentity | null): TestTpp
  registered(): Promise<TestTpp>
  authorizeUrl(tpp: TestTpp, options?: AuthorizeOptions): URL
  /** Opens the page, signs it, returns what arrives at the callback. */
  callback(tpp: TestTpp, options?: AuthorizeOptions, decision?: 'approve' | 'deny'): Promise<URL>
  /** The whole way to tokens. */
  tokens(tpp: TestTpp, scope: string, ssn?: string): Promise<{ access: string; refresh: string }>
  close(): Promise<void>
}

export async function clickThrough(url: URL, decision: 'approve' | 'deny'): Promise<Response> {
  const html = await (await fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' })).text()
  const transaction = /name="transaction" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const choice: Record<string, string> = decision === 'approve' ? { method: 'mobile-bankid' } : { decision: 'deny' }
  return await fetch(`${url.origin}${url.pathname}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ transaction, ...choice }),
  })
}

let organisations = 0

export async function openBench(): Promise<TestBench> {
  const sandbox = await startSandbox()
  const documented = await documentedAnswers('ica-banken')
  const control = testControl(sandbox.running)
  const opened: TestTpp[] = []
  const tpp: TestBench['tpp'] = (identity) => {
    const made = testTpp(sandbox.running, documented, identity)
    opened.push(made)
    return made
  }
  const identity: TestBench['identity'] = () => {
    organisations += 1
    return control.order(`PSDSE-FINA-${organisations}`)
  }
  const authorizeUrl: TestBench['authorizeUrl'] = ({ organizationIdentifier }, options = {}) => {
    const url = new URL(`${urlOf(sandbox.running, 'authorize')}/oauth/v2/authorize`)
    const { scope = 'account', ssn = anna, redirectUri = callbackUri, challenge = null } = options
    const query: Record<string, string | null> = {
      response_type: 'code',
      client_id: organizationIdentifier,
      scope,
      redirect_uri: redirectUri,
      ssn,
      state: 'st',
      ...(challenge === null ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
      ...options.query,
    }
    for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value)
    return url
  }
  const callback: TestBench['callback'] = async (client, options, decision = 'approve') => {
    const response = await clickThrough(authorizeUrl(client, options), decision)
    return new URL(response.headers.get('location') ?? 'about:blank')
  }
  return {
    sandbox,
    control,
    documented,
    identity,
    tpp,
    authorizeUrl,
    callback,
    registered: async () => {
      const client = tpp(await identity())
      const oid = client.organizationIdentifier
      const { status, text } = await client.call('ica-register-client', { body: { oid, callbackUri: [callbackUri] } })
      if (status !== 201) throw new Error(text)
      return client
    },
    tokens: async (client, scope, ssn = anna) => {
      const { verifier, challenge } = makeVerifier()
      const back = await callback(client, { scope, ssn, challenge })
      const answer = await client.token({
        grant_type: 'authorization_code',
        client_id: client.organizationIdentifier,
        code: back.searchParams.get('code') ?? '',
        redirect_uri: callbackUri,
        code_verifier: verifier,
      })
      if (answer.status !== 200) throw new Error(`${back.search} ${answer.text}`)
      return { access: String(answer.json.access_token), refresh: String(answer.json.refresh_token) }
    },
    close: async () => {
      for (const client of opened) client.close()
      await sandbox.stop()
      removeHome(sandbox.home)
    },
  }
}
