/** An exchange to keep, a vault to seal it with, and a database as version 1 of the history wrote it. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SecretStore } from '#core/secrets/secret-store.ts'
import { openVaultStore } from '#core/secrets/vault-store.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { testDisk } from '../keyring/test-disk.ts'

export const exampleExchange = (change: Partial<Exchange> = {}): Exchange => ({
  id: randomUUID(),
  at: '2026-11-21T12:00:00.000Z',
  bank: 'ica-banken',
  environment: 'sandbox',
  operation: 'ica-payment-create',
  identity: 'abcdefgh',
  grant: null,
  delivery: 'answered',
  request: { method: 'POST', url: 'https://b.example/Payments/x', headers: [['Accept', 'a']], body: '{"amount":"1"}' },
  response: {
    status: 400,
    headers: [
      ['X', 'a'],
      ['X', 'b'],
    ],
    body: '{"code":"FAILED","å":"🏠"}',
    size: 30,
  },
  fault: null,
  signature: null,
  tls: null,
  timings: { dns: 0, tcp: 0.5, tls: 1.25, wait: 2, download: 0, total: 4.125 },
  findings: [{ id: 'note', severity: 'note', message: 'm' }],
  explanations: [
    {
      errorId: 'row-1',
      score: 1,
      title: 't',
      cause: 'c',
      evidence: ['e'],
      fix: 'f',
      match: 'words',
      causes: [],
      remedies: [],
      contradicted: null,
    },
  ],
  ...change,
})

export const vaultPassphrase = 'correct horse battery'

/** Cheap to open; only tests make such vaults. */
export const openTestVault = (
  folder: string,
  passphrase: () => Promise<string> = () => Promise.resolve(vaultPassphrase),
): SecretStore =>
  openVaultStore({ folder: { path: join(folder, 'vault'), disk: testDisk }, passphrase }, { N: 2 ** 10, r: 8, p: 1 })

const version1 = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE exchange (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, bank TEXT NOT NULL, environment TEXT NOT NULL, operation TEXT NOT NULL,
    method TEXT NOT NULL, url TEXT NOT NULL, status INTEGER, fault TEXT, error_id TEXT, total REAL NOT NULL,
    clock_skew INTEGER, document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX exchange_at ON exchange (at DESC);
  CREATE TABLE body (
    exchange TEXT PRIMARY KEY REFERENCES exchange (id) ON DELETE CASCADE, request TEXT, response TEXT
  ) STRICT;
  PRAGMA user_version = 1;`

/** As version 1 kept them: bodies plain in a table of their own. */
export function writeVersion1(file: string, exchanges: readonly Exchange[]): void {
  const database = new DatabaseSync(file)
  database.exec(version1)
  const insert = database.prepare('INSERT INTO exchange VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const body = database.prepare('INSERT INTO body VALUES (?, ?, ?)')
  for (const exchange of exchanges) {
    const { id, at, bank, environment, operation, request, response, fault, explanations, timings } = exchange
    const document = JSON.stringify({
      ...exchange,
      request: { ...request, body: null },
      response: response === null ? null : { ...response, body: '' },
      grant: undefined,
      delivery: undefined,
    })
    const [status, errorId] = [response?.status ?? null, explanations[0]?.errorId ?? null]
    insert.run(
      id,
      at,
      bank,
      environment,
      operation,
      request.method,
      request.url,
      status,
      fault?.code ?? null,
      errorId,
      timings.total,
      0,
      document,
    )
    body.run(id, request.body, response?.body ?? null)
  }
  database.close()
}
