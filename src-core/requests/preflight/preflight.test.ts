/** Each finding comes when its reason is there, up to the second, and not before. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftSchema } from '#shared/contract/requests.ts'
import { createBankShelf } from '../../banks/bank-shelf.ts'
import { prepare } from '../prepare.ts'
import type { Prepared } from '../prepared.ts'
import { preflight } from './preflight.ts'

const day = 86_400_000
const notBefore = Date.parse('2026-01-01T00:00:00.000Z')
const notAfter = Date.parse('2026-12-31T00:00:00.000Z')
const tokenEnd = Date.parse('2026-06-01T12:00:00.000Z')
/** A moment at which nothing is wrong. */
const calm = tokenEnd - 600_000

let folder: string
let prepared: Prepared

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-preflight-'))
  const shipped = join(import.meta.dirname, '..', '..', '..', 'resources', 'banks')
  const banks = createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') })
  const draft = draftSchema.parse({
    bank: 'ica-banken',
    operation: 'ica-accounts-list',
    parameters: { 'PSU-IP-Address': '192.0.2.44' },
  })
  prepared = await prepare(draft, {
    banks,
    endpoints: () => Promise.resolve({ urls: { resource: 'https://127.0.0.1:1' }, ca: [] }),
    identity: () =>
      Promise.resolve({
        id: 'abcdefgh',
        name: 'test',
        kind: 'QWAC' as const,
        subject: 'CN=test',
        organizationIdentifier: 'PSDSE-FINA-1',
        roles: ['PSP_AI', 'PSP_PI'],
        notBefore: new Date(notBefore).toISOString(),
        notAfter: new Date(notAfter).toISOString(),
        sha256: '00',
      }),
    grant: () =>
      Promise.resolve({
        id: 'g-1',
        scope: 'account',
        identity: 'abcdefgh',
        accessToken: 'x',
        accessTokenExpiresAt: new Date(tokenEnd).toISOString(),
      }),
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const found = async (change: Partial<Prepared> = {}, now = calm) =>
  (await preflight({ ...prepared, ...change }, now)).findings.map(({ id, severity }) => `${severity} ${id}`)
/** Without a token, whose own age would be a finding at most of these times. */
const certificateOnly = (now: number) => found({ grant: null, scope: null }, now)

it('finds nothing where nothing is wrong', async () => {
  expect(await found()).toEqual([])
})

describe('the certificate', () => {
  it.each([
    ['a millisecond before it begins', notBefore - 1, ['error certificate-not-yet-valid']],
    ['as it begins', notBefore, []],
    ['31 days before its end', notAfter - 31 * day, []],
    ['a millisecond more than 30 days before its end', notAfter - 30 * day - 1, []],
    ['30 days before its end', notAfter - 30 * day, ['note certificate-expiring']],
    ['a millisecond more than 7 days before its end', notAfter - 7 * day - 1, ['note certificate-expiring']],
    ['7 days before its end', notAfter - 7 * day, ['warning certificate-expiring']],
    ['a millisecond before its end', notAfter - 1, ['warning certificate-expiring']],
    ['at its end', notAfter, ['error certificate-expired']],
    ['long after its end', notAfter + 400 * day, ['error certificate-expired']],
  ])('%s', async (_, now, expected) => {
    expect(await certificateOnly(now)).toEqual(expected)
  })

  it('counts days, and hours on the last, in words', async () => {
    const words = async (now: number) =>
      (await preflight({ ...prepared, grant: null, scope: null }, now)).findings[0]?.message
    expect(await words(notAfter - 1)).toBe('The certificate of test ends in 1 h.')
    expect(await words(notAfter - day)).toBe('The certificate of test ends in 1 day.')
    expect(await words(notAfter - 2 * day)).toBe('The certificate of test ends in 2 days.')
  })

  it('should be a QWAC', async () => {
    const identity = (kind: 'QSEAL' | 'none') => ({ identity: { ...prepared.identity!, kind } })
    expect(await found(identity('QSEAL'))).toEqual(['warning certificate-kind'])
    expect(await found(identity('none'))).toEqual(['warning certificate-kind'])
  })

  it('is missed where the bank asks for one', async () => {
    expect(await found({ identity: null })).toEqual(['error certificate-missing'])
    const open = { ...prepared.bank.profile.hosts.resource!, clientCertificate: 'none' as const }
    const bank = { ...prepared.bank, profile: { ...prepared.bank.profile, hosts: { resource: open } } }
    expect(await found({ identity: null, bank })).toEqual([])
  })
})

describe('the token', async () => {
  it.each([
    ['60 seconds before its end', tokenEnd - 60_000, []],
    ['a millisecond later', tokenEnd - 59_999, ['warning token-ending']],
    ['a second before its end', tokenEnd - 1000, ['warning token-ending']],
    ['within its last second', tokenEnd - 999, ['error token-expired']],
    ['at its end', tokenEnd, ['error token-expired']],
    ['an hour later', tokenEnd + 3_600_000, ['error token-expired']],
  ])('%s', async (_, now, expected) => {
    expect(await found({}, now)).toEqual(expected)
  })

  it('is missed, unless the draft brings its own header', async () => {
    expect(await found({ grant: null })).toEqual(['error token-missing'])
    expect(await found({ grant: null, headers: [...prepared.headers, ['authorization', 'Bearer own']] })).toEqual([])
    expect(await found({ grant: null, scope: null })).toEqual([])
  })

  it('should have the scope, id included', async () => {
    const scope = (own: string, wanted: string) => found({ scope: wanted, grant: { ...prepared.grant!, scope: own } })
    expect(await scope('account', 'payment')).toEqual(['warning token-scope'])
    expect(await scope('basket:1', 'basket:2')).toEqual(['warning token-scope'])
    expect(await scope('basket:12', 'basket:1')).toEqual(['warning token-scope'])
    expect(await scope('account payment', 'payment')).toEqual([])
  })

  it('is bound to the certificate it was issued with', async () => {
    expect(await found({ grant: { ...prepared.grant!, identity: 'other' } })).toEqual(['error token-identity'])
    expect(await found({ grant: { ...prepared.grant!, identity: 'other' }, identity: null })).toEqual([
      'error certificate-missing',
    ])
  })
})

describe('notes', async () => {
  it('count a reading call without the customer', async () => {
    expect(await found({ headers: [] })).toEqual(['note unattended'])
    expect(await found({ headers: [['psu-ip-address', '192.0.2.1']] })).toEqual([])
    expect(await found({ headers: [], operation: prepared.bank.operation('ica-payment-create') })).toEqual([])
    expect(await found({ headers: [], operation: prepared.bank.operation('ica-payment-status') })).toEqual([])
    const { unattended: _, ...profile } = prepared.bank.profile
    expect(await found({ headers: [], bank: { ...prepared.bank, profile } })).toEqual([])
  })

  it('say what only the local sandbox does', async () => {
    const operation = prepared.bank.operation('ica-funds-confirmation')
    expect(await found({ operation })).toEqual(['note simulated'])
    expect(await found({ operation, environment: prepared.bank.environment('production') })).toEqual([])
  })

  it('come after what the draft broke on purpose', async () => {
    const finding = { id: 'body-invalid', severity: 'error', message: 'x' } as const
    expect(await found({ findings: [finding], identity: null })).toEqual([
      'error body-invalid',
      'error certificate-missing',
    ])
  })
})
