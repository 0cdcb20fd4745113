/**
 * Measures what preflight and explaining cost a whole call: with consents, grants and registrations on disk, and looking back into a
 * history of 100,000 exchanges with sealed bodies; prints the results as JSON.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openAccessBooks } from '#core/access/access-books.ts'
import { resourceId } from '#core/access/resource-book.ts'
import { createBankShelf } from '#core/banks/bank-shelf.ts'
import { createEnvironmentOverrides } from '#core/banks/environment-overrides.ts'
import { createExchangeLog, type ExchangeLog } from '#core/history/exchange-log.ts'
import type { CallReport } from '#core/http/call.ts'
import { knowledgeOfCalls } from '#core/knowledge-of-calls.ts'
import { describeExchange } from '#core/requests/describe-exchange.ts'
import { lookBack, withExplanations } from '#core/requests/explain/explain-call.ts'
import { preflight } from '#core/requests/preflight/preflight.ts'
import { prepare } from '#core/requests/prepare.ts'
import type { Prepared, SendingGrant, SendingIdentity } from '#core/requests/prepared.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { draftSchema } from '#shared/contract/requests.ts'
import { exampleExchange, openTestVault } from '../test/history/exchange-fixture.ts'
import { fillHistory } from './fill-history.ts'
import { median, type Result, rounded } from './result.ts'

const { values } = parseArgs({ options: { count: { type: 'string', default: '100000' } } })
const count = Number(values.count)
const rounds = 200
const warmUp = 20
/** Milliseconds one call may cost. */
const allowed = 5

const scratch = mkdtempSync(join(tmpdir(), 'tpp-bench-looked-up-'))
const secrets = openTestVault(scratch)
const bankId = 'bank-of-georgia'
const consent = 'c-0001'
const now = Date.now()
const instant = (seconds: number) => new Date(now + seconds * 1000).toISOString()

const identity: SendingIdentity = {
  id: 'abcdefgh',
  name: 'bench',
  kind: 'QWAC',
  subject: 'CN=bench',
  issuer: 'CN=A QTSP,C=SE',
  organizationIdentifier: 'PSDGE-NBG-1',
  roles: ['PSP_AI', 'PSP_PI'],
  notBefore: instant(-86_400),
  notAfter: instant(90 * 86_400),
  sha256: 'ab'.repeat(32),
  warnings: [],
  key: { type: 'EC' },
}

const banks = createBankShelf({
  shipped: resolve(import.meta.dirname, '../resources/banks'),
  user: join(scratch, 'user'),
  cache: join(scratch, 'cache'),
})
const access = openAccessBooks(scratch, secrets)
const overrides = createEnvironmentOverrides(join(scratch, 'environments'))
const grant: SendingGrant = {
  id: 'g-01',
  scope: `AIS:${consent}`,
  identity: identity.id,
  accessToken: 'bench',
  accessTokenExpiresAt: instant(500),
  obtainedAt: instant(-100),
  refreshable: false,
  consent: resourceId(bankId, 'sandbox', 'consent', consent),
}

/** As somebody has it who works with a bank for months. */
async function fillBooks(): Promise<void> {
  for (let index = 0; index < 50; index++) {
    const resource = index === 0 ? consent : `c-${index}`
    const id = resourceId(bankId, 'sandbox', 'consent', resource)
    await access.resources.change(id, async () => ({
      id,
      kind: 'consent',
      bank: bankId,
      environment: 'sandbox',
      identity: identity.id,
      resource,
      parameters: {},
      status: 'received',
      createdAt: instant(-900),
      seenAt: instant(-900),
      validUntil: '2099-01-01',
      frequencyPerDay: 4,
      recurring: true,
      replacedBy: null,
      authorisations: [],
      links: [],
      operations: [],
      grant: null,
      returnUri: null,
      exchange: randomUUID(),
      customerReturnedAt: instant(-100),
      timeline: [],
    }))
  }
  for (let index = 0; index < 20; index++)
    await access.book.note({
      id: `g-${(index + 16).toString(16)}`,
      bank: bankId,
      environment: index % 2 ? 'production' : 'sandbox',
      identity: identity.id,
      customer: null,
      scope: `AIS:c-${index}`,
      obtainedAt: instant(-100),
      accessTokenExpiresAt: instant(500),
      refreshable: false,
      refreshTokenExpiresAt: null,
      refreshingSince: null,
      boundTo: null,
      server: null,
      consent: null,
    })
}

const kept = (index: number, environment: string): Exchange =>
  exampleExchange({
    id: randomUUID(),
    at: new Date(now - (count + 100 - index) * 60_000).toISOString(),
    bank: bankId,
    environment,
    operation: 'bog-accounts-list',
    identity: identity.id,
    request: { method: 'GET', url: 'https://127.0.0.1:9443/psd2/v1/accounts', headers: [], body: null },
    response: {
      status: 200,
      headers: [],
      body: JSON.stringify({ accounts: [{ resourceId: randomUUID() }] }).padEnd(4000),
      size: 4000,
    },
    explanations: [],
  })

/** @param others environment of nearly all exchanges: the newest of the call's own are found among them. */
async function openHistory(name: string, others: string): Promise<ExchangeLog> {
  const file = join(scratch, `${name}.sqlite`)
  const log = createExchangeLog(file, { secrets })
  await log.record(kept(count, 'sandbox'))
  fillHistory(file, count, (index) => kept(index, others))
  for (let index = 1; index < 60; index++) await log.record(kept(count + index, index < 30 ? 'sandbox' : others))
  return log
}

const prepared = (environment: string): Promise<Prepared> =>
  prepare(
    draftSchema.parse({
      bank: bankId,
      environment,
      operation: 'bog-account-balances',
      parameters: { 'Consent-ID': consent, 'account-id': randomUUID(), 'PSU-IP-Address': '192.0.2.7' },
    }),
    {
      banks,
      endpoints: async (bank) => ({
        urls: Object.fromEntries(Object.keys(bank.profile.hosts).map((host) => [host, 'https://127.0.0.1:9443/psd2'])),
        ca: ['-'],
      }),
      identity: async () => identity,
      grant: async () => grant,
    },
  )

const answer = Buffer.from(JSON.stringify({ tppMessages: [{ category: 'ERROR', code: 'RESOURCE_UNKNOWN' }] }))
const report = (call: Prepared): CallReport =>
  ({
    requestHeaders: call.headers,
    answer: {
      status: 404,
      headers: [['Date', new Date().toUTCString()]],
      body: answer,
      size: answer.length,
      stored: null,
    },
    fault: null,
    delivery: 'answered',
    tls: null,
    timings: { dns: 0, tcp: 0, tls: 0, wait: 12, download: 0, total: 12 },
    findings: [],
  }) as unknown as CallReport

async function measure(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds + warmUp; round++) {
    const started = performance.now()
    await work()
    if (round >= warmUp) times.push(performance.now() - started)
  }
  return median(times)
}

const result = (id: string, milliseconds: number): Result => ({
  id,
  value: rounded(milliseconds, 3),
  unit: 'ms',
  ratio: rounded(milliseconds / allowed, 3),
  against: `${allowed} ms allowed`,
})

/** From the answer that came to its explanations. */
async function explained(log: ExchangeLog, environment: string): Promise<number> {
  const knowledge = knowledgeOfCalls({ access, log, overrides, banks })
  const call = await prepared(environment)
  const { facts } = await preflight(call, now, knowledge)
  const came = report(call)
  return measure(async () => {
    const around = await lookBack(call, came, knowledge)
    const exchange = describeExchange(call, null, came, [], now)
    const { explanations } = withExplanations(exchange, { ...facts }, came, around ?? facts.around)
    if (explanations.length === 0) throw new Error('The bench measures a call that is explained.')
  })
}

try {
  await fillBooks()
  const [same, other] = [await openHistory('same', 'sandbox'), await openHistory('other', 'production')]
  const knowledge = knowledgeOfCalls({ access, log: same, overrides, banks })
  const [here, there] = [await prepared('sandbox'), await prepared('production')]
  const results = [
    result('preflight-looked-up', await measure(() => preflight(here, now, knowledge))),
    result('preflight-production', await measure(() => preflight(there, now, knowledge))),
    result('explain-100k', await explained(same, 'sandbox')),
    // Its own exchanges are few among those of the bank's other environment.
    result('explain-100k-seldom', await explained(other, 'sandbox')),
  ]
  same.close()
  other.close()
  console.log(JSON.stringify(results))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
