/** A sandbox of one bank that wants signed requests, with TPPs that sign them. */
import type { CertificateOrder } from '#shared/sandbox-protocol.ts'
import { type DocumentedAnswers, documentedAnswers } from './documented-answers.ts'
import { type SignerStyle, type SigningOptions, signedHeaders } from './http-signer.ts'
import { makeRequest, type TestRole } from './psd2-request.ts'
import { removeHome, type SandboxProcess, startSandbox } from './sandbox-process.ts'
import { type TestControl, type TestIdentity, testControl } from './test-control.ts'
import type { TestAnswer } from './test-exchange.ts'
import { type TestTpp, testTpp } from './test-tpp.ts'

const rsa2048 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

export interface SignedCallOptions extends SigningOptions {
  readonly parameters?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Signed where the style signs headers of this name. */
  readonly sent?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Put over the signed headers; null takes one away. */
  readonly tamper?: Readonly<Record<string, string | null>>
  readonly seal?: TestIdentity
}

export interface SigningTpp {
  readonly organizationIdentifier: string
  readonly seal: TestIdentity
  readonly connection: TestTpp
  call(operation: string, options?: SignedCallOptions): Promise<TestAnswer>
}

export interface SigningBench {
  readonly sandbox: SandboxProcess
  readonly control: TestControl
  readonly documented: DocumentedAnswers
  order(
    organizationIdentifier: string,
    order?: Partial<CertificateOrder>,
    roles?: readonly TestRole[],
  ): Promise<TestIdentity>
  tpp(roles?: readonly TestRole[]): Promise<SigningTpp>
  switchOn(tpp: SigningTpp, ...names: string[]): Promise<void>
  moveClock(tpp: SigningTpp, seconds: number): Promise<void>
  /** Lets a customer act on a page; the address the browser was sent to. */
  click(
    url: string,
    psu: string,
    action?: { decision?: 'approve' | 'deny' | 'abandon'; method?: string },
  ): Promise<ClickOutcome>
  close(): Promise<void>
}

export interface ClickOutcome {
  readonly status: number
  readonly redirectedTo: string | null
  readonly error: string | null
}

let organisations = 0

export async function openSigningBench(bank: string, style: SignerStyle): Promise<SigningBench> {
  const sandbox = await startSandbox(undefined, ['--bank', bank])
  const documented = await documentedAnswers(bank)
  const control = testControl(sandbox.running)
  const connections: TestTpp[] = []

  const order: SigningBench['order'] = async (organizationIdentifier, wanted = {}, roles = ['PSP_PI', 'PSP_AI']) => {
    const algorithm = wanted.kind === 'QSEAL' ? { algorithm: rsa2048 } : {}
    const { key, csr } = await makeRequest({ organizationIdentifier, roles, ...algorithm })
    const { status, json } = await control.send('POST', '/qtsp/certificates', { csr, kind: 'QWAC', ...wanted })
    if (status !== 201) throw new Error(JSON.stringify(json))
    const { certificate, chain } = json as { certificate: string; chain: string[] }
    return { organizationIdentifier, key, certificate: [certificate, ...chain].join('\n') }
  }

  const tpp: SigningBench['tpp'] = async (roles) => {
    organisations += 1
    const organizationIdentifier = `PSDNO-FSA-${organisations}`
    const seal = await order(organizationIdentifier, { kind: 'QSEAL' }, roles)
    const connection = testTpp(sandbox.running, documented, await order(organizationIdentifier, {}, roles), bank)
    connections.push(connection)
    const call: SigningTpp['call'] = (operation, options = {}) => {
      const { parameters = {}, query, sent = {}, body, tamper = {}, seal: other } = options
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
      const given = { 'content-type': 'application/json', ...sent }
      const headers = { ...signedHeaders(other ?? seal, style, given, text, options), ...tamper }
      return connection.call(operation, {
        parameters,
        headers,
        ...(query ? { query } : {}),
        ...(text === '' ? {} : { body: text }),
      })
    }
    return { organizationIdentifier, seal, connection, call }
  }

  return {
    sandbox,
    control,
    documented,
    order,
    tpp,
    switchOn: async ({ organizationIdentifier }, ...names) => {
      await control.send('PUT', `/tenants/${organizationIdentifier}/switches`, { [bank]: names })
    },
    moveClock: ({ organizationIdentifier }, seconds) => control.moveClock(organizationIdentifier, seconds),
    click: async (url, psu, action = {}) => {
      const { status, json } = await control.send('POST', `/banks/${bank}/psu`, { url, psu, ...action })
      const { redirectedTo = null, error = null } = json as { redirectedTo?: string | null; error?: string }
      return { status, redirectedTo, error }
    },
    close: async () => {
      for (const connection of connections) connection.close()
      await sandbox.stop()
      removeHome(sandbox.home)
    },
  }
}
