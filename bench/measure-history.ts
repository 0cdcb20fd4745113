/** Measures the history with 100,000 exchanges in it: the newest hundred, a search, a write, each against the bare work. Prints the results as JSON. */
import { randomUUID } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createExchangeLog } from '#core/history/exchange-log.ts'
import { positionOf } from '#core/history/position.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { openTestVault } from '../test/history/exchange-fixture.ts'
import { fillHistory } from './fill-history.ts'
import { median, type Result, rounded } from './result.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, count: { type: 'string', default: '100000' } },
})
const rounds = Number(values.rounds)
const count = Number(values.count)
const scratch = mkdtempSync(join(tmpdir(), 'tpp-bench-history-'))
const judged = { match: 'words' as const, causes: [], remedies: [], contradicted: null }
const file = join(scratch, 'history.sqlite')

const banks = ['ica-banken', 'bank-of-georgia', 'salt-edge', 'payex-ledger', 'sparebank1']
const nouns = ['accounts', 'payment', 'consent', 'balances', 'transactions']
const verbs = ['create', 'read', 'list', 'delete', 'status', 'update', 'start', 'cancel']
const statuses = [200, 200, 201, 400, 401, 404, 500, 200]
const start = Date.UTC(2025, 0, 1)
const of = <Item>(list: readonly Item[], index: number): Item => list[index % list.length]!

/** One a few minutes, with the headers, the certificate and the body of an ordinary call. */
function exchange(index: number): Exchange {
  const bank = of(banks, index)
  const operation = `${bank}-${of(nouns, index)}-${of(verbs, index * 7)}`
  const status = of(statuses, index * 3)
  const at = new Date(start + index * 300_000).toISOString()
  const certificate = {
    subject: `CN=api.${bank}.example`,
    issuer: 'CN=CA',
    notBefore: at,
    notAfter: at,
    sha256: 'ab'.repeat(32),
  }
  const error = {
    errorId: `${bank}-${index % 44}`,
    score: 0.9,
    title: `Consent ${index % 44} is invalid or has expired`,
  }
  return {
    id: randomUUID(),
    at,
    bank,
    environment: 'sandbox',
    operation,
    identity: `identity-${index % 3}`,
    grant: null,
    delivery: 'answered',
    request: {
      method: status === 201 ? 'POST' : 'GET',
      url: `https://api.${bank}.example:8443/psd2/v1/accounts/${randomUUID()}/transactions?dateFrom=2026-01-01`,
      headers: [
        ['X-Request-ID', randomUUID()],
        ['Authorization', 'Bearer [redacted]'],
        ['PSU-IP-Address', '192.0.2.7'],
        ['Accept', 'application/json'],
      ],
      body: null,
    },
    response: {
      status,
      headers: [['Content-Type', 'application/json']],
      body: '{"transactions":[]}'.padEnd(2000),
      size: 2000,
    },
    fault: null,
    signature: null,
    tls: {
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      resumed: false,
      clientCertificate: { sha256: 'cd'.repeat(32), subject: 'CN=tpp.example' },
      clientCertificateAsked: true,
      serverChain: [certificate, certificate],
    },
    timings: { dns: 0.4, tcp: 0.8, tls: 3.1, wait: 20, download: 1, total: 25.3 },
    findings: [],
    explanations:
      status < 400 ? [] : [{ ...error, ...judged, cause: 'c'.repeat(120), evidence: ['e'], fix: 'f'.repeat(120) }],
  }
}

async function timeOf(work: (round: number) => unknown): Promise<number> {
  const times: number[] = []
  for (let round = -3; round < rounds; round++) {
    const started = performance.now()
    await work(round)
    if (round >= 0) times.push(performance.now() - started)
  }
  return median(times)
}

const result = (id: string, value: number, budget: number, against = `the budget of ${budget} ms`): Result => ({
  id,
  value: rounded(value, 3),
  unit: 'ms',
  ratio: rounded(value / budget, 2),
  against,
})

/** What a disk takes to keep the bytes of one exchange, in turns with the writing of one. */
async function writes(log: ReturnType<typeof createExchangeLog>): Promise<Result[]> {
  const descriptor = openSync(join(scratch, 'bare'), 'w')
  const bytes = Buffer.alloc(60_000, 1)
  const times: Record<'bare' | 'log', number[]> = { bare: [], log: [] }
  for (let round = -3; round < rounds; round++) {
    const started = performance.now()
    writeSync(descriptor, bytes, 0, bytes.length, 0)
    fdatasyncSync(descriptor)
    const between = performance.now()
    const one = exchange(count + rounds + round)
    const made = performance.now()
    await log.record(one)
    if (round < 0) continue
    times.bare.push(between - started)
    times.log.push(performance.now() - made)
  }
  closeSync(descriptor)
  const value = median(times.log)
  return [
    result('history-write-100k', value, 0.3),
    { ...result('history-write-disk', value, median(times.bare), 'the same bytes to a bare file, synced') },
  ]
}

/** As a run writes them: sixteen are handed over at once, and are durable together. For each of them. */
async function groupedWrites(log: ReturnType<typeof createExchangeLog>): Promise<Result> {
  const group = 16
  const times: number[] = []
  for (let round = -3; round < rounds / 4; round++) {
    const some = Array.from({ length: group }, (_, index) => exchange(count + (rounds + round) * group + index))
    const started = performance.now()
    await Promise.all(some.map((one) => log.recordTogether(one)))
    if (round >= 0) times.push((performance.now() - started) / group)
  }
  return result('history-write-grouped', median(times), 0.3)
}

/** Words as people type them: often, seldom, several, an id, the beginning of one, nothing. */
const searches = [
  'payment',
  'consent expired',
  'sparebank1',
  '404',
  'transactions list',
  'salt-edge-12',
  'nothing-like-this',
  'api.ica',
]

async function main(): Promise<Result[]> {
  const log = createExchangeLog(file, { secrets: openTestVault(scratch) })
  await log.record(exchange(count))
  fillHistory(file, count, exchange)
  const [row] = await log.list({ limit: 1, before: positionOf(new Date(start + 60_000_000).toISOString()) })
  const words = [...searches, row!.id, row!.id.slice(0, 8), row!.requestId!]
  const bySearch = []
  for (const each of words) bySearch.push(await timeOf(() => log.list({ words: each, limit: 100 })))
  const results = [
    result('history-100k', await timeOf(() => log.list({ limit: 100 })), 5),
    result(
      'history-search-100k',
      Math.max(...bySearch),
      10,
      `the budget of 10 ms (slowest of ${words.length} searches)`,
    ),
    result('history-filter-100k', await timeOf(() => log.list({ bank: 'salt-edge', status: '5xx', limit: 100 })), 5),
    ...(await writes(log)),
    await groupedWrites(log),
  ]
  log.close()
  return results
}

try {
  const results = await main()
  console.log(JSON.stringify(results))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
