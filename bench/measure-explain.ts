/** Measures what preflight and explain cost one call: the engine's own functions, over facts of a shipped bank; prints the results as JSON. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createBankShelf } from '#core/banks/bank-shelf.ts'
import type { CallFacts, Outcome } from '#core/requests/call-facts.ts'
import { nothingAround } from '#core/requests/call-facts.ts'
import { explain } from '#core/requests/explain/explain.ts'
import { findingsOf } from '#core/requests/preflight/preflight.ts'
import { median, type Result, rounded } from './result.ts'

/** Calls per figure; the first ones, which compile, are not counted. */
const rounds = 400
const warmUp = 50

/** Milliseconds one call may cost. */
const allowed = 5

const scratch = mkdtempSync(join(tmpdir(), 'tpp-bench-explain-'))
const banks = createBankShelf({
  shipped: resolve(import.meta.dirname, '../resources/banks'),
  user: join(scratch, 'user'),
  cache: join(scratch, 'cache'),
})

/** A payment with a body, rules to keep to, a token and a signature: what there is most to look at. */
async function heaviestCall(): Promise<CallFacts> {
  const bank = await banks.at('bank-of-georgia', 'sandbox')
  const operation = bank.operation('bog-payment-initiate')
  const now = Date.now()
  const instruction = { amount: '12.50', currency: 'GEL' }
  return {
    bank,
    environment: bank.environment('sandbox'),
    operation,
    at: now,
    ahead: 0,
    method: operation.method,
    url: 'https://127.0.0.1:9443/psd2/v1/payments/domestic',
    headers: [
      ['X-Request-ID', '99391c7e-ad88-49ec-a2ad-99ddcb1f7721'],
      ['PSU-IP-Address', '192.0.2.1'],
    ],
    body: JSON.stringify({ instructedAmount: instruction, requestedExecutionDate: '2020-01-01', creditorName: 'Nino' }),
    values: { 'payment-service': 'payments', 'payment-product': 'domestic' },
    identity: {
      id: 'abcdefgh',
      name: 'bench',
      kind: 'QWAC',
      subject: 'CN=bench',
      issuer: 'CN=Local sandbox QTSP issuing CA,O=Local sandbox QTSP,C=SE',
      organizationIdentifier: 'PSDGE-NBG-1',
      roles: ['PSP_PI'],
      notBefore: new Date(now - 86_400_000).toISOString(),
      notAfter: new Date(now + 86_400_000).toISOString(),
      sha256: 'ab'.repeat(32),
      warnings: [],
    },
    grant: null,
    scope: null,
    schemaFindings: [],
    codeSince: null,
    around: nothingAround,
    outcome: null,
  }
}

function measure(work: () => unknown): number {
  const times: number[] = []
  for (let round = 0; round < rounds + warmUp; round++) {
    const started = performance.now()
    work()
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

try {
  const before = await heaviestCall()
  const outcome = (body: object): Outcome => ({
    status: 400,
    headers: [['Date', new Date().toUTCString()]],
    body: JSON.stringify(body),
    fault: null,
    tls: null,
    signature: null,
    waited: 12,
    shown: { url: before.url, body: before.body },
  })
  const known = { ...before, outcome: outcome({ tppMessages: [{ category: 'ERROR', code: 'FORMAT_ERROR' }] }) }
  const unknown = { ...before, outcome: outcome({ tppMessages: [{ category: 'ERROR', code: 'FORMATERR' }] }) }
  // Facts are those of one call: what is parsed once for them is parsed anew for the next.
  const results = [
    result(
      'preflight-1',
      measure(() => findingsOf({ ...before })),
    ),
    result(
      'explain-1',
      measure(() => explain({ ...known })),
    ),
    result(
      'explain-unknown-1',
      measure(() => explain({ ...unknown })),
    ),
  ]
  console.log(JSON.stringify(results))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
