import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createIdentities } from './identities.ts'
import { type ChainMaterial, createChainMaterial } from './testing/chain-material.ts'
import { faultOf } from './testing/fault-of.ts'
import { opensslPresent } from './testing/openssl-material.ts'
import { createScratchIdentities, type ScratchIdentities } from './testing/scratch-identities.ts'

describe.skipIf(!opensslPresent())('storing an import', () => {
  let material: ChainMaterial
  let scratch: ScratchIdentities

  beforeAll(() => {
    material = createChainMaterial()
  })
  afterAll(() => material.made.remove())
  beforeEach(async () => {
    scratch = await createScratchIdentities()
  })
  afterEach(() => scratch.remove())

  const bundle = (kind: 'rsa' | 'ec') => material.leaves[kind] + material.keys[kind]

  it('accepts the same certificate again: the same identity, the key put back, the chain completed', async () => {
    const { identities, secrets, folder } = scratch
    const first = await identities.import({ name: 'Once', certificates: bundle('rsa') })
    const file = path.join(folder, `${first.id}.json`)
    const changed = { ...JSON.parse(await readFile(file, 'utf8')), later: { field: 1 } }
    changed.facts.laterFact = true
    await writeFile(file, JSON.stringify(changed))
    secrets.held.clear()
    expect((await identities.inspect('Once')).keyState).toBe('absent')

    const again = await identities.import({ name: 'Twice', certificates: bundle('rsa') + material.issuing })
    expect(again).toMatchObject({ id: first.id, name: 'Once', sha256: first.sha256 })
    const message = 'This certificate was imported before: "Once".'
    expect(again.warnings[0]).toEqual({ id: 'already-imported', message })
    const detail = await identities.inspect('Once')
    expect([detail.keyState, detail.chain.length]).toEqual(['present', 1])
    expect(detail.warnings.map(({ id }) => id)).toEqual(['no-qc-statements'])
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ later: { field: 1 }, facts: { laterFact: true } })
    expect(await identities.list()).toHaveLength(1)
    expect(detail).not.toHaveProperty('laterFact')
  })

  it('refuses a name that another certificate has, also when both come at once', async () => {
    const both = [bundle('rsa'), bundle('ec')].map((certificates) =>
      scratch.identities.import({ name: 'Same', certificates }),
    )
    const [first, second] = await Promise.allSettled(both)
    expect(first?.status).toBe('fulfilled')
    expect(second).toMatchObject({ reason: { code: 'IDENTITY_EXISTS', details: { name: 'Same' } } })
    expect(scratch.secrets.held.size).toBe(1)
  })

  it('writes one private file with sorted keys, and overwrites the key bytes it handled', async () => {
    const { identities, secrets, folder } = scratch
    const { id } = await identities.import({ name: 'Å', certificates: bundle('rsa') })
    const file = path.join(folder, `${id}.json`)
    const text = await readFile(file, 'utf8')
    expect(await readdir(folder)).toEqual([`${id}.json`])
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(Object.keys(JSON.parse(text))).toEqual(['certificates', 'facts', 'id', 'name'])
    expect([text.endsWith('}\n'), text.includes('\r')]).toEqual([true, false])
    await identities.secureContext(id, [])
    expect(secrets.seen.length).toBeGreaterThan(1)
    for (const bytes of secrets.seen) expect(Buffer.compare(bytes, Buffer.alloc(bytes.length))).toBe(0)
  })

  it('takes the key out of the store again when the record cannot be written', async () => {
    const { secrets, folder } = scratch
    const obstructed = createIdentities({
      folder,
      // A file appears where the folder should be made, once the key is stored.
      secrets: () => ({ ...secrets, set: (id, key) => secrets.set(id, key).then(() => writeFile(folder, '')) }),
      orderCertificate: () => expect.unreachable(),
    })
    const fault = await faultOf(obstructed.import({ name: 'A', certificates: bundle('rsa') }))
    expect(fault.code).toBe('DATA_UNWRITABLE')
    expect(secrets.held.size).toBe(0)
  })

  it('writes no record while the key store is locked', async () => {
    scratch.secrets.locked = true
    const fault = await faultOf(scratch.identities.import({ name: 'A', certificates: bundle('rsa') }))
    expect(fault.code).toBe('KEYCHAIN_LOCKED')
    expect(await scratch.identities.list()).toEqual([])
  })
})
