/** Grants: their tokens are in the key store and nowhere else, and a call gets the one that fits. */
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SecretStore } from '../secrets/secret-store.ts'
import { chooseGrant } from './choose-grant.ts'
import { createGrantBook, type GrantBook, type GrantRecord, newGrantId } from './grant-book.ts'
import { grantView } from './grant-view.ts'
import { createRegistrations } from './registrations.ts'

/** Keeps secrets in memory; hands out copies, as the real ones do. */
function memorySecrets(): SecretStore & { held: Map<string, Buffer> } {
  const held = new Map<string, Buffer>()
  return {
    kind: 'vault',
    held,
    get: (id) => Promise.resolve(held.has(id) ? Buffer.from(held.get(id)!) : null),
    set: (id, secret) => {
      held.set(id, Buffer.from(secret))
      return Promise.resolve()
    },
    delete: (id) => Promise.resolve(held.delete(id)),
    probe: () => Promise.resolve({ state: 'ready', name: 'memory', message: 'ready', remedy: null }),
    lock: () => {},
  }
}

let root: string
let folder: string
let secrets: ReturnType<typeof memorySecrets>
let book: GrantBook

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tpp-grants-'))
  folder = join(root, 'grants')
  secrets = memorySecrets()
  book = createGrantBook(folder, secrets)
})
afterEach(async () => {
  await chmod(root, 0o700)
  await rm(root, { recursive: true, force: true })
})

const record = (change: Partial<GrantRecord> = {}): GrantRecord => ({
  id: newGrantId(),
  bank: 'ica-banken',
  environment: 'sandbox',
  identity: 'abcdefgh',
  customer: '1972••••••••',
  scope: 'account',
  obtainedAt: '2026-11-21T12:00:00.000Z',
  accessTokenExpiresAt: '2026-11-21T12:10:00.000Z',
  refreshable: true,
  refreshTokenExpiresAt: '2027-02-19T12:00:00.000Z',
  refreshingSince: null,
  boundTo: null,
  server: null,
  consent: null,
  ...change,
})
const tokens = { accessToken: 'access-canary-1', refreshToken: 'refresh-canary-2' }

describe('the book', () => {
  it('keeps what is known of a grant, and its tokens in the key store alone', async () => {
    const one = record()
    await book.save(one, tokens)
    const again = createGrantBook(folder, secrets)
    expect(await again.find(one.id)).toEqual(one)
    expect(await again.tokens(one.id)).toMatchObject(tokens)
    expect(await again.tokens(one.id)).toMatchObject(tokens)
    const names = await readdir(folder)
    expect(names).toEqual([`${one.id}.json`])
    expect(await readFile(join(folder, names[0]!), 'utf8')).not.toMatch(/canary/)
    if (process.platform !== 'win32') expect((await stat(join(folder, names[0]!))).mode & 0o777).toBe(0o600)
    expect([...secrets.held.keys()]).toEqual([`grant-${one.id}`])
  })

  it('stores the tokens before the record: a crash in between loses none', async () => {
    const order: string[] = []
    const slow = createGrantBook(folder, {
      ...secrets,
      set: async (id, secret) => {
        order.push(`record there: ${(await readdir(folder).catch(() => [])).length > 0}`)
        await secrets.set(id, secret)
      },
    })
    await slow.save(record(), tokens)
    expect(order).toEqual(['record there: false'])
    const locked = createGrantBook(folder, { ...secrets, set: () => Promise.reject(new Error('locked')) })
    const lost = record()
    await expect(locked.save(lost, tokens)).rejects.toThrow('locked')
    await expect(book.find(lost.id)).rejects.toMatchObject({ code: 'GRANT_UNKNOWN' })
  })

  it('lists newest first', async () => {
    const old = record({ obtainedAt: '2026-01-01T00:00:00.000Z' })
    const fresh = record()
    await book.save(old, tokens)
    await book.save(fresh, tokens)
    expect((await book.list()).map(({ id }) => id)).toEqual([fresh.id, old.id])
    expect(await createGrantBook(join(root, 'nowhere'), secrets).list()).toEqual([])
  })

  it('says what is near an unknown id, and reads nothing but grants', async () => {
    const one = record({ id: 'g-00aa11bb22' })
    await book.save(one, tokens)
    await writeFile(join(folder, 'notes.json'), '{}')
    await expect(book.find('g-00aa11bb23')).rejects.toMatchObject({
      code: 'GRANT_UNKNOWN',
      details: { near: ['g-00aa11bb22'] },
    })
    await expect(book.find('../grants/g-00aa11bb22')).rejects.toMatchObject({ code: 'GRANT_UNKNOWN' })
    expect(await book.list()).toEqual([one])
  })

  it('names a damaged file, lists the others, and lets it be removed', async () => {
    const one = record()
    await book.save(one, tokens)
    await writeFile(join(folder, 'g-0badbad0.json'), '{"half":')
    await writeFile(join(folder, 'g-0badbad1.json'), '{"id":"g-0badbad1"}')
    expect(await book.list()).toEqual([one])
    const damaged = await book.damaged()
    expect(damaged.map(({ id }) => id).sort()).toEqual(['g-0badbad0', 'g-0badbad1'])
    expect(damaged[0]!.message).toMatch(/^g-0badbad\d\.json is damaged/)
    const wish = { bank: 'ica-banken', environment: 'sandbox', identity: 'abcdefgh', scope: 'account', id: undefined }
    expect((await chooseGrant(book, wish)).id).toBe(one.id)
    expect(await book.remove('g-0badbad0')).toBe(true)
    expect((await book.damaged()).map(({ id }) => id)).toEqual(['g-0badbad1'])
  })

  it('reads tokens an older version kept', async () => {
    const one = record()
    await book.save(one, tokens)
    await secrets.set(`grant-${one.id}`, Buffer.from(JSON.stringify(tokens)))
    expect(await book.tokens(one.id)).toEqual({ ...tokens, previousRefreshToken: null })
  })

  it('keeps what a newer version wrote beside it', async () => {
    const one = record({ note: 'from tomorrow' } as Partial<GrantRecord>)
    await book.save(one, tokens)
    await book.note({ ...(await book.find(one.id)), refreshingSince: 'x' })
    expect(await book.find(one.id)).toMatchObject({ note: 'from tomorrow', refreshingSince: 'x' })
  })

  it('says when the tokens are gone or damaged, without a letter of them', async () => {
    const one = record()
    await book.save(one, tokens)
    await secrets.set(`grant-${one.id}`, Buffer.from('access-canary-1 is not JSON'))
    const fault: unknown = await book.tokens(one.id).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'SECRET_DAMAGED', details: { grant: one.id } })
    expect(`${(fault as Error).stack} ${String((fault as Error).cause)} ${JSON.stringify(fault)}`).not.toMatch(/canary/)
    await secrets.set(`grant-${one.id}`, Buffer.from('{"accessToken":5}'))
    await expect(book.tokens(one.id)).rejects.toMatchObject({ code: 'SECRET_DAMAGED' })
    await secrets.delete(`grant-${one.id}`)
    await expect(book.tokens(one.id)).rejects.toMatchObject({ code: 'SECRET_ABSENT' })
  })

  it('forgets both', async () => {
    const one = record()
    await book.save(one, tokens)
    expect(await book.remove(one.id)).toBe(true)
    expect(await book.remove(one.id)).toBe(false)
    expect(secrets.held.size).toBe(0)
    expect(await book.list()).toEqual([])
  })

  it('says when its folder cannot be made', async () => {
    await writeFile(folder, 'in the way')
    await expect(book.save(record(), tokens)).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
    const registration = {
      bank: 'b',
      environment: 'e',
      clientId: 'PSDSE-FINA-1',
      identity: 'abcdefgh',
      identityName: 'n',
      callbackUris: [],
      registeredAt: '2026-11-21T12:00:00.000Z',
    }
    await expect(createRegistrations(folder).save(registration)).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
    const good = createRegistrations(join(root, 'registrations'))
    await good.save(registration)
    expect(await good.list()).toEqual([registration])
    expect(await good.find({ bank: 'b', environment: 'e', clientId: 'other' })).toBeNull()
  })
})

describe('choosing a grant', () => {
  const wish = { bank: 'ica-banken', environment: 'sandbox', identity: 'abcdefgh', scope: 'account', id: undefined }
  const keep = async (change: Partial<GrantRecord>, accessToken = 'access-canary-1') => {
    const one = record(change)
    await book.save(one, { accessToken, refreshToken: null })
    return one
  }

  it('takes the freshest of exactly the scope', async () => {
    await keep({ accessTokenExpiresAt: '2026-11-21T12:05:00.000Z' }, 'older')
    const best = await keep({ accessTokenExpiresAt: '2026-11-21T12:20:00.000Z' }, 'freshest')
    await keep({ accessTokenExpiresAt: '2026-11-21T12:10:00.000Z' }, 'between')
    await keep({ scope: 'payment', accessTokenExpiresAt: '2026-11-21T13:00:00.000Z' })
    expect(await chooseGrant(book, wish)).toMatchObject({
      id: best.id,
      scope: 'account',
      identity: 'abcdefgh',
      accessToken: 'freshest',
      accessTokenExpiresAt: '2026-11-21T12:20:00.000Z',
    })
  })

  it('tells scopes apart by their id', async () => {
    await keep({ scope: 'basket:12' })
    const right = await keep({ scope: 'basket:1' })
    expect((await chooseGrant(book, { ...wish, scope: 'basket:1' })).id).toBe(right.id)
    await expect(chooseGrant(book, { ...wish, scope: 'basket:2' })).rejects.toMatchObject({ code: 'GRANT_MISSING' })
    await expect(chooseGrant(book, { ...wish, scope: 'basket' })).rejects.toMatchObject({ code: 'GRANT_MISSING' })
    const both = await keep({ scope: 'account payment' })
    expect((await chooseGrant(book, { ...wish, scope: 'payment' })).id).toBe(both.id)
  })

  it('stays within bank, environment and identity', async () => {
    await keep({ bank: 'other' })
    await keep({ environment: 'production' })
    const another = await keep({ identity: 'zzzzzzzz' })
    await expect(chooseGrant(book, wish)).rejects.toMatchObject({ code: 'GRANT_MISSING' })
    expect((await chooseGrant(book, { ...wish, identity: null })).id).toBe(another.id)
  })

  it('says how to get one, and what there is', async () => {
    await keep({ scope: 'payment' })
    await keep({ scope: 'payment' })
    await expect(chooseGrant(book, wish)).rejects.toMatchObject({
      code: 'GRANT_MISSING',
      message: expect.stringMatching(/grants for payment;.*tpp access authorise ica-banken --scope account$/),
      details: { bank: 'ica-banken', environment: 'sandbox', scope: 'account' },
    })
  })

  it.each([
    [
      'bearer',
      /comes from elsewhere\..*under Access.*tpp access enter ica-banken --scope account --token-file FILE --environment production$/,
    ],
    ['oauth-sca', /create that first.*tpp access authorise ica-banken --consent ID$/],
    ['oauth-code', /tpp access authorise ica-banken --scope account --environment production$/],
  ] as const)('says how to get one where access is %s', async (flow, message) => {
    await expect(chooseGrant(book, { ...wish, environment: 'production', flow })).rejects.toMatchObject({
      code: 'GRANT_MISSING',
      message: expect.stringMatching(message),
    })
  })

  it('takes the named one, whatever its scope', async () => {
    const named = await keep({ scope: 'payment', identity: 'zzzzzzzz' }, 'named')
    expect((await chooseGrant(book, { ...wish, id: named.id })).accessToken).toBe('named')
    await expect(chooseGrant(book, { ...wish, id: 'g-0' })).rejects.toMatchObject({ code: 'GRANT_UNKNOWN' })
  })

  it('sends the named one to no other bank or environment', async () => {
    for (const elsewhere of [await keep({ bank: 'other' }), await keep({ environment: 'production' })])
      await expect(chooseGrant(book, { ...wish, id: elsewhere.id })).rejects.toMatchObject({
        code: 'GRANT_UNKNOWN',
        message: expect.stringContaining('its token is not sent to ica-banken (sandbox)'),
      })
  })
})

describe('the view of a grant', () => {
  it('counts the seconds left and has no tokens', () => {
    const around = {
      identityName: 'name',
      certificate: null,
      unattended: null,
      now: Date.parse('2026-11-21T12:09:00.500Z'),
    }
    expect(grantView(record(), around)).toMatchObject({ identityName: 'name', accessTokenSecondsLeft: 59 })
    expect(grantView(record(), { ...around, now: around.now + 3_600_000 }).accessTokenSecondsLeft).toBe(0)
    expect(Object.keys(grantView(record(), around))).not.toContain('refreshingSince')
  })

  it('says whether the certificate it is bound to is the identity’s', () => {
    const around = { identityName: 'name', certificate: 'aa', unattended: null, now: 0 }
    expect(grantView(record(), around).binding).toBeNull()
    expect(grantView(record({ boundTo: 'aa' }), around).binding).toEqual({ sha256: 'aa', matches: true })
    expect(grantView(record({ boundTo: 'bb' }), around).binding).toEqual({ sha256: 'bb', matches: false })
    const gone = { ...around, certificate: null }
    expect(grantView(record({ boundTo: 'bb' }), gone).binding).toEqual({ sha256: 'bb', matches: null })
  })
})

describe('tokens held in memory', () => {
  it('are those of the record they were read with, and gone after a lock', async () => {
    let reads = 0
    const secrets = memorySecrets()
    const counting: SecretStore = {
      ...secrets,
      get(id) {
        reads += 1
        return secrets.get(id)
      },
    }
    const [here, elsewhere] = [createGrantBook(folder, counting), createGrantBook(folder, secrets)]
    const grant = record({ id: 'g-00000000aa' })
    await here.save(grant, { accessToken: 'one', refreshToken: null })
    expect((await here.tokens(grant.id)).accessToken).toBe('one')
    expect((await here.tokens(grant.id)).accessToken).toBe('one')
    expect(reads).toBe(1)
    // Another process refreshed: tokens first, then the record.
    await elsewhere.save(
      { ...grant, obtainedAt: '2026-11-21T13:00:00.000Z' },
      { accessToken: 'two', refreshToken: null },
    )
    expect((await here.tokens(grant.id)).accessToken).toBe('two')
    here.forget()
    await here.tokens(grant.id)
    await here.tokens(grant.id, true)
    expect(reads).toBe(4)
  })
})
