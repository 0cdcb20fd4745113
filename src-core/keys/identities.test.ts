import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { identityDetailSchema, identityViewSchema, orderInputSchema } from '#shared/contract/keys.ts'
import { Fault } from '#shared/fault.ts'
import type { CertificateIssued } from '#shared/sandbox-protocol.ts'
import { createIdentities, type Identities } from './identities.ts'
import { keysRouter } from './keys-router.ts'
import { createMemorySecrets, type MemorySecrets } from './testing/memory-secrets.ts'
import { createTestQtsp, type TestQtsp } from './testing/test-qtsp.ts'

describe('identities', () => {
  let qtsp: TestQtsp
  let folder: string
  let secrets: MemorySecrets
  let identities: Identities
  let now: number
  let answer: (issued: CertificateIssued) => CertificateIssued

  beforeAll(async () => {
    qtsp = await createTestQtsp()
  })
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tpp-identities-'))
    secrets = createMemorySecrets()
    now = Date.now()
    answer = (issued) => issued
    identities = createIdentities({
      folder,
      secrets: () => secrets,
      orderCertificate: async (order) => answer(await qtsp.issue(order)),
      now: () => now,
    })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const order = (name: string, more: object = {}) =>
    identities.order(orderInputSchema.parse({ name, key: 'ec-p256', ...more }))
  const warningsOf = ({ warnings }: { warnings: { id: string }[] }) => warnings.map(({ id }) => id)

  describe('ordering', () => {
    it('makes a key, has it certified and stores both', async () => {
      const view = await order('Exempel', {
        roles: ['PSP_AI', 'PSP_PI'],
        organizationIdentifier: 'PSDSE-FINA-5560123456',
      })
      expect(identityViewSchema.parse(view)).toEqual(view)
      expect(view).toMatchObject({
        name: 'Exempel',
        kind: 'QWAC',
        subject: 'CN=Exempel,organizationIdentifier=PSDSE-FINA-5560123456,O=Exempel,C=SE',
        issuer: 'CN=Test Issuing CA,O=Test QTSP,C=SE',
        organizationIdentifier: 'PSDSE-FINA-5560123456',
        roles: ['PSP_AI', 'PSP_PI'],
        authority: { id: 'SE-FINA', name: 'Swedish Financial Supervisory Authority' },
        key: { type: 'EC', curve: 'P-256' },
        warnings: [],
      })
      expect([...secrets.held.keys()]).toEqual([`key-${view.id}`])
      expect(await identities.list()).toEqual([view])
      const detail = await identities.inspect('Exempel')
      expect(identityDetailSchema.parse(detail)).toEqual(detail)
      expect(detail.chain.map(({ subject }) => subject)).toEqual([view.issuer, 'CN=Test Root,O=Test QTSP,C=SE'])
    })

    it('passes kind, profile, issuer, days and upload on, and never the key', async () => {
      const orderCertificate = vi.fn(qtsp.issue)
      const listening = createIdentities({ folder, secrets: () => secrets, orderCertificate })
      const input = {
        name: 'A',
        key: 'ec-p256',
        kind: 'QSEAL',
        profile: 'revoked',
        issuer: 'non-ascii',
        days: 30,
        upload: false,
      }
      expect((await listening.order(orderInputSchema.parse(input))).kind).toBe('QSEAL')
      const csr = expect.stringContaining('CERTIFICATE REQUEST')
      const { name: _name, key: _key, ...wanted } = input
      expect(orderCertificate.mock.calls).toEqual([[{ csr, ...wanted }]])
    })

    it('refuses a name that is taken before anything is ordered', async () => {
      await order('A')
      const before = qtsp.requests.length
      await expect(order('A')).rejects.toMatchObject({ code: 'IDENTITY_EXISTS' })
      expect(qtsp.requests).toHaveLength(before)
    })

    it('refuses a certificate for another key, and an answer without one', async () => {
      const other = await qtsp.issue({ csr: qtsp.requests[0]!, kind: 'QWAC' })
      answer = () => other
      await expect(order('B')).rejects.toMatchObject({ code: 'KEY_MISMATCH' })
      answer = () => ({ certificate: 'sorry', chain: [] })
      await expect(order('B')).rejects.toMatchObject({ code: 'CERTIFICATE_UNREADABLE' })
      expect([secrets.held.size, await identities.list()]).toEqual([0, []])
    })

    it('keeps a leaf that came without its chain, and says so', async () => {
      answer = (issued) => ({ ...issued, chain: [] })
      expect(warningsOf(await order('B'))).toEqual(['chain-incomplete'])
    })

    it('passes on what the order and the key store throw', async () => {
      secrets.locked = true
      await expect(order('C')).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' })
      answer = () => {
        throw new Fault('SANDBOX_DOWN')
      }
      await expect(order('C')).rejects.toMatchObject({ code: 'SANDBOX_DOWN' })
      expect(await identities.list()).toEqual([])
    })
  })

  describe('finding', () => {
    it('takes id, exact name, and 8 or more digits of the fingerprint', async () => {
      const view = await order('Min TPP')
      await order('Other')
      const colons = view.sha256.toUpperCase().match(/../g)!.slice(0, 6).join(':')
      for (const ref of [view.id, 'Min TPP', view.sha256.slice(0, 8), view.sha256, colons]) {
        expect((await identities.resolve(ref)).id).toBe(view.id)
      }
      for (const ref of [view.sha256.slice(0, 7), 'min tpp', '../x', '__proto__', '']) {
        await expect(identities.resolve(ref)).rejects.toMatchObject({ code: 'IDENTITY_UNKNOWN' })
      }
    })

    it('takes the only one when none is named, and asks otherwise', async () => {
      await expect(identities.resolve()).rejects.toMatchObject({
        code: 'IDENTITY_MISSING',
        message: expect.stringMatching(/tpp keys order --name .*tpp keys import/),
      })
      const { id } = await order('One')
      expect((await identities.resolve()).id).toBe(id)
      await order('Two')
      await expect(identities.resolve()).rejects.toMatchObject({
        code: 'IDENTITY_MISSING',
        message: expect.stringContaining('"One", "Two"'),
        details: { names: ['One', 'Two'] },
      })
    })

    it('offers near names', async () => {
      await expect(identities.resolve('Sanbox')).rejects.toMatchObject({
        message: expect.stringContaining('tpp keys order'),
      })
      await order('Sandbox')
      await expect(identities.inspect('Sanbox')).rejects.toMatchObject({
        code: 'IDENTITY_UNKNOWN',
        message: 'There is no identity "Sanbox". Did you mean "Sandbox"?',
        details: { near: ['Sandbox'] },
      })
    })
  })

  it('warns by the clock of the moment', async () => {
    const view = await order('Clock')
    const end = Date.parse(view.notAfter)
    const warnings = async (at: number) => {
      now = at
      return (await identities.list()).map(warningsOf)
    }
    expect(await warnings(end + 1000)).toEqual([['expired']])
    expect(await warnings(end - 6 * 86_400_000)).toEqual([['expires-in-7-days']])
    expect(await warnings(Date.parse(view.notBefore) - 1000)).toEqual([['not-yet-valid']])
  })

  describe('deleting', () => {
    it('removes the secret and the record', async () => {
      const { id } = await order('Gone')
      expect(await identities.delete('Gone')).toEqual({ id, name: 'Gone', deleted: true })
      expect([secrets.held.size, await identities.list()]).toEqual([0, []])
      await expect(identities.delete('Gone')).rejects.toMatchObject({ code: 'IDENTITY_UNKNOWN' })
      await expect(identities.secureContext(id, [])).rejects.toMatchObject({ code: 'IDENTITY_UNKNOWN' })
    })

    it('keeps the record while the key store cannot be asked', async () => {
      const { id } = await order('Kept')
      secrets.locked = true
      await expect(identities.delete('Kept')).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' })
      secrets.locked = false
      expect((await identities.inspect(id)).keyState).toBe('present')
    })
  })

  describe('a damaged record', () => {
    const damage = async (id: string, text: string) => writeFile(path.join(folder, `${id}.json`), text)

    it.each(['', '{"id":', '[]', '{"id":"aaaaaaaa"}', '\u0000'])('(%j) hides no other', async (text) => {
      const good = await order('Good')
      const bad = await order('Bad')
      await damage(bad.id, text)
      expect(await identities.list()).toEqual([good])
      expect((await identities.resolve('Good')).id).toBe(good.id)
      expect(await identities.damaged()).toEqual([
        { id: bad.id, fault: expect.objectContaining({ code: 'DATA_DAMAGED' }) },
      ])
      await expect(identities.inspect(bad.id)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
      await expect(identities.secureContext(bad.id, [])).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
      await expect(identities.resolve('Bad')).rejects.toMatchObject({ message: expect.stringContaining(bad.id) })
    })

    it('does not let another identity be used by mistake, and can be deleted by its id', async () => {
      const good = await order('Good')
      const bad = await order('Bad')
      await damage(bad.id, '{')
      await expect(identities.resolve()).rejects.toMatchObject({
        code: 'IDENTITY_MISSING',
        details: { damaged: [bad.id] },
      })
      expect(await identities.delete(bad.id)).toEqual({ id: bad.id, name: bad.id, deleted: true })
      expect([...secrets.held.keys()]).toEqual([`key-${good.id}`])
      expect((await identities.resolve()).id).toBe(good.id)
    })

    it('is one that was copied to another name', async () => {
      const { id } = await order('Good')
      await damage('aaaaaaaa', await readFile(path.join(folder, `${id}.json`), 'utf8'))
      expect((await identities.damaged()).map((one) => one.id)).toEqual(['aaaaaaaa'])
    })
  })

  it('answers the calls of the contract', async () => {
    const client = createRouterClient(keysRouter(identities, () => {}))
    const view = await client.order({ name: 'Via', key: 'ec-p256' })
    expect(await client.list()).toEqual([view])
    expect((await client.inspect({ identity: 'Via' })).keyState).toBe('present')
    expect(await client.delete({ identity: view.id })).toEqual({ id: view.id, name: 'Via', deleted: true })
    await expect(client.import({ name: 'A', certificates: 'x' })).rejects.toMatchObject({
      code: 'CERTIFICATE_UNREADABLE',
    })
  })

  it('lists and finds without loading the ASN.1 library', async () => {
    await order('Light')
    const script = `
      import { registerHooks } from 'node:module'
      registerHooks({ load(url, context, next) { if (/peculiar|reflect-metadata/.test(url)) throw new Error('loaded ' + url); return next(url, context) } })
      const { createIdentities } = await import(${JSON.stringify(new URL('identities.ts', import.meta.url).href)})
      const identities = createIdentities({ folder: ${JSON.stringify(folder)}, secrets: () => { throw new Error('asked') } })
      console.log((await identities.list()).length, (await identities.resolve('Light')).name)`
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toBe(
      '1 Light\n',
    )
  })
})
