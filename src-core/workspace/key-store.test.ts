/** The chosen key store: made, opened, locked and exchanged on a real vault. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault, type FaultCode } from '#shared/fault.ts'
import { testDisk } from '../../test/keyring/test-disk.ts'
import { createKeyStore } from './key-store.ts'
import { createSettings } from './settings.ts'

const passphrase = 'correct horse battery staple'
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-key-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const nobody = () => Promise.reject(new Fault('VAULT_PASSPHRASE_MISSING'))
const open = (choice: 'keychain' | 'vault' | null = 'vault') =>
  createKeyStore({
    folder: join(folder, 'secrets'),
    disk: testDisk,
    settings: createSettings(folder),
    choice,
    passphrase: nobody,
  })
const refused = (code: FaultCode) => expect.objectContaining({ code })

describe('a vault without anybody to ask', () => {
  it('is made by its first passphrase, and opened by it and no other', async () => {
    const first = open()
    expect(await first.report()).toMatchObject({ choice: 'vault', vault: 'new' })
    await first.unlock(passphrase)
    expect(await first.report()).toMatchObject({ state: 'ready', vault: 'open' })
    await first.secrets.set('key-1', Buffer.from('secret'))

    const second = open()
    expect(await second.report()).toMatchObject({ vault: 'locked' })
    await expect(second.secrets.get('key-1')).rejects.toEqual(refused('VAULT_PASSPHRASE_MISSING'))
    await expect(second.unlock('another passphrase')).rejects.toEqual(refused('VAULT_PASSPHRASE_WRONG'))
    expect(await second.report()).toMatchObject({ vault: 'locked' })
    await second.unlock(passphrase)
    expect((await second.secrets.get('key-1'))?.toString()).toBe('secret')
  })

  it('refuses a short first passphrase and stays unmade', async () => {
    const store = open()
    await expect(store.unlock('short')).rejects.toEqual(refused('VAULT_PASSPHRASE_SHORT'))
    expect(await store.report()).toMatchObject({ vault: 'new' })
  })

  it('asks again after it was locked', async () => {
    const store = open()
    await store.unlock(passphrase)
    await store.secrets.set('key-1', Buffer.from('secret'))
    store.secrets.lock()
    expect(await store.report()).toMatchObject({ vault: 'locked' })
    await expect(store.secrets.get('key-1')).rejects.toEqual(refused('VAULT_PASSPHRASE_MISSING'))
  })
})

describe('the choice', () => {
  it('is kept, and the host’s own word goes before it', async () => {
    const store = open(null)
    expect(await store.report()).toMatchObject({ choice: null, vault: 'not-chosen' })
    await expect(store.unlock(passphrase)).rejects.toEqual(refused('INPUT_INVALID'))
    await store.choose('vault')
    expect(await open(null).report()).toMatchObject({ choice: 'vault' })
    expect(await open('keychain').report()).toMatchObject({ choice: 'keychain' })
  })
})
