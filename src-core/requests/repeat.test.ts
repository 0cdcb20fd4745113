/** Many calls in a row against a real server, written to a real history: each as if it were the only one, none told before it is kept. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { draftSchema, type RepeatEvent } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { openTestVault } from '../../test/history/exchange-fixture.ts'
import { createTestAuthority } from '../../test/pki/test-authority.ts'
import { type BankShelf, createBankShelf } from '../banks/bank-shelf.ts'
import { createExchangeLog, type ExchangeLog } from '../history/exchange-log.ts'
import { createTransport } from '../http/transport.ts'
import type { SendingGrant } from './prepared.ts'
import { type RepeatParts, repeat } from './repeat.ts'

const transport = createTransport()
let folder: string
let banks: BankShelf
let ca: string
let server: Server
let log: ExchangeLog
/** X-Request-ID and token of each request, in the order they came. */
const received: { id: string; token: string }[] = []
let [atOnce, most, connections] = [0, 0, 0]
let answer: (index: number) => number | Promise<number>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-repeat-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  banks = createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') })
  const authority = await createTestAuthority()
  ca = authority.ca
  const { cert, key } = await authority.leaf({ name: 'bank' })
  server = createServer({ cert, key }, (request, response) => {
    const header = (name: string) => String(request.headers[name] ?? '')
    const index = received.push({ id: header('x-request-id'), token: header('authorization').slice(7) }) - 1
    most = Math.max(most, ++atOnce)
    void Promise.resolve(answer(index)).then((what) => {
      atOnce -= 1
      response.writeHead(what, { 'Content-Type': 'application/json' }).end('{"accounts":[]}')
    })
  })
  server.on('secureConnection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
beforeEach(async () => {
  log = createExchangeLog(join(folder, `${crypto.randomUUID()}.sqlite`), { secrets: openTestVault(folder) })
  received.length = 0
  ;[atOnce, most, connections] = [0, 0, 0]
  answer = () => 200
  await transport.close()
})
afterEach(() => log.close())
afterAll(async () => {
  await transport.close()
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const now = Date.parse('2026-11-21T12:00:00.000Z')
const grant = (change: Partial<SendingGrant> = {}): SendingGrant => ({
  id: 'g-1',
  scope: 'account',
  identity: 'abcdefgh',
  accessToken: 'token-one-canary',
  accessTokenExpiresAt: '2050-01-01T00:00:00.000Z',
  boundTo: null,
  ...change,
})
const resource = () => `https://127.0.0.1:${(server.address() as AddressInfo).port}`

const parts = (change: Partial<RepeatParts> = {}): RepeatParts => ({
  banks,
  transport,
  endpoints: () => Promise.resolve({ urls: { resource: resource() }, ca: [ca] }),
  identity: () => Promise.reject(new Fault('IDENTITY_UNKNOWN')),
  grant: () => Promise.resolve(grant()),
  signer: () => Promise.reject(new Fault('INTERNAL')),
  connection: () => Promise.resolve({ id: '-', secureContext, clientCertificate: null }),
  record: log.record,
  recordTogether: log.recordTogether,
  flushRecords: log.flush,
  isWitnessed: () => false,
  renew: () => Promise.resolve(false),
  now: () => now,
  ...change,
})
let secureContext: ReturnType<typeof createSecureContext>
beforeAll(() => {
  secureContext = createSecureContext({ ca })
})
const draft = draftSchema.parse({ bank: 'ica-banken', operation: 'ica-accounts-list', identity: 'none' })

interface Run {
  readonly told: string[]
  readonly statuses: (number | null)[]
  readonly ended: Extract<RepeatEvent, { kind: 'ended' }> | null
  readonly fault: unknown
}

/** Runs to its end; what is told must be in history at that moment. */
async function run(times: number, change: Partial<RepeatParts> = {}, signal?: AbortSignal): Promise<Run> {
  const told: string[] = []
  const statuses: (number | null)[] = []
  let ended: Run['ended'] = null
  try {
    for await (const event of repeat(draft, times, parts(change), signal)) {
      if (event.kind === 'ended') ended = event
      else
        for (const call of event.calls) {
          expect((await log.show(call.exchange)).id).toBe(call.exchange)
          told.push(call.exchange)
          statuses.push(call.status)
        }
    }
    return { told, statuses, ended, fault: null }
  } catch (fault) {
    return { told, statuses, ended, fault }
  }
}

describe('a draft that is sent many times', () => {
  it('goes out one by one over one connection, each with an id of its own, and all of them are told and kept', async () => {
    const { told, ended } = await run(50)
    expect([received.length, most, connections]).toEqual([50, 1, 1])
    expect(new Set(received.map(({ id }) => id)).size).toBe(50)
    const rows = await log.list({ limit: 100 })
    expect(rows.map(({ id }) => id).reverse()).toEqual(told)
    expect(rows.map(({ requestId }) => requestId).reverse()).toEqual(received.map(({ id }) => id))
    expect(ended).toMatchObject({ times: 50, stopped: false, last: { id: told.at(-1), response: { status: 200 } } })
  })

  it('takes what a bank refuses for an answer and goes on', async () => {
    answer = (index) => (index % 2 === 0 ? 200 : 503)
    const { statuses, ended } = await run(6)
    expect(statuses).toEqual([200, 503, 200, 503, 200, 503])
    expect(ended?.last?.response?.status).toBe(503)
  })

  it('is prepared anew each time: another token counts from the next call on', async () => {
    await run(4, {
      grant: () =>
        Promise.resolve(grant({ accessToken: received.length < 2 ? 'token-one-canary' : 'token-two-canary' })),
    })
    expect(received.map(({ token }) => token.slice(6, 9))).toEqual(['one', 'one', 'two', 'two'])
  })

  it('lets the call that is running end when it is aborted, and says how far it came', async () => {
    const stop = new AbortController()
    answer = async (index) => {
      if (index === 2) stop.abort()
      await new Promise((resolve) => setTimeout(resolve, 5))
      return 200
    }
    const { told, ended } = await run(50, {}, stop.signal)
    expect(received).toHaveLength(3)
    expect(told).toHaveLength(3)
    expect(ended).toMatchObject({ times: 3, stopped: true })
  })

  it('keeps what was answered although nobody listens any more', async () => {
    for await (const event of repeat(draft, 50, parts())) if (event.kind === 'calls') break
    expect((await log.list({ limit: 100 })).map(({ requestId }) => requestId).reverse()).toEqual(
      received.map(({ id }) => id),
    )
  })

  it('stops where preparing fails', async () => {
    const { told, fault } = await run(50, {
      grant: () =>
        received.length < 5 ? Promise.resolve(grant()) : Promise.reject(new Fault('GRANT_MISSING', 'It was revoked.')),
    })
    expect(fault).toMatchObject({ code: 'GRANT_MISSING' })
    expect(told).toHaveLength(5)
  })

  it('says of an exchange that it is not in history, and goes on', async () => {
    const calls: boolean[] = []
    const events = repeat(
      draft,
      3,
      parts({ recordTogether: () => Promise.reject(new Fault('DATA_UNWRITABLE', 'The disk is full.')) }),
    )
    for await (const event of events)
      if (event.kind === 'calls') calls.push(...event.calls.map(({ recorded }) => recorded))
    expect(calls).toEqual([false, false, false])
  })

  it('lets the witness finish before the next call', async () => {
    const seen: string[] = []
    await run(3, {
      isWitnessed: () => true,
      witness: async (_prepared, { exchange }) => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        seen.push(`${exchange.id} after ${received.length}`)
      },
    })
    expect(seen.map((line) => line.slice(-7))).toEqual(['after 1', 'after 2', 'after 3'])
  })
})

describe('a token that ends during the run', () => {
  const ending = () => (received.length < 2 ? '2050-01-01T00:00:00.000Z' : '2020-01-01T00:00:00.000Z')

  it('is renewed once', async () => {
    let renewed = 0
    await run(5, {
      grant: () =>
        Promise.resolve(
          renewed > 0 ? grant({ accessToken: 'token-new-canary' }) : grant({ accessTokenExpiresAt: ending() }),
        ),
      renew: () => Promise.resolve(++renewed > 0),
    })
    expect(renewed).toBe(1)
    expect(received.map(({ token }) => token.slice(6, 9))).toEqual(['one', 'one', 'new', 'new', 'new'])
  })

  it('is sent as it is where nothing renews it, and asked for only once', async () => {
    let asked = 0
    await run(5, {
      grant: () => Promise.resolve(grant({ accessTokenExpiresAt: ending() })),
      renew: () => Promise.resolve(++asked < 0),
    })
    expect([received.length, asked]).toEqual([5, 1])
  })

  it('is not renewed when it had ended before the run: what the bank says then is what was asked for', async () => {
    let asked = 0
    await run(3, {
      grant: () => Promise.resolve(grant({ accessTokenExpiresAt: '2020-01-01T00:00:00.000Z' })),
      renew: () => Promise.resolve(++asked > 0),
    })
    expect([received.length, asked]).toEqual([3, 0])
  })
})

it('ends with the fault when the bank is gone, and names the exchange', async () => {
  const closed = createServer()
  closed.listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  await once(closed, 'close')
  const { told, fault } = await run(5, {
    endpoints: () =>
      Promise.resolve({
        urls: { resource: received.length < 2 ? resource() : `https://127.0.0.1:${port}` },
        ca: [ca],
      }),
  })
  expect(told).toHaveLength(3)
  expect(fault).toMatchObject({ code: 'NETWORK_REFUSED', details: { exchange: told[2] } })
  expect((await log.show(told[2]!)).fault?.code).toBe('NETWORK_REFUSED')
})
