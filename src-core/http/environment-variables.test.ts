/** No environment variable changes whom the transport trusts, which way it goes or who can read along: real processes prove it. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Credential, createTestAuthority, type TestAuthority } from '../../test/pki/test-authority.ts'
import { startConnectProxy } from '../../test/servers/connect-proxy.ts'
import { createTestBank, type TestBank } from '../../test/servers/test-bank.ts'
import { clientContext, withBuiltInRoots } from './client-context.ts'

const run = promisify(execFile)
const program = resolve(import.meta.dirname, '../../test/servers/send-once.ts')
const scratch = mkdtempSync(join(tmpdir(), 'tpp-environment-'))

let bank: TestBank
let stranger: TestAuthority
let strange: Credential
const strangeCa = join(scratch, 'stranger.pem')

beforeAll(async () => {
  bank = await createTestBank()
  stranger = await createTestAuthority('Stranger CA')
  strange = await stranger.leaf({ name: 'bank' })
  writeFileSync(strangeCa, stranger.ca)
})
afterEach(() => bank.stop())
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** With TLS keys and warnings of Node going to stderr, stdout is the outcome. */
async function sendWith(environment: NodeJS.ProcessEnv, url: string, extra: string[] = [bank.authority.ca]) {
  const { stdout } = await run(process.execPath, [program, JSON.stringify({ url, extra })], {
    env: { PATH: process.env.PATH, HOME: scratch, ...environment },
  })
  const { status, fault } = JSON.parse(stdout) as { status: number | null; fault: string | null }
  return { status, fault }
}

const strangeBank = (options: object = {}) =>
  bank.serve((_incoming, response) => response.end(), { cert: strange.cert, key: strange.key, ...options })

describe('whom the transport trusts', () => {
  it.each([
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['NODE_EXTRA_CA_CERTS', { NODE_EXTRA_CA_CERTS: strangeCa }],
    ['SSL_CERT_FILE', { SSL_CERT_FILE: strangeCa, NODE_OPTIONS: '--use-openssl-ca' }],
    ['NODE_USE_SYSTEM_CA', { SSL_CERT_FILE: strangeCa, NODE_USE_SYSTEM_CA: '1' }],
  ])('is not changed by %s', async (_name, environment) => {
    expect(await sendWith(environment, await strangeBank())).toEqual({ status: null, fault: 'TLS_CHAIN' })
  })

  it('is another when the environment of the bank names the CA', async () => {
    expect(await sendWith({}, await strangeBank(), [stranger.ca])).toEqual({ status: 200, fault: null })
  })

  it('cannot be turned off for a wrong name', async () => {
    const elsewhere = await bank.authority.leaf({ hosts: ['bank.example'] })
    const origin = await bank.serve((_incoming, response) => response.end(), {
      cert: elsewhere.cert,
      key: elsewhere.key,
    })
    expect((await sendWith({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, origin)).fault).toBe('TLS_NAME')
  })
})

it.each(['--tls-min-v1.0', '--tls-min-v1.1'])('%s does not bring TLS 1.1 back', async (option) => {
  const origin = await bank.serve((_incoming, response) => response.end(), {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  })
  expect(await sendWith({ NODE_OPTIONS: option }, origin)).toEqual({ status: null, fault: 'TLS_VERSION' })
})

it('no proxy of the environment is used', async () => {
  const proxy = await startConnectProxy()
  const asked: string[] = []
  const plain: Server = createServer((incoming, response) => {
    asked.push(incoming.url ?? '')
    response.end()
  })
  await new Promise<void>((ready) => plain.listen(0, '127.0.0.1', ready))
  const other = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`
  const origin = await bank.serve((_incoming, response) => response.end())
  const environment = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: proxy.url, https_proxy: proxy.url, HTTP_PROXY: other }
  expect(await sendWith({ ...environment, ALL_PROXY: proxy.url }, origin)).toEqual({ status: 200, fault: null })
  expect(proxy.asked).toEqual([])
  expect(asked).toEqual([])
  await proxy.stop()
  plain.close()
})

it('nobody is handed the keys of a connection', async () => {
  const origin = await bank.serve((_incoming, response) => response.end())
  const files = ['ssl', 'node'].map((name) => join(scratch, `${name}-keys`)) as [string, string]
  const environment = { SSLKEYLOGFILE: files[0], NODE_OPTIONS: `--tls-keylog=${files[1]}` }
  expect((await sendWith(environment, origin)).status).toBe(200)
  for (const file of files) expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe('')
})

describe('a context', () => {
  it('adds the CA of an environment to the built-in roots and never replaces them', async () => {
    const { rootCertificates } = await import('node:tls')
    const roots = withBuiltInRoots([stranger.ca])
    expect(roots).toHaveLength(rootCertificates.length + 1)
    expect(new Set(roots)).toEqual(new Set([...rootCertificates, stranger.ca]))
    expect(withBuiltInRoots([])).toBe(withBuiltInRoots([]))
  })

  it('trusts somebody', () => {
    expect(() => clientContext({ ca: [], client: null })).toThrow(/nobody would be trusted/)
  })

  it('refuses a key that is not the certificate’s, of the same type or another', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    for (const key of [privateKey, strange.key])
      expect(() => clientContext({ ca: [stranger.ca], client: { cert: bank.client.cert, key } })).toThrow(
        /do not belong together/,
      )
  })
})
