/** Ways back for the customer: http and https on this machine, and an address that is pasted. */
import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import { Fault } from '#shared/fault.ts'
import {
  type Bench,
  faultOf,
  fileSecrets,
  openBench,
  startTestBank,
  type TestBank,
} from '../../test/access/access-bench.ts'
import { type AuthoriseInput, authorise } from './authorise.ts'
import { createCallbackAuthority } from './callback-authority.ts'
import { freeCallback } from './free-callback.ts'
import { chooseCallback, type Return, waitForCustomer } from './wait-for-customer.ts'

let bank: TestBank
let bench: Bench

beforeEach(async () => {
  bank = await startTestBank()
  bench = openBench(bank)
})
afterEach(async () => {
  await bench.close()
  await bank.close()
})

const register = (...callbackUris: string[]) =>
  bench.parts.registrations.save({
    bank: 'ica-banken',
    environment: 'sandbox',
    identity: 'abcdefgh',
    identityName: 'test',
    clientId: 'PSDSE-FINA-00001',
    callbackUris,
    registeredAt: '2026-01-01T00:00:00.000Z',
  })
const input: AuthoriseInput = {
  bank: 'ica-banken',
  environment: 'sandbox',
  scope: 'account',
  customer: { ssn: '197201011234' },
  decision: 'approve',
  timeout: 20,
}
type Open = Extract<AuthoriseEvent, { type: 'open' }>

/** Runs to the page; `rest` gives what follows. */
async function begin(change: Partial<AuthoriseInput> = {}) {
  bank.answer = () => ({ status: 200, body: { access_token: 'a-canary', token_type: 'bearer', expires_in: 60 } })
  const events = authorise({ ...input, ...change }, bench.parts)
  const open = (await events.next()).value as Open
  const rest = async () => {
    const types: string[] = []
    for await (const { type } of events) types.push(type)
    return types
  }
  const state = new URL(open.url).searchParams.get('state')!
  return { open, state, rest, events }
}

/** A browser that trusts the CA it is given, and nothing else. */
const visit = (url: string, ca: string | undefined) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    // As localhost resolves where the listener is.
    const at = new URL(url)
    const call = request(
      {
        host: '127.0.0.1',
        port: at.port,
        path: at.pathname + at.search,
        servername: at.hostname,
        headers: { host: at.host },
        ca,
        agent: false,
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    call.on('error', reject).end()
  })
const isOpen = (uri: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(uri).port), '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).on('error', () => resolve(false))
  })
const authorityFile = () => join(bank.data, 'callback-authority.json')
const authorityPem = async (): Promise<string> =>
  (JSON.parse(await readFile(authorityFile(), 'utf8')) as { certificate: string }).certificate

describe('https on localhost', () => {
  it('is served with a certificate of the workbench’s own CA, and the warning is told beforehand', async () => {
    const uri = (await freeCallback('ica-banken')).replace('http://127.0.0.1', 'https://localhost')
    await register(uri)
    const { open, state, rest } = await begin()
    expect(open.callback).toMatchObject({ uri, how: 'listening' })
    const ca = await authorityPem()
    expect(open.callback.warning).toContain(new X509Certificate(ca).fingerprint256)
    const back = `${uri}?code=code-canary&state=${state}`
    await expect(visit(back, undefined)).rejects.toThrow(/self-signed|unable to (get|verify)/)
    const [page, types] = await Promise.all([visit(back, ca), rest()])
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('canary')
    expect(types).toEqual(['callback', 'grant'])
    expect(await isOpen(uri)).toBe(false)
    expect(bank.received.at(-1)!.form.get('redirect_uri')).toBe(uri)
  })

  it('has a CA whose key is in the key store alone, and which is made once', async () => {
    const secrets = fileSecrets(join(bank.data, 'secrets'))
    const authority = createCallbackAuthority(bank.data, secrets)
    const [one, two] = await Promise.all([authority.issue(Date.now()), authority.issue(Date.now())])
    expect(one.fingerprint).toBe(two.fingerprint)
    expect(one.cert).not.toBe(two.cert)
    expect((await stat(authorityFile())).mode & 0o777).toBe(0o600)
    expect(await readFile(authorityFile(), 'utf8')).not.toMatch(/PRIVATE/)
    const again = await createCallbackAuthority(bank.data, secrets).issue(Date.now())
    expect(again.fingerprint).toBe(one.fingerprint)
    const leaf = new X509Certificate(one.cert)
    expect(leaf.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1')
    expect(leaf.verify(new X509Certificate(await authorityPem()).publicKey)).toBe(true)
  })

  it('has a CA that can vouch for no other host', async () => {
    await createCallbackAuthority(bank.data, fileSecrets(join(bank.data, 'secrets'))).issue(Date.now())
    const der = new X509Certificate(await authorityPem()).raw.toString('hex')
    // NameConstraints, critical, permitted: localhost and 127.0.0.1/32.
    expect(der).toContain('0603551d1e0101ff041d301ba019300b82096c6f63616c686f7374300a87087f000001ffffffff')
  })
})

describe('any other address', () => {
  const uri = 'https://tpp.example/callback/ica'

  it('is pasted: bound to the state, to the letter', async () => {
    await register(uri)
    const { open, state, rest } = await begin()
    expect(open.callback).toEqual({ uri, how: 'paste', warning: null })
    const { running } = bench.parts
    const paste = (url: string) => {
      try {
        running.paste(open.flow, url)
        return null
      } catch (fault) {
        return (fault as Fault).code
      }
    }
    expect(paste('what is this')).toBe('ACCESS_CALLBACK')
    expect(paste(`https://tpp.example/callback/ica/?code=c&state=${state}`)).toBe('ACCESS_CALLBACK')
    expect(paste(`http://tpp.example/callback/ica?code=c&state=${state}`)).toBe('ACCESS_CALLBACK')
    expect(paste(`${uri}?code=c&state=another`)).toBe('ACCESS_STATE')
    expect(bank.received).toEqual([])
    // A wrong one costs nothing: the right one is taken still.
    expect(paste(` ${uri}?code=code-canary&state=${state}\n`)).toBeNull()
    expect(await rest()).toEqual(['callback', 'grant'])
    expect(bank.received[0]!.form.get('redirect_uri')).toBe(uri)
    expect(paste(`${uri}?code=code-canary&state=${state}`)).toBe('FLOW_UNKNOWN')
  })

  it('that tells of a refusal ends the flow', async () => {
    await register(uri)
    const { open, state, rest } = await begin()
    expect(() => bench.parts.running.paste(open.flow, `${uri}?error=access_denied&state=${state}`)).toThrow(Fault)
    expect((await faultOf(rest())).code).toBe('ACCESS_DENIED')
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it('is given up when nobody pastes it, or by the signal', async () => {
    await register(uri)
    const { rest } = await begin({ timeout: 1 })
    expect((await faultOf(rest())).code).toBe('ACCESS_TIMEOUT')
    const stop = new AbortController()
    const wanted: Return = {
      flow: 'f-1',
      redirectUri: uri,
      judge: () => {},
      timeout: 5000,
      signal: stop.signal,
      stop: () => {},
    }
    const wait = await waitForCustomer(wanted, bench.parts)
    stop.abort()
    expect((await faultOf(wait.callback)).code).toBe('CANCELLED')
    await wait.close()
  })

  it('can be pasted where the workbench listens too, and the port is free then', async () => {
    const listening = await freeCallback('ica-banken')
    await register(listening)
    const { open, state, rest } = await begin()
    expect(await isOpen(listening)).toBe(true)
    bench.parts.running.paste(open.flow, `${listening}?code=c&state=${state}`)
    expect(await rest()).toEqual(['callback', 'grant'])
    expect(await isOpen(listening)).toBe(false)
  })
})

describe('choosing among the registered', () => {
  it.each([
    [['https://tpp.example/a', 'https://localhost:1/b', 'http://127.0.0.1:1/c'], 'http://127.0.0.1:1/c'],
    [['https://tpp.example/a', 'https://localhost:1/b'], 'https://localhost:1/b'],
    [['nonsense', 'https://tpp.example/a', 'http://localhost:1/b'], 'https://tpp.example/a'],
  ])('%j', (registered, best) => {
    expect(chooseCallback(registered, undefined)).toBe(best)
  })

  it('takes the named one to the letter, and no other', () => {
    const registered = ['http://127.0.0.1:1/c', 'https://tpp.example/a']
    expect(chooseCallback(registered, 'https://tpp.example/a')).toBe('https://tpp.example/a')
    for (const other of ['https://tpp.example/a/', 'https://tpp.example/A', 'https://evil.example/'])
      expect(() => chooseCallback(registered, other)).toThrow(/none of the registered/)
    expect(() => chooseCallback([], undefined)).toThrow(Fault)
  })
})
