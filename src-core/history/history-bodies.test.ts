/** Bodies: sealed or not there, never plain; what keeps them closed is said. */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '#shared/contract/exchange.ts'
import { Fault } from '#shared/fault.ts'
import { exampleExchange, openTestVault, vaultPassphrase, writeVersion1 } from '../../test/history/exchange-fixture.ts'
import type { SecretStore, StoreReport } from '../secrets/secret-store.ts'
import { createExchangeLog, type ExchangeLog } from './exchange-log.ts'

let folder: string
let file: string
const logs: ExchangeLog[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-history-bodies-'))
  file = join(folder, 'history.sqlite')
})
afterEach(async () => {
  for (const log of logs.splice(0)) log.close()
  await rm(folder, { recursive: true, force: true })
})

function open(secrets: SecretStore | null = openTestVault(folder)): ExchangeLog {
  const log = createExchangeLog(file, secrets === null ? {} : { secrets })
  logs.push(log)
  return log
}

const canary = 'CANARY-BODY-5f2e'
const withCanary = () => {
  const one = exampleExchange()
  const [explanation] = one.explanations
  return exampleExchange({
    request: { ...one.request, body: `{"request":"${canary}"}` },
    response: { ...one.response!, body: `{"response":"${canary}"}` },
    explanations: [{ ...explanation!, evidence: [`The detail reads "${canary}".`] }],
  })
}

async function filesWith(text: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('history'))
  const hits = await Promise.all(
    names.map(async (name) => ((await readFile(join(folder, name))).includes(text) ? [name] : [])),
  )
  return hits.flat()
}

/** A key store in one of the states a machine can have, without a machine that has it. */
function storeIn(state: StoreReport['state']): SecretStore {
  const fail = () => Promise.reject(new Error('asked although it said that it cannot'))
  const report = { state, name: 'Secret Service keyring', message: 'm', remedy: null }
  return { kind: 'keychain', get: fail, set: fail, delete: fail, probe: () => Promise.resolve(report), lock() {} }
}

describe('with an open key store', () => {
  it('are in no file, and neither is what quotes them', async () => {
    const log = open()
    const one = withCanary()
    await log.record(one)
    expect(await filesWith(canary)).toEqual([])
    expect(await filesWith(one.id)).not.toEqual([])
    expect(await open().show(one.id)).toEqual({ ...one, bodies: 'kept' })
  })

  it('sealed for one exchange do not open for another, nor with a byte changed', async () => {
    const log = open()
    const [one, two, three] = [exampleExchange(), exampleExchange(), exampleExchange()]
    for (const each of [one, two, three]) await log.record(each)
    const database = new DatabaseSync(file)
    const sealed = (id: string) => `(SELECT sealed FROM content JOIN exchange USING (position) WHERE id = '${id}')`
    const positionOf = (id: string) => `(SELECT position FROM exchange WHERE id = '${id}')`
    database.exec(`UPDATE content SET sealed = ${sealed(one.id)} WHERE position = ${positionOf(two.id)}`)
    const bytes = database.prepare(`SELECT ${sealed(three.id)} AS bytes`).get()!.bytes as Uint8Array
    bytes[30]! ^= 1
    database.prepare(`UPDATE content SET sealed = ? WHERE position = ${positionOf(three.id)}`).run(bytes)
    database.close()
    for (const { id } of [two, three]) {
      const shown = await log.show(id)
      expect(shown).toMatchObject({ bodies: 'sealed', request: { body: null }, response: { body: '' } })
      expect(shown.findings.at(-1)).toMatchObject({ id: 'bodies-sealed', message: expect.stringContaining('damaged') })
    }
    expect((await log.show(one.id)).bodies).toBe('kept')
  })

  it('are closed by lock, and open again with the passphrase', async () => {
    let there = true
    const secrets = openTestVault(folder, () =>
      there ? Promise.resolve(vaultPassphrase) : Promise.reject(new Fault('VAULT_PASSPHRASE_MISSING')),
    )
    const log = open(secrets)
    const one = withCanary()
    await log.record(one)
    there = false
    secrets.lock()
    log.lock()
    const locked = await log.show(one.id)
    expect(JSON.stringify(locked)).not.toContain(canary)
    expect(locked.findings.at(-1)?.message).toBe('The bodies are sealed and the key store is locked.')
    const told: Finding[] = []
    const during = withCanary()
    await log.record(during, null, (finding) => told.push(finding))
    expect(told).toMatchObject([{ message: 'Recorded without bodies: the key store is locked.' }])
    there = true
    expect(await log.show(one.id)).toEqual({ ...one, bodies: 'kept' })
    expect(await log.show(during.id)).toMatchObject({ bodies: 'not-kept', request: { body: null } })
    expect(await filesWith(canary)).toEqual([])
  })

  it('of another key store stay closed, and its key is no one else’s', async () => {
    const one = exampleExchange()
    await open().record(one)
    const other = openTestVault(join(folder, 'other'))
    await mkdir(join(folder, 'other'))
    const log = open(other)
    expect((await log.show(one.id)).findings.at(-1)?.message).toContain('no key of this history')
    await log.record(exampleExchange())
    expect((await log.show(one.id)).findings.at(-1)?.message).toContain('not in this key store')
    expect((await open().show(one.id)).bodies).toBe('kept')
  })
})

describe('without', () => {
  it.each([
    ['locked', 'Recorded without bodies: the key store is locked.'],
    ['absent', 'Recorded without bodies: there is no key store that can be reached.'],
    ['denied', 'Recorded without bodies: the key store refused access.'],
    ['failed', 'Recorded without bodies: the key store could not be used.'],
  ] as const)('a key store that is %s the exchange is kept, and nobody is asked', async (state, message) => {
    const log = open(storeIn(state))
    const one = withCanary()
    const told: Finding[] = []
    await log.record(one, null, (finding) => told.push(finding))
    expect(told).toMatchObject([{ id: 'bodies-not-kept', message }])
    expect(await log.list()).toMatchObject([{ id: one.id, bodies: 'not-kept' }])
    const shown = await log.show(one.id)
    expect(shown).toMatchObject({ bodies: 'not-kept', request: { headers: one.request.headers, body: null } })
    expect(shown.findings.map((finding) => finding.message)).toEqual(['m', message])
    expect(await filesWith(canary)).toEqual([])
  })

  it('any key store, too', async () => {
    const one = withCanary()
    await open(null).record(one)
    expect(await filesWith(canary)).toEqual([])
    expect((await open().show(one.id)).bodies).toBe('not-kept')
  })

  it('a key that can be read nothing is made in its place', async () => {
    const secrets = openTestVault(folder)
    await secrets.set('history-key', Buffer.from('too short'))
    await open(secrets).record(withCanary())
    expect((await secrets.get('history-key'))?.toString()).toBe('too short')
    expect(await filesWith(canary)).toEqual([])
  })
})

describe('of an earlier version', () => {
  const old = () => [withCanary(), { ...withCanary(), at: '2026-11-21T12:00:05.000Z' }]

  it('are sealed once the key store is open, and the copy with the plain ones goes then', async () => {
    const made = old()
    writeVersion1(file, made)
    const closed = open(storeIn('locked'))
    expect((await closed.list()).map(({ id }) => id)).toEqual([made[1]!.id, made[0]!.id])
    expect(await closed.list({ words: 'payments' })).toHaveLength(2)
    expect(await closed.status()).toMatchObject({ unsealed: 2, backups: ['history.sqlite.backup-1'] })
    // They lie there as the earlier version left them; locked means that they are not shown.
    expect(JSON.stringify(await closed.show(made[0]!.id))).not.toContain(canary)
    const log = open()
    await log.record(exampleExchange())
    await expect.poll(() => log.status()).toMatchObject({ unsealed: 0, backups: [] })
    await expect.poll(() => filesWith(canary)).toEqual([])
    for (const one of made) expect(await log.show(one.id)).toEqual({ ...one, bodies: 'kept' })
  })

  it('are in the copy as they were, for the version that wrote them', async () => {
    const [one] = old()
    writeVersion1(file, [one!])
    await open(null).list()
    const copy = new DatabaseSync(join(folder, 'history.sqlite.backup-1'), { readOnly: true })
    expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
    expect(copy.prepare('SELECT request FROM body WHERE exchange = ?').get(one!.id)).toEqual({
      request: one!.request.body,
    })
    copy.close()
  })

  it('with a damaged document keep their row, and the others everything', async () => {
    const made = old()
    writeVersion1(file, made)
    const database = new DatabaseSync(file)
    database.prepare('UPDATE exchange SET document = ? WHERE id = ?').run('{', made[0]!.id)
    database.close()
    const log = open()
    expect(await log.list()).toHaveLength(2)
    await expect(log.show(made[0]!.id)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    expect((await log.show(made[1]!.id)).id).toBe(made[1]!.id)
  })
})

describe('a database of a newer version', () => {
  it('is read and not written', async () => {
    const one = exampleExchange()
    const log = open()
    await log.record(one)
    log.close()
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99; ALTER TABLE exchange ADD COLUMN future TEXT')
    database.close()
    const newer = open()
    expect(await newer.list({ words: 'payments' })).toMatchObject([{ id: one.id }])
    expect(await newer.show(one.id)).toEqual({ ...one, bodies: 'kept' })
    expect((await newer.status()).readOnly).toContain('newer version')
    for (const work of [
      () => newer.record(exampleExchange()),
      () => newer.delete({ all: true }),
      () => newer.dismiss(),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'DATA_NEWER' })
    const after = new DatabaseSync(file)
    expect(after.prepare('SELECT count(*) AS n FROM exchange').get()).toEqual({ n: 1 })
    expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 })
    after.close()
  })

  it('with tables that are not ours says so and stays as it is', async () => {
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99; CREATE TABLE future (x)')
    database.close()
    const before = await readFile(file)
    await expect(open().list()).rejects.toMatchObject({ code: 'DATA_NEWER' })
    await expect(open().record(exampleExchange())).rejects.toMatchObject({ code: 'DATA_NEWER' })
    expect((await readFile(file)).equals(before)).toBe(true)
  })
})
