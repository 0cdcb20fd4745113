/** `tpp call --preflight-only` before the real bank: an identity of the sandbox, and one that belongs to other places. Nothing is sent. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArguments } from '#cli/command.ts'
import { call } from '#cli/commands/call.ts'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import type { EnvironmentOverride } from '#shared/bank-environment.ts'
import type { Finding } from '#shared/contract/exchange.ts'
import { createTestAuthority } from '../pki/test-authority.ts'

const root = resolve(import.meta.dirname, '../..')
const bank = 'ica-banken'

let dataFolder: string
let workbench: Workbench
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'tpp-production-'))
  workbench = await openWorkbench({
    dataFolder,
    resourcesFolder: join(root, 'resources'),
    secrets: { choice: 'vault', passphrase: async () => 'correct horse battery staple' },
    openInBrowser: async () => false,
    sandboxProgram: { command: process.execPath, args: [join(root, 'src-sandbox/index.ts')] },
  })
  const { client } = workbench
  await client.sandbox.start({ banks: [bank] })
  await client.keys.order({ name: 'test' })
  const authority = await createTestAuthority('A QTSP')
  for (const name of ['real', 'other']) {
    const { cert, key } = await authority.leaf({ name, key: 'RSA' })
    await client.keys.import({ name, certificates: `${cert}\n${authority.ca}`, key })
  }
  // Nothing listens there: whatever is sent would fail.
  const nowhere = 'https://127.0.0.1:9'
  await setUp(bank, 'production', { urls: { resource: nowhere, registration: nowhere, token: nowhere } })
}, 60_000)
afterAll(async () => {
  await workbench.close()
  await rm(dataFolder, { recursive: true, force: true })
})

/** What a person sets for an environment; another identity than given is taken back. */
async function setUp(id: string, environment: string, change: Partial<EnvironmentOverride>): Promise<void> {
  const { client } = workbench
  const { override } = await client.banks.environment({ bank: id, environment })
  const { identity: _, ...rest } = override
  await client.banks.setEnvironment({ bank: id, environment, override: { ...rest, ...change } })
}

/** Findings on the identity, by `--preflight-only`. */
async function preflight(identity: string, operation = 'ica-accounts-list', id = bank): Promise<Finding[]> {
  const raw = [id, operation, 'PSU-IP-Address=192.0.2.7', '--environment', 'production', '--identity', identity]
  const body = operation === 'ica-register-client' ? ['--body', '{"oid":"x","callbackUri":["https://a.example/"]}'] : []
  const given = raw.filter((word) => body.length === 0 || !word.startsWith('PSU-'))
  const { document } = await call.run({
    arguments: readArguments(call, [...given, ...body, '--grant', 'none', '--preflight-only']),
    json: true,
    signal: new AbortController().signal,
    tell: () => {},
    announce: () => {},
    workbench: async () => workbench,
    client: async () => workbench.client,
  })
  const { findings, response } = document as { findings: Finding[]; response: unknown }
  expect(response).toBeNull()
  return findings.filter(({ id: name }) => ['sandbox-identity', 'host-not-bound'].includes(name))
}

describe('a certificate of the local sandbox', () => {
  it('is an error before the real bank', async () => {
    expect(await preflight('test')).toMatchObject([
      { id: 'sandbox-identity', severity: 'error', remedies: [{ action: 'choose-identity' }] },
    ])
  })

  it('that is registered with the sandbox belongs there, and nowhere else', async () => {
    await workbench.client.access.register({ bank, identity: 'test' })
    const [bound, issuer] = await preflight('test')
    expect(bound).toMatchObject({
      id: 'host-not-bound',
      severity: 'error',
      message: expect.stringMatching(/^test belongs to ica-banken \(sandbox\); nothing binds it to /),
      remedies: [{ action: 'choose-identity' }, { action: 'fill-in-environment', target: { field: 'identity' } }],
    })
    expect(issuer).toMatchObject({ id: 'sandbox-identity', severity: 'error' })
  })
})

describe('an identity of another issuer', () => {
  it('that belongs nowhere yet may go everywhere', async () => {
    expect(await preflight('real')).toEqual([])
  })

  it('that a person set a sandbox up for does not go to production, but may be registered there', async () => {
    await setUp(bank, 'bank-sandbox', { identity: 'real' })
    expect(await preflight('real')).toMatchObject([
      { id: 'host-not-bound', severity: 'error', message: expect.stringContaining('ica-banken (bank-sandbox)') },
    ])
    expect(await preflight('real', 'ica-register-client')).toMatchObject([
      { id: 'host-not-bound', severity: 'warning' },
    ])
    expect(await preflight('other')).toEqual([])
  })

  it('that belongs to production of another bank may be meant: a warning', async () => {
    await setUp('bank-of-georgia', 'production', { identity: 'real' })
    expect(await preflight('real')).toMatchObject([{ id: 'host-not-bound', severity: 'warning' }])
  })

  it('that a person set this environment up for is right here, and any other is not', async () => {
    await setUp(bank, 'production', { identity: 'real' })
    expect(await preflight('real')).toEqual([])
    expect(await preflight('other')).toMatchObject([
      { id: 'host-not-bound', severity: 'warning', message: expect.stringContaining('is set up for another identity') },
    ])
  })
})
