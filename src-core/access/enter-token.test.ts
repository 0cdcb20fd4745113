/** A token that was entered is kept like any other, and nothing of it is in a message. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBankShelf } from '../banks/bank-shelf.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { AccessParts } from './access-target.ts'
import { chooseGrant } from './choose-grant.ts'
import { type EnterInput, enterToken, expiryOf } from './enter-token.ts'
import { createGrantBook, type GrantBook } from './grant-book.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`

let folder: string
let book: GrantBook
let parts: AccessParts

/** The store's contract in memory: what is kept is told by the book's own tests on real stores. */
function memoryStore(): SecretStore {
  const held = new Map<string, Buffer>()
  return {
    get: (id: string) => Promise.resolve(held.has(id) ? Buffer.from(held.get(id)!) : null),
    set: (id: string, value: Uint8Array) => Promise.resolve(void held.set(id, Buffer.from(value))),
    delete: (id: string) => Promise.resolve(held.delete(id)),
  } as unknown as SecretStore
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-enter-'))
  book = createGrantBook(join(folder, 'grants'), memoryStore())
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  const banks = createBankShelf({ shipped, user: join(folder, 'banks'), cache: join(folder, 'cache') })
  const never = () => Promise.reject(new Error('not asked for here'))
  parts = { banks, endpoints: never, identity: never, send: never, now: () => now }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const enter = (change: Partial<EnterInput>) =>
  enterToken(
    { bank: 'ica-banken', environment: 'bank-sandbox', scope: 'account', token: 'at-canary', expiresIn: 60, ...change },
    parts,
    book,
  )

describe('a token that was entered', () => {
  it('is used by calls of every identity, of its bank and environment only', async () => {
    const { id } = await enter({})
    const wish = { bank: 'ica-banken', environment: 'bank-sandbox', scope: 'account', id: undefined }
    await expect(chooseGrant(book, { ...wish, identity: null })).resolves.toMatchObject({
      id,
      accessToken: 'at-canary',
    })
    await expect(chooseGrant(book, { ...wish, identity: 'abcdefgh' })).resolves.toMatchObject({ id })
    await expect(chooseGrant(book, { ...wish, environment: 'production', identity: null })).rejects.toMatchObject({
      code: 'GRANT_MISSING',
    })
  })

  it('is nowhere but in the key store', async () => {
    await enter({})
    for (const file of await readdir(join(folder, 'grants')))
      expect(await readFile(join(folder, 'grants', file), 'utf8')).not.toContain('at-canary')
  })

  it('lives as long as was said, or as it says itself', async () => {
    expect((await enter({})).accessTokenExpiresAt).toBe('2026-11-21T12:01:00.000Z')
    const { accessTokenExpiresAt } = await enter({ token: jwt({ exp: now / 1000 + 90 }), expiresIn: undefined })
    expect(accessTokenExpiresAt).toBe('2026-11-21T12:01:30.000Z')
  })
})

describe('what is refused', () => {
  it.each<[string, Partial<EnterInput>]>([
    ['expiresIn', { expiresIn: undefined }],
    ['token', { token: jwt({ exp: 1 }), expiresIn: undefined }],
    ['token', { token: 'at-canary with a space' }],
    ['token', { token: 'at-canary\r\nX: y' }],
    ['scope', { scope: undefined }],
  ])('names the field %s and keeps the token out', async (field, change) => {
    const fault = await enter(change).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'INPUT_INVALID', details: { field } })
    expect(JSON.stringify(fault)).not.toContain('canary')
    expect(await book.list()).toEqual([])
  })
})

describe('the expiry inside a token', () => {
  it.each(['opaque', 'a.b', 'a.e30.c', `a.${Buffer.from('null').toString('base64url')}.c`, jwt({ exp: 'soon' })])(
    'is not invented: %s',
    (token) => expect(expiryOf(token)).toBeNull(),
  )
})
