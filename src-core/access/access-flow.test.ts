/** Registration, authorisation and refresh end to end: a real bank server with client certificates, the real callback listener, the real send path. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AuthoriseEvent, authoriseEventSchema } from '#shared/contract/access.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { Fault } from '#shared/fault.ts'
import { type Credential, createTestAuthority } from '../../test/pki/test-authority.ts'
import { type BankShelf, createBankShelf } from '../banks/bank-shelf.ts'
import { withProcessLock } from '../files/process-lock.ts'
import { createTransport, type Transport } from '../http/transport.ts'
import type { SendingIdentity } from '../requests/prepared.ts'
import { send } from '../requests/send.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { openAccessBooks } from './access-books.ts'
import { requireAccess } from './access-target.ts'
import { type AuthoriseInput, type AuthoriseParts, authorise } from './authorise.ts'
import { createGrantBook, type GrantBook, type GrantRecord } from './grant-book.ts'
import { type GrantLock, refreshGrant } from './refresh-grant.ts'
import { register } from './register.ts'
import { createRegistrations, type Registrations } from './registrations.ts'

interface Received {
  readonly path: string
  readonly form: URLSearchParams
  readonly body: string
  readonly certificate: string | null
}
interface Reply {
  readonly status: number
  readonly body: unknown
  /** Close the connection instead of answering. */
  readonly cut?: boolean
}

let shelfFolder: string
let banks: BankShelf
let ca: string
let client: Credential
let server: Server
let origin: string
let received: Received[]
let reply: (request: Received) => Reply | Promise<Reply>

let folder: string
let transport: Transport
let held: Map<string, Buffer>
let secrets: SecretStore
let book: GrantBook
let registrations: Registrations
let exchanges: Exchange[]
let now: () => number

beforeAll(async () => {
  shelfFolder = await mkdtemp(join(tmpdir(), 'tpp-access-shelf-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  banks = createBankShelf({ shipped, user: join(shelfFolder, 'user'), cache: join(shelfFolder, 'cache') })
  const authority = await createTestAuthority()
  ca = authority.ca
  client = await authority.leaf({ name: 'tpp' })
  const { cert, key } = await authority.leaf({ name: 'bank' })
  server = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const certificate = (request.socket as TLSSocket).getPeerX509Certificate()
      const one: Received = {
        path: request.url ?? '',
        form: new URLSearchParams(body),
        body,
        certificate: certificate?.fingerprint256.replaceAll(':', '').toLowerCase() ?? null,
      }
      received.push(one)
      void Promise.resolve(reply(one)).then(({ status, body: answer, cut }) => {
        if (cut) request.socket.destroy()
        else response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(shelfFolder, { recursive: true, force: true })
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-access-'))
  transport = createTransport()
  received = []
  exchanges = []
  held = new Map()
  now = Date.now
  reply = () => ({ status: 500, body: {} })
  secrets = {
    kind: 'vault',
    get: (id) => Promise.resolve(held.has(id) ? Buffer.from(held.get(id)!) : null),
    set: (id, secret) => {
      held.set(id, Buffer.from(secret))
      return Promise.resolve()
    },
    delete: (id) => Promise.resolve(held.delete(id)),
    probe: () => Promise.resolve({ state: 'ready', name: 'memory', message: 'ready', remedy: null }),
    lock: () => {},
  }
  book = createGrantBook(join(folder, 'grants'), secrets)
  registrations = createRegistrations(join(folder, 'registrations'))
})
afterEach(async () => {
  await transport.close()
  await rm(folder, { recursive: true, force: true })
})

const identity = (): SendingIdentity => ({
  id: 'abcdefgh',
  name: 'test',
  kind: 'QWAC',
  subject: 'CN=tpp',
  organizationIdentifier: 'PSDSE-FINA-00001',
  roles: [],
  notBefore: '2020-01-01T00:00:00.000Z',
  notAfter: '2050-01-01T00:00:00.000Z',
  sha256: client.sha256,
})

function parts(change: Partial<AuthoriseParts> = {}): AuthoriseParts {
  const endpoints = () =>
    Promise.resolve({
      urls: { registration: origin, token: origin, resource: origin, authorize: 'http://127.0.0.1:9' },
      ca: [ca],
    })
  const connection = () =>
    Promise.resolve({
      id: 'abcdefgh',
      secureContext: createSecureContext({ ca, cert: client.cert, key: client.key }),
      clientCertificate: { sha256: client.sha256, subject: 'CN=tpp' },
    })
  const shared = { banks, endpoints, identity: () => Promise.resolve(identity()), now: () => now() }
  return {
    ...shared,
    send: (draft, signal) =>
      send(
        draft,
        {
          ...shared,
          transport,
          connection,
          grant: () => Promise.reject(new Fault('GRANT_MISSING')),
          signer: () => Promise.reject(new Fault('INTERNAL', 'This bank signs nothing.')),
          record: (exchange) => {
            exchanges.push(exchange)
            return Promise.resolve()
          },
        },
        signal,
      ),
    openInBrowser: () => Promise.resolve(false),
    sandboxCustomer: () => Promise.resolve({ ssn: '197201011234' }),
    clickAsCustomer: () => Promise.resolve(),
    ...openAccessBooks(folder, secrets),
    registrations,
    book,
    ...change,
  }
}

const target = { bank: 'ica-banken', environment: 'sandbox', identity: undefined }
const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const fault: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  expect(fault).toBeInstanceOf(Fault)
  return fault as Fault
}
/** Every byte of the data folder. */
async function everything(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n')
}
const problem = (code: string, detail: string) => ({ status: 400, body: { title: 'Bad request', code, detail } })

describe('registering', () => {
  it('sends what the bank wants and keeps the outcome', async () => {
    reply = () => ({ status: 201, body: { status: 'REGISTERED' } })
    const { registration, already, exchange } = await register(target, parts(), registrations)
    expect(already).toBe(false)
    expect(exchange.response?.status).toBe(201)
    const [call] = received
    expect(call).toMatchObject({ path: '/t/icabanken.tenant/mtls_client/2.0.0/client', certificate: client.sha256 })
    expect(JSON.parse(call!.body)).toEqual({ oid: 'PSDSE-FINA-00001', callbackUri: registration?.callbackUris })
    expect(registration?.callbackUris[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback\/ica-banken$/)
    expect(await registrations.list()).toEqual([registration])
  })

  it('takes "already registered" for success and keeps the callbacks of the first time', async () => {
    reply = () => ({ status: 200, body: {} })
    const first = await register({ ...target, callbackUris: ['http://127.0.0.1:4711/a'] }, parts(), registrations)
    reply = () => problem('FAILED', 'OID: PSDSE-FINA-00001 is already registered')
    const second = await register({ ...target, callbackUris: ['http://127.0.0.1:4712/b'] }, parts(), registrations)
    expect(second).toMatchObject({ already: true, exchange: { response: { status: 400 } } })
    expect(second.registration).toEqual(first.registration)
    expect(await registrations.list()).toEqual([first.registration])
  })

  it('takes it for success too where nothing was kept here', async () => {
    reply = () => problem('FAILED', 'OID: PSDSE-FINA-00001 is already registered')
    const { registration, already } = await register(
      { ...target, callbackUris: ['http://127.0.0.1:1/a'] },
      parts(),
      registrations,
    )
    expect(already).toBe(true)
    expect(registration?.callbackUris).toEqual(['http://127.0.0.1:1/a'])
  })

  it.each([
    ['a refusal', problem('FAILED', 'The Organization ID does not match')],
    ['an unknown refusal', { status: 500, body: {} }],
    ['a redirect', { status: 302, body: {} }],
  ])('keeps nothing after %s, and hands over the exchange', async (_, answer) => {
    reply = () => answer
    const outcome = await register(target, parts(), registrations)
    expect(outcome).toMatchObject({ registration: null, already: false })
    expect(outcome.exchange.response?.status).toBe(answer.status)
    expect(await registrations.list()).toEqual([])
  })

  it('takes no answer without a row for "already registered" at a bank that has no such row', async () => {
    const bank = await banks.open('ica-banken')
    const { alreadyRegistered: _, ...registration } = bank.profile.registration!
    const other = { ...bank, profile: { ...bank.profile, registration } }
    reply = () => ({ status: 500, body: {} })
    const outcome = await register(target, parts({ banks: { at: () => Promise.resolve(other) } }), registrations)
    expect(outcome).toMatchObject({ registration: null, already: false })
  })

  it('sends odd callbacks too: the answer of the bank is the point', async () => {
    reply = () => problem('FAILED', 'The callback URI List is empty, please provide valid URI List')
    const { exchange } = await register({ ...target, callbackUris: [] }, parts(), registrations)
    expect(JSON.parse(received[0]!.body)).toEqual({ oid: 'PSDSE-FINA-00001', callbackUri: [] })
    expect(exchange.findings.map(({ id }) => id)).toContain('body-invalid')
    expect(exchange.explanations[0]?.errorId).toBe('ica-registration-callback-list-empty')
  })

  it('goes out as another organisation, and without its certificate, where that is asked for', async () => {
    reply = () => problem('FAILED', 'The Organization ID does not match')
    const asked = { ...target, organizationIdentifier: 'PSDSE-FINA-00099' }
    const { exchange } = await register(asked, parts(), registrations)
    expect(JSON.parse(received[0]!.body)).toMatchObject({ oid: 'PSDSE-FINA-00099' })
    expect(exchange.explanations[0]?.errorId).toBe('ica-registration-oid-does-not-match')
    expect(exchange.identity).toBe('abcdefgh')
    const nobody = await register({ ...target, certificate: false }, parts(), registrations)
    expect(nobody.exchange.identity).toBeNull()
    expect(nobody.exchange.findings.map(({ id }) => id)).toContain('certificate-missing')
    expect(await registrations.list()).toEqual([])
  })

  it('needs an organisation in the certificate', async () => {
    const nameless = { identity: () => Promise.resolve({ ...identity(), organizationIdentifier: null }) }
    expect((await faultOf(register(target, parts(nameless), registrations))).code).toBe('IDENTITY_MISSING')
    expect(received).toEqual([])
  })
})

const tokenAnswer = (count: number, change: object = {}) => ({
  access_token: `access-canary-${count}`,
  refresh_token: `refresh-canary-${count}`,
  token_type: 'bearer',
  scope: 'account',
  expires_in: 600,
  ...change,
})

const input: AuthoriseInput = {
  ...target,
  scope: 'account',
  customer: { ssn: '197201011234' },
  decision: 'approve',
  timeout: 20,
}

async function registered(): Promise<string> {
  reply = () => ({ status: 201, body: {} })
  const { registration } = await register(target, parts(), registrations)
  received = []
  exchanges = []
  return registration!.callbackUris[0]!
}

/** What the bank's page does once the customer has signed: it sends the browser to the callback. */
async function redirect(authorisation: string, change: Record<string, string | null> = {}): Promise<Response> {
  const asked = new URL(authorisation).searchParams
  const callback = new URL(asked.get('redirect_uri')!)
  const answer = { code: 'code-canary', state: asked.get('state'), ...change }
  for (const [name, value] of Object.entries(answer)) if (value !== null) callback.searchParams.set(name, value)
  return fetch(callback)
}

const isOpen = (uri: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(uri).port), '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).on('error', () => resolve(false))
  })

describe('authorising', () => {
  it('gives a grant: the whole way', async () => {
    const callbackUri = await registered()
    reply = () => ({ status: 200, body: tokenAnswer(1) })
    const opened: string[] = []
    const browser: Promise<Response>[] = []
    const openInBrowser = (url: string) => {
      opened.push(url)
      browser.push(redirect(url))
      return Promise.resolve(true)
    }
    const events: AuthoriseEvent[] = []
    for await (const event of authorise(input, parts({ openInBrowser }))) {
      if (event.type === 'grant') {
        // Whoever hears of the grant can use it: record and tokens are kept already.
        expect((await book.tokens(event.grant.id)).accessToken).toBe('access-canary-1')
        expect((await book.find(event.grant.id)).scope).toBe('account')
      }
      events.push(authoriseEventSchema.parse(event))
    }
    expect(events.map(({ type }) => type)).toEqual(['open', 'callback', 'grant'])
    expect(events[0]).toEqual({
      type: 'open',
      url: opened[0],
      host: '127.0.0.1:9',
      opened: true,
      flow: expect.stringMatching(/^f-/),
      callback: { uri: callbackUri, how: 'listening', warning: null },
    })
    expect((await browser[0]!).status).toBe(200)
    const asked = new URL(opened[0]!).searchParams
    expect(asked.get('redirect_uri')).toBe(callbackUri)
    const [call, ...more] = received
    expect(more).toEqual([])
    expect(call).toMatchObject({ path: '/oauth/v2/mtls-token', certificate: client.sha256 })
    const form = Object.fromEntries(call!.form)
    expect(form).toMatchObject({
      grant_type: 'authorization_code',
      client_id: 'PSDSE-FINA-00001',
      code: 'code-canary',
      redirect_uri: callbackUri,
    })
    expect(createHash('sha256').update(form.code_verifier!).digest('base64url')).toBe(asked.get('code_challenge'))
    expect(form).not.toHaveProperty('client_secret')
    const last = events[2]!
    expect(last.type === 'grant' && last.grant).toMatchObject({
      customer: '1972••••••••',
      scope: 'account',
      identityName: 'test',
      refreshable: true,
    })
    expect(await isOpen(callbackUri)).toBe(false)
    const secretWords = new RegExp(`canary|${form.code_verifier}|197201011234`)
    expect(await everything()).not.toMatch(secretWords)
    expect(JSON.stringify([exchanges, events.slice(1)])).not.toMatch(secretWords)
  })

  it('asks for a new state, verifier and challenge each time', async () => {
    await registered()
    const seen = new Set<string>()
    for (let count = 0; count < 3; count++) {
      for await (const event of authorise(input, parts())) {
        const asked = new URL(event.type === 'open' ? event.url : 'http://x').searchParams
        seen.add(asked.get('state')!).add(asked.get('code_challenge')!)
        break
      }
    }
    expect(seen.size).toBe(6)
  })

  it('takes the scope and lifetime the bank gives, and its own words where it gives none', async () => {
    await registered()
    now = () => Date.parse('2026-11-21T12:00:00.000Z')
    const openInBrowser = (url: string) => redirect(url).then(() => true)
    const grantOf = async (answer: object): Promise<GrantRecord> => {
      reply = () => ({ status: 200, body: answer })
      const wanted = { ...input, scope: 'basket:7' }
      let id = ''
      for await (const event of authorise(wanted, parts({ openInBrowser })))
        if (event.type === 'grant') id = event.grant.id
      return book.find(id)
    }
    const short = await grantOf(tokenAnswer(1, { expires_in: 60, scope: 'basket:7 account' }))
    expect(short).toMatchObject({ scope: 'basket:7 account', accessTokenExpiresAt: '2026-11-21T12:01:00.000Z' })
    const bare = await grantOf({ access_token: 'access-canary-9', token_type: 'Bearer' })
    expect(bare).toMatchObject({
      scope: 'basket:7',
      accessTokenExpiresAt: '2026-11-21T12:10:00.000Z',
      refreshable: false,
      refreshTokenExpiresAt: null,
    })
  })

  it('lets the customer of the sandbox click, and shows the page to nobody', async () => {
    await registered()
    reply = () => ({ status: 200, body: tokenAnswer(1) })
    const clicks: unknown[] = []
    const clickAsCustomer: AuthoriseParts['clickAsCustomer'] = async (bank, url, psu, decision) => {
      clicks.push([bank, psu, decision])
      await redirect(url)
    }
    const types: string[] = []
    const wanted = { ...input, customer: {}, psu: 'Tolvan' }
    for await (const event of authorise(wanted, parts({ clickAsCustomer }))) types.push(event.type)
    expect(types).toEqual(['open', 'callback', 'grant'])
    expect(clicks).toEqual([['ica-banken', 'Tolvan', 'approve']])
    const elsewhere = authorise({ ...wanted, environment: 'production' }, parts())
    expect(await faultOf(elsewhere.next())).toMatchObject({ code: 'INPUT_INVALID', details: { field: 'psu' } })
  })

  it.each<[string, Record<string, string | null>, string]>([
    ['a wrong state', { state: 'evil' }, 'ACCESS_STATE'],
    ['no state', { state: null }, 'ACCESS_STATE'],
    ['the issuer of another bank', { iss: 'https://evil.example' }, 'ACCESS_CALLBACK'],
    ['no code', { code: null }, 'ACCESS_CALLBACK'],
    ['a refusal', { code: null, error: 'access_denied' }, 'ACCESS_DENIED'],
  ])('after %s sends nothing to the bank and keeps nothing', async (_, change, code) => {
    const callbackUri = await registered()
    let page: Response | undefined
    const openInBrowser = async (url: string) => {
      page = await redirect(url, change)
      return true
    }
    const flow = authorise(input, parts({ openInBrowser }))
    expect((await flow.next()).value).toMatchObject({ type: 'open' })
    expect((await faultOf(flow.next())).code).toBe(code)
    expect(page?.status).toBe(400)
    expect(received).toEqual([])
    expect(await book.list()).toEqual([])
    expect(await isOpen(callbackUri)).toBe(false)
  })

  it.each([
    [
      'an OAuth error',
      { status: 400, body: { error: 'invalid_grant', error_description: 'used' } },
      /invalid_grant: used/,
    ],
    [
      'a row of the error table',
      { status: 401, body: { title: 'UnAuthorized', code: 'Invalid Client', detail: 'Client_id not valid' } },
      /organisation identifier/,
    ],
    ['something else', { status: 200, body: { hello: 'world' } }, /no usable token/],
    ['a token of another kind', { status: 200, body: tokenAnswer(1, { token_type: 'mac' }) }, /no usable token/],
  ])('tells of a refused code: %s', async (_, answer, words) => {
    await registered()
    reply = () => answer
    const flow = authorise(input, parts({ openInBrowser: (url) => redirect(url).then(() => true) }))
    await flow.next()
    const fault = await faultOf(flow.next())
    expect(fault).toMatchObject({ code: 'ACCESS_TOKEN_REFUSED', details: { exchange: exchanges[0]?.id } })
    expect(fault.message).toMatch(words)
    expect(await book.list()).toEqual([])
  })

  it('frees the port when the caller ends early, by leaving the loop or by its signal', async () => {
    const callbackUri = await registered()
    for await (const event of authorise(input, parts())) {
      expect(event.type).toBe('open')
      expect(await isOpen(callbackUri)).toBe(true)
      break
    }
    expect(await isOpen(callbackUri)).toBe(false)
    const stop = new AbortController()
    const flow = authorise(input, parts(), stop.signal)
    await flow.next()
    const waiting = flow.next()
    stop.abort()
    expect((await faultOf(waiting)).code).toBe('CANCELLED')
    expect(await isOpen(callbackUri)).toBe(false)
  })

  it('frees the port when the browser or the click fails', async () => {
    const callbackUri = await registered()
    const fail = () => Promise.reject(new Fault('SANDBOX_FAILED'))
    const first = authorise(input, parts({ openInBrowser: fail }))
    expect((await faultOf(first.next())).code).toBe('SANDBOX_FAILED')
    const second = authorise({ ...input, psu: 'Tolvan' }, parts({ clickAsCustomer: fail }))
    await second.next()
    expect((await faultOf(second.next())).code).toBe('SANDBOX_FAILED')
    expect(await isOpen(callbackUri)).toBe(false)
  })

  it('needs a registration, and takes any callback that is registered', async () => {
    const missing = await faultOf(authorise(input, parts()).next())
    expect(missing).toMatchObject({ code: 'REGISTRATION_MISSING' })
    expect(missing.message).toContain('tpp register ica-banken')
    reply = () => ({ status: 201, body: {} })
    await register(
      { ...target, callbackUris: ['https://tpp.example/cb', 'http://localhost:1/cb'] },
      parts(),
      registrations,
    )
    const events = authorise(input, parts())
    expect((await events.next()).value).toMatchObject({
      callback: { uri: 'https://tpp.example/cb', how: 'paste', warning: null },
    })
    await events.return()
    const named = authorise({ ...input, callback: 'https://tpp.example/other' }, parts())
    expect(await faultOf(named.next())).toMatchObject({ code: 'INPUT_INVALID', details: { field: 'callback' } })
  })

  it('shows little of a short word that names the customer', async () => {
    await registered()
    const bank = await banks.open('ica-banken')
    const access = {
      ...requireAccess(bank),
      customerParameters: [{ name: 'pin', label: 'P', pattern: '^.+$', secret: true }],
    }
    const other = { ...bank, profile: { ...bank.profile, access } }
    reply = () => ({ status: 200, body: tokenAnswer(1) })
    const change = {
      banks: { at: () => Promise.resolve(other) },
      openInBrowser: (url: string) => redirect(url).then(() => true),
    }
    for await (const event of authorise({ ...input, customer: { pin: '1234' } }, parts(change)))
      if (event.type === 'grant') expect(event.grant.customer).toBe('1•••')
  })
})

const lockFile = () => join(folder, 'grant.lock')
const processLock: GrantLock = (_grant, work) =>
  withProcessLock(lockFile(), 'the refresh', { timeoutMilliseconds: 20_000 }, work)

async function aGrant(change: Partial<GrantRecord> = {}): Promise<GrantRecord> {
  const record: GrantRecord = {
    id: 'g-00aa11bb22',
    bank: 'ica-banken',
    environment: 'sandbox',
    identity: 'abcdefgh',
    customer: null,
    scope: 'account',
    obtainedAt: '2026-01-01T00:00:00.000Z',
    accessTokenExpiresAt: '2026-01-01T00:10:00.000Z',
    refreshable: true,
    refreshTokenExpiresAt: '2026-04-01T00:00:00.000Z',
    refreshingSince: null,
    boundTo: null,
    server: null,
    consent: null,
    ...change,
  }
  await book.save(record, { accessToken: 'access-canary-0', refreshToken: 'refresh-canary-0' })
  return record
}
const refresh = (id = 'g-00aa11bb22') => refreshGrant(id, parts(), registrations, book, processLock)

describe('refreshing', () => {
  it('stores what comes back before anybody hears of it, and never sends a token twice', async () => {
    await aGrant()
    let count = 0
    reply = () => {
      count += 1
      return { status: 200, body: tokenAnswer(count) }
    }
    const first = await refresh()
    expect(await book.tokens(first.id)).toEqual({
      accessToken: 'access-canary-1',
      refreshToken: 'refresh-canary-1',
      previousRefreshToken: 'refresh-canary-0',
    })
    expect(first).toMatchObject({ refreshingSince: null })
    expect(Date.parse(first.accessTokenExpiresAt)).toBeGreaterThan(Date.now() + 590_000)
    await refresh()
    expect(received.map(({ form }) => form.get('refresh_token'))).toEqual(['refresh-canary-0', 'refresh-canary-1'])
    expect(received[0]).toMatchObject({ certificate: client.sha256, path: '/oauth/v2/mtls-token' })
    expect(received[0]!.form.get('client_id')).toBe('PSDSE-FINA-00001')
    expect(await everything()).not.toMatch(/canary/)
    expect(JSON.stringify(exchanges)).not.toMatch(/canary/)
  })

  it('keeps the old refresh token where the bank returns none', async () => {
    await aGrant()
    reply = () => ({ status: 200, body: { access_token: 'access-canary-5', token_type: 'bearer' } })
    await refresh()
    expect(await book.tokens('g-00aa11bb22')).toEqual({
      accessToken: 'access-canary-5',
      refreshToken: 'refresh-canary-0',
      previousRefreshToken: null,
    })
  })

  it('keeps the token that was spent until its successor has worked in turn', async () => {
    await aGrant()
    reply = () => ({ status: 200, body: tokenAnswer(received.length) })
    await refresh()
    expect((await book.tokens('g-00aa11bb22')).previousRefreshToken).toBe('refresh-canary-0')
    await refresh()
    expect((await book.tokens('g-00aa11bb22')).previousRefreshToken).toBe('refresh-canary-1')
    expect(received).toHaveLength(2)
  })

  it('goes back to the token before when the bank does not know the new one, once', async () => {
    const record = await aGrant()
    await book.save(record, { accessToken: 'a', refreshToken: 'refresh-canary-9' }, 'refresh-canary-8')
    reply = ({ form }) =>
      form.get('refresh_token') === 'refresh-canary-8'
        ? { status: 200, body: tokenAnswer(7) }
        : { status: 400, body: { error: 'invalid_grant' } }
    await refresh()
    expect(await book.tokens(record.id)).toMatchObject({
      refreshToken: 'refresh-canary-7',
      previousRefreshToken: 'refresh-canary-8',
    })
    reply = () => ({ status: 400, body: { error: 'invalid_grant' } })
    received = []
    expect((await faultOf(refresh())).code).toBe('ACCESS_TOKEN_REFUSED')
    expect(received.map(({ form }) => form.get('refresh_token'))).toEqual(['refresh-canary-7', 'refresh-canary-8'])
  })

  it('does not go back after a lost answer: the token before is spent for certain', async () => {
    const record = await aGrant({ refreshingSince: '2026-01-01T00:00:00.000Z' })
    await book.save(record, { accessToken: 'a', refreshToken: 'refresh-canary-9' }, 'refresh-canary-8')
    reply = () => ({ status: 400, body: { error: 'invalid_grant' } })
    expect((await faultOf(refresh())).code).toBe('ACCESS_TOKEN_LOST')
    expect(received).toHaveLength(1)
  })

  it('marks the grant while its token is out', async () => {
    await aGrant()
    reply = async () => {
      expect((await book.find('g-00aa11bb22')).refreshingSince).not.toBeNull()
      return { status: 200, body: tokenAnswer(1) }
    }
    expect((await refresh()).refreshingSince).toBeNull()
    expect((await book.find('g-00aa11bb22')).refreshingSince).toBeNull()
  })

  it('asks the bank once for twenty callers at once', async () => {
    await aGrant()
    reply = () => ({ status: 200, body: tokenAnswer(received.length) })
    const results = await Promise.all(Array.from({ length: 20 }, () => refresh()))
    expect(received).toHaveLength(1)
    expect(new Set(results.map(({ obtainedAt }) => obtainedAt)).size).toBe(1)
  })

  it('asks the bank once for two processes at once', async () => {
    await aGrant()
    const vault = join(folder, 'secrets')
    await writeFile(vault, held.get('grant-g-00aa11bb22')!)
    await writeFile(join(folder, 'cert.pem'), client.cert)
    await writeFile(join(folder, 'key.pem'), client.key)
    await writeFile(join(folder, 'ca.pem'), ca)
    // Answered only when both have begun; the one that waits for the lock has asked before that.
    const begun = Promise.withResolvers<void>()
    reply = async () => {
      await begun.promise
      return { status: 200, body: tokenAnswer(1) }
    }
    const program = `
      import { readFile, writeFile } from 'node:fs/promises'
      import { createSecureContext } from 'node:tls'
      import { createBankShelf } from '#core/banks/bank-shelf.ts'
      import { withProcessLock } from '#core/files/process-lock.ts'
      import { createTransport } from '#core/http/transport.ts'
      import { send } from '#core/requests/send.ts'
      import { createGrantBook } from '#core/access/grant-book.ts'
      import { refreshGrant } from '#core/access/refresh-grant.ts'
      const [folder, shelf, origin, identity] = process.argv.slice(1)
      const read = (name) => readFile(folder + '/' + name)
      const [cert, key, ca] = await Promise.all(['cert.pem', 'key.pem', 'ca.pem'].map(read))
      const banks = createBankShelf({ shipped: 'resources/banks', user: shelf + '/user', cache: shelf + '/cache' })
      const transport = createTransport()
      const shared = {
        banks,
        endpoints: async () => ({ urls: { token: origin }, ca: [ca] }),
        identity: async () => JSON.parse(identity),
        now: Date.now,
      }
      const sendParts = { ...shared, transport, record: async () => {}, grant: async () => null,
        connection: async () => ({ id: 'abcdefgh', secureContext: createSecureContext({ cert, key, ca }), clientCertificate: null }) }
      const secrets = { get: () => read('secrets'), set: (id, secret) => writeFile(folder + '/secrets', secret) }
      const book = createGrantBook(folder + '/grants', secrets)
      const lock = async (grant, work) => {
        process.stdout.write('begun\\n')
        return withProcessLock(folder + '/grant.lock', 'the refresh', { timeoutMilliseconds: 20000 }, work)
      }
      const registrations = { find: async () => null }
      const record = await refreshGrant('g-00aa11bb22', { ...shared, send: (draft) => send(draft, sendParts) }, registrations, book, lock)
      process.stdout.write(JSON.stringify([record.obtainedAt, (await book.tokens(record.id)).refreshToken]) + '\\n')
      await transport.close()
    `
    const children = [1, 2].map(() => {
      const child = spawn(
        process.execPath,
        ['--input-type=module', '-e', program, '--', folder, shelfFolder, origin, JSON.stringify(identity())],
        { cwd: join(import.meta.dirname, '..', '..'), stdio: ['ignore', 'pipe', 'inherit'] },
      )
      const said = { text: '' }
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        said.text += chunk
      })
      return { said, closed: once(child, 'close') }
    })
    await expect.poll(() => children.every(({ said }) => said.text.includes('begun')), { timeout: 15_000 }).toBe(true)
    begun.resolve()
    const codes = await Promise.all(children.map(({ closed }) => closed))
    expect(codes.map(([code]) => code as number)).toEqual([0, 0])
    expect(received).toHaveLength(1)
    const [one, two] = children.map(({ said }) => said.text.trim().split('\n').at(-1)!)
    expect(one).toBe(two)
    expect(JSON.parse(one!)).toEqual([expect.any(String), 'refresh-canary-1'])
  })

  it('without an answer keeps the mark and the old token', async () => {
    await aGrant()
    reply = () => ({ status: 0, body: null, cut: true })
    const fault = await faultOf(refresh())
    expect(['NETWORK_RESET', 'TLS_CLIENT_CERTIFICATE']).toContain(fault.code)
    expect((await book.find('g-00aa11bb22')).refreshingSince).not.toBeNull()
    expect(await book.tokens('g-00aa11bb22')).toEqual({
      accessToken: 'access-canary-0',
      refreshToken: 'refresh-canary-0',
      previousRefreshToken: null,
    })
  })

  it('after a lost answer says so, and does not go round in circles', async () => {
    await aGrant()
    reply = () => ({ status: 0, body: null, cut: true })
    await faultOf(refresh())
    const { refreshingSince } = await book.find('g-00aa11bb22')
    reply = () => ({ status: 400, body: { error: 'invalid_grant' } })
    const asked = received.length
    const fault = await faultOf(refresh())
    expect(fault).toMatchObject({ code: 'ACCESS_TOKEN_LOST', details: { grant: 'g-00aa11bb22' } })
    expect(fault.message).toContain(refreshingSince)
    expect(fault.message).toContain('Authorise again')
    expect(received).toHaveLength(asked + 1)
  })

  it('after a lost answer that the bank never acted on, goes on as if nothing had been', async () => {
    await aGrant()
    reply = () => ({ status: 0, body: null, cut: true })
    await faultOf(refresh())
    reply = () => ({ status: 200, body: tokenAnswer(1) })
    expect((await refresh()).refreshingSince).toBeNull()
  })

  it('after a clear refusal clears the mark: nothing was lost', async () => {
    await aGrant()
    reply = () => ({ status: 400, body: { error: 'invalid_grant' } })
    for (let count = 0; count < 2; count++) expect((await faultOf(refresh())).code).toBe('ACCESS_TOKEN_REFUSED')
    expect((await book.find('g-00aa11bb22')).refreshingSince).toBeNull()
  })

  it('after a failure inside the bank nobody knows, and the mark stays', async () => {
    await aGrant()
    reply = () => ({ status: 503, body: { error: 'busy' } })
    expect((await faultOf(refresh())).code).toBe('ACCESS_TOKEN_REFUSED')
    expect((await book.find('g-00aa11bb22')).refreshingSince).not.toBeNull()
    // The second time too: a bank that is down says nothing about the token.
    expect((await faultOf(refresh())).code).toBe('ACCESS_TOKEN_REFUSED')
  })

  it('that was never sent leaves no mark', async () => {
    await aGrant()
    const before = await book.find('g-00aa11bb22')
    const down = parts({ send: () => Promise.reject(new Fault('SANDBOX_DOWN')) })
    expect((await faultOf(refreshGrant(before.id, down, registrations, book, processLock))).code).toBe('SANDBOX_DOWN')
    expect(await book.find(before.id)).toEqual(before)
  })

  it('needs a grant with a refresh token', async () => {
    expect((await faultOf(refresh('g-ffff'))).code).toBe('GRANT_UNKNOWN')
    const record = await aGrant()
    await book.save(record, { accessToken: 'a', refreshToken: null })
    expect((await faultOf(refresh())).code).toBe('ACCESS_NOT_REFRESHABLE')
    expect(received).toEqual([])
  })

  it('whose tokens cannot be stored keeps the mark', async () => {
    await aGrant()
    reply = () => ({ status: 200, body: tokenAnswer(1) })
    const locked = createGrantBook(join(folder, 'grants'), {
      ...secrets,
      set: () => Promise.reject(new Fault('KEYCHAIN_LOCKED')),
    })
    const fault = await faultOf(refreshGrant('g-00aa11bb22', parts(), registrations, locked, processLock))
    expect(fault.code).toBe('KEYCHAIN_LOCKED')
    expect((await book.find('g-00aa11bb22')).refreshingSince).not.toBeNull()
  })
})
