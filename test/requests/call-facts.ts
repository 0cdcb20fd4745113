/** Facts of calls for tests: a shipped bank, an identity and a token with which nothing is wrong, and an answer. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BankShelf, createBankShelf } from '#core/banks/bank-shelf.ts'
import { type CallFacts, nothingAround, type Outcome } from '#core/requests/call-facts.ts'
import type { SendingGrant, SendingIdentity } from '#core/requests/prepared.ts'

/** When every call of the tests begins. */
export const now = Date.parse('2026-06-01T12:00:00.000Z')
const instant = (seconds: number) => new Date(now + seconds * 1000).toISOString()

export const identity: SendingIdentity = {
  id: 'abcdefgh',
  name: 'test',
  kind: 'QWAC',
  subject: 'CN=test',
  issuer: 'CN=Local sandbox QTSP issuing CA,O=Local sandbox QTSP,C=SE',
  organizationIdentifier: 'PSDSE-FINA-1',
  roles: ['PSP_AI', 'PSP_PI'],
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2026-12-31T00:00:00.000Z',
  sha256: 'ab'.repeat(32),
  warnings: [],
  key: { type: 'RSA' },
}

export const grant: SendingGrant = {
  id: 'g-1',
  scope: 'account',
  identity: identity.id,
  accessToken: 'x',
  accessTokenExpiresAt: instant(500),
  obtainedAt: instant(-100),
  refreshable: true,
}

export interface TestShelf {
  readonly banks: BankShelf
  close(): Promise<void>
}

export async function openTestShelf(): Promise<TestShelf> {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-facts-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  return {
    banks: createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') }),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

export type FactsChange = Partial<Omit<CallFacts, 'outcome' | 'bank' | 'operation' | 'environment'>>

/** A call before it is sent, in the local sandbox unless told. */
export async function factsOf(
  shelf: TestShelf,
  bankId: string,
  operationId: string,
  change: FactsChange & { environment?: string } = {},
): Promise<CallFacts> {
  const { environment = 'sandbox', ...rest } = change
  const bank = await shelf.banks.at(bankId, environment)
  const operation = bank.operation(operationId)
  return {
    bank,
    environment: bank.environment(environment),
    operation,
    at: now,
    ahead: null,
    method: operation.method,
    url: `https://bank.example${operation.path}`,
    headers: [],
    body: null,
    values: {},
    identity,
    grant: operation.scope === null ? null : { ...grant, scope: operation.scope },
    scope: operation.scope,
    schemaFindings: [],
    codeSince: null,
    around: nothingAround,
    ...rest,
    outcome: null,
  }
}

/** The same call after the bank answered. */
export function answered(facts: CallFacts, status: number, body: unknown, change: Partial<Outcome> = {}): CallFacts {
  return {
    ...facts,
    outcome: {
      status,
      headers: [],
      body: typeof body === 'string' ? body : JSON.stringify(body),
      fault: null,
      tls: null,
      signature: null,
      waited: 5,
      shown: { url: facts.url, body: facts.body },
      ...change,
    },
  }
}
