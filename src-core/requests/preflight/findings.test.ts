/** Each finding of the table comes with its place and what mends it, and stays away where its reason is not there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type FactsChange,
  factsOf,
  grant,
  identity,
  now,
  openTestShelf,
  type TestShelf,
} from '../../../test/requests/call-facts.ts'
import { nothingAround } from '../call-facts.ts'
import type { RememberedResource } from '../call-knowledge.ts'
import { findingsOf } from './preflight.ts'

let shelf: TestShelf
beforeAll(async () => {
  shelf = await openTestShelf()
})
afterAll(() => shelf.close())

const present: [string, string] = ['PSU-IP-Address', '192.0.2.1']
const requestId: [string, string] = ['X-Request-ID', '9b45fa6c-ff61-4e73-aec8-5e805388ce7f']

async function found(bank: string, operation: string, change: FactsChange & { environment?: string } = {}) {
  const facts = await factsOf(shelf, bank, operation, { headers: [present, requestId], ...change })
  return findingsOf(facts)
}
const ids = async (...call: Parameters<typeof found>) =>
  (await found(...call)).map(({ id, severity }) => `${severity} ${id}`)

const consent: RememberedResource = {
  id: 'r-0000000000000001',
  kind: 'consent',
  identity: identity.id,
  resource: 'c-1',
  status: 'valid',
  createdAt: '2026-05-01T00:00:00.000Z',
  seenAt: '2026-06-01T11:59:00.000Z',
  validUntil: '2026-08-01',
  frequencyPerDay: 4,
  replacedBy: null,
  authorisations: [],
  links: [],
}

describe('the certificate', () => {
  it.each([
    ['lacks the role', { ...identity, roles: ['PSP_PI'] }, 'error certificate-role'],
    ['has no role', { ...identity, roles: [] }, 'warning certificate-role'],
    ['has no chain', { ...identity, warnings: [{ id: 'chain-incomplete' }] }, 'warning certificate-chain'],
  ])('%s', async (_, other, expected) => {
    expect(await ids('ica-banken', 'ica-accounts-list', { identity: other })).toEqual([expected])
  })

  it('is right: nothing', async () => {
    expect(await ids('ica-banken', 'ica-accounts-list')).toEqual([])
  })

  it('of the sandbox does not go to the bank', async () => {
    expect(await ids('ica-banken', 'ica-accounts-list', { environment: 'production' })).toEqual([
      'error sandbox-identity',
    ])
    const real = { ...identity, issuer: 'CN=A QTSP,O=Local trust,C=SE' }
    expect(await ids('ica-banken', 'ica-accounts-list', { environment: 'production', identity: real })).toEqual([])
  })

  it('is that of the organisation the call names', async () => {
    const call = (oid: string) => found('ica-banken', 'ica-register-client', { body: JSON.stringify({ oid }) })
    expect(await call('PSDSE-FINA-1')).toEqual([])
    expect(await call('PSDE-SE-FINA-1')).toMatchObject([
      { id: 'organisation-differs', message: 'oid is PSDE-SE-FINA-1; the certificate of test has PSDSE-FINA-1.' },
    ])
  })

  it('has a key the bank takes signatures of', async () => {
    const elliptic = { ...identity, key: { type: 'EC' } }
    expect(await ids('sparebank1', 'sb1-sct-payment-create', { identity: elliptic })).toContain('error key-unsuitable')
    expect(await ids('bank-of-georgia', 'bog-consent-create', { identity: elliptic })).not.toContain(
      'error key-unsuitable',
    )
  })

  it('is the one the environment is set up for', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { headers: [present] })
    const bound = (name: string) =>
      findingsOf({ ...facts, bank: { ...facts.bank, override: { ...facts.bank.override, identity: name } as never } })
    expect(bound('test')).toEqual([])
    expect(bound(identity.id)).toEqual([])
    expect(bound('other')).toMatchObject([{ id: 'host-not-bound', remedies: [{}, { target: { field: 'identity' } }] }])
  })
})

describe('the token', () => {
  it('set by hand says itself when it ended', async () => {
    const jwt = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
    const call = (exp: number) =>
      ids('ica-banken', 'ica-accounts-list', {
        grant: null,
        headers: [present, ['Authorization', `Bearer ${jwt({ exp })}`]],
      })
    expect(await call(now / 1000 + 5)).toEqual([])
    expect(await call(now / 1000 - 5)).toEqual(['error token-expired'])
  })

  it('is refreshed where it can be, else asked for anew', async () => {
    const ended = { ...grant, accessTokenExpiresAt: new Date(now - 1000).toISOString() }
    const remedies = async (refreshable: boolean) =>
      (await found('ica-banken', 'ica-accounts-list', { grant: { ...ended, refreshable } }))[0]?.remedies
    expect(await remedies(true)).toEqual([{ action: 'refresh-grant', label: 'Refresh', target: { grant: 'g-1' } }])
    expect(await remedies(false)).toMatchObject([{ action: 'authorise-scope', target: { scope: 'account' } }])
  })

  it('is not got with a code that is too old', async () => {
    const call = (age: number) =>
      ids('ica-banken', 'ica-oauth-token-authorization-code', { codeSince: now - age * 1000, headers: [] })
    expect(await call(30)).toEqual([])
    expect(await call(31)).toEqual(['error code-too-old'])
  })

  it('is not got with a redirect URI nobody registered', async () => {
    const around = {
      ...nothingAround,
      registration: { callbackUris: ['http://127.0.0.1:9443/callback'], registeredAt: '2026-05-01T00:00:00.000Z' },
    }
    const call = (uri: string) =>
      found('ica-banken', 'ica-oauth-token-authorization-code', {
        around,
        body: `redirect_uri=${encodeURIComponent(uri)}`,
        headers: [],
      })
    expect(await call('http://127.0.0.1:9443/callback')).toEqual([])
    expect(await call('http://localhost:9443/callback')).toMatchObject([
      { id: 'callback-not-registered', remedies: [{ action: 'register' }] },
    ])
  })
})

describe('the consent', () => {
  const read = (change: Partial<RememberedResource>, more: FactsChange = {}) =>
    found('bank-of-georgia', 'bog-accounts-list', {
      around: { ...nothingAround, resources: [{ ...consent, ...change }] },
      ...more,
    })
  it.each([
    ['is valid', {}, []],
    ['ends today', { validUntil: '2026-06-01' }, []],
    ['ended yesterday', { validUntil: '2026-05-31' }, ['consent-expired']],
    ['is not authorised', { status: 'received' }, ['consent-not-valid']],
    ['was replaced', { replacedBy: 'r-2' }, ['consent-replaced']],
  ])('%s', async (_, change, expected) => {
    const findings = await read(change)
    expect(findings.map(({ id }) => id)).toEqual(expected)
    for (const { place, remedies } of findings) {
      expect(place).toEqual({ kind: 'consent', name: consent.id })
      expect(remedies).toMatchObject([{ action: 'open-consent' }])
    }
  })

  it('allows so many calls a day', async () => {
    const used = (count: number) =>
      read({}, { headers: [requestId], grant: { ...grant, unattendedUsed: count }, scope: 'account' })
    expect((await used(3)).map(({ id }) => id)).toEqual(['unattended'])
    expect((await used(4)).map(({ id }) => id)).toEqual(['unattended-used-up'])
  })

  it('may be looked at and ended in any state', async () => {
    const around = { ...nothingAround, resources: [{ ...consent, status: 'received' }] }
    expect(await ids('bank-of-georgia', 'bog-consent-status', { around })).toEqual([])
    expect(await ids('bank-of-georgia', 'bog-consent-delete', { around })).toEqual([])
  })
})

describe('the bank’s rules', () => {
  const spans = 'ica-account-transactions-paginated'
  it.each([
    [spans, { dateFrom: '2024-12-01' }, []],
    [spans, { dateFrom: '2024-11-30' }, ['error period-too-long']],
    [spans, { dateFrom: '2026-05-02', dateTo: '2026-05-01' }, ['error period-reversed']],
    [spans, { PageSize: '1000' }, []],
    [spans, { PageSize: '1001' }, ['error page-size-too-large']],
  ])('%s %o', async (operation, values, expected) => {
    expect(await ids('ica-banken', operation, { values })).toEqual(expected)
  })

  const money = (amount: string, currency: string) => ({ instructedAmount: { amount, currency } })
  it.each([
    ['ica-banken', 'ica-payment-create', 'domestic-credit-transfers', money('1.25', 'SEK'), []],
    ['ica-banken', 'ica-payment-create', 'domestic-credit-transfers', money('1.255', 'SEK'), ['error amount-digits']],
    ['ica-banken', 'ica-payment-create', 'domestic-credit-transfers', money('1.2', 'JPY'), ['error amount-digits']],
    [
      'ica-banken',
      'ica-payment-create',
      'bankgiro',
      { ...money('1', 'USD'), creditorAccount: { bban: '1' } },
      ['warning currency-not-of-product'],
    ],
    [
      'ica-banken',
      'ica-payment-create',
      'bankgiro',
      { creditorAccount: { iban: 'SE4550000000058398257466' } },
      ['warning member-absent'],
    ],
    ['ica-banken', 'ica-payment-create', 'plusgiro', { creditorAccount: { bban: '1' } }, []],
    [
      'ica-banken',
      'ica-payment-create',
      '',
      { debtorAccount: { iban: 'SE4550000000058398257467' } },
      ['warning iban-invalid'],
    ],
    ['ica-banken', 'ica-payment-create', '', { requestedExecutionDate: '2026-06-01' }, []],
    ['ica-banken', 'ica-payment-create', '', { requestedExecutionDate: '2026-05-31' }, ['error date-in-past']],
    ['ica-banken', 'ica-periodic-payment-create', '', { frequency: 'Weekly' }, ['error frequency-not-offered']],
    ['bank-of-georgia', 'bog-payment-initiate', '', { payments: [money('1.001', 'GEL')] }, ['error amount-digits']],
    ['sparebank1', 'sb1-sct-payment-create', '', money('1', 'NOK'), ['error currency-not-of-product']],
  ])('%s %s %s %o', async (bank, operation, paymentProduct, body, expected) => {
    const call = { values: { paymentProduct }, body: JSON.stringify(body) }
    expect((await ids(bank, operation, call)).filter((id) => !id.includes('header'))).toEqual(expected)
  })

  it('say where in the body, list entries included, and what would do', async () => {
    const [finding] = await found('bank-of-georgia', 'bog-payment-initiate', {
      body: JSON.stringify({ payments: [money('1', 'GEL'), money('1.001', 'GEL')] }),
    })
    expect(finding?.place).toEqual({ kind: 'body', name: '/payments/1/instructedAmount/amount' })
    const [span] = await found('ica-banken', spans, { values: { dateFrom: '2020-02-29' } })
    expect(span?.remedies).toMatchObject([{ target: { name: 'dateFrom', value: '2024-12-01' } }])
  })
})

describe('headers', () => {
  const withHeader = (name: string, value: string) =>
    ids('ica-banken', 'ica-accounts-list', { headers: [present, [name, value]] })
  it.each([
    ['X-Note', 'a\r\nX-Other: b', ['error header-unsendable']],
    ['X-Note', 'a\nb', ['error header-unsendable']],
    ['X-Note', '✓', ['error header-unsendable']],
    ['X Note', 'a', ['error header-unsendable']],
    ['X-Note', 'å', []],
    ['X-Request-ID', '1', ['warning request-id-malformed']],
    ['Accept', 'text/csv', ['warning accept-not-json']],
    ['Accept', 'application/problem+json', []],
  ])('%s: %j', async (name, value, expected) => {
    expect(await withHeader(name, value)).toEqual(expected)
  })

  it('an Authorization of one’s own is "Bearer" and a token', async () => {
    const own = (value: string) =>
      ids('ica-banken', 'ica-accounts-list', { grant: null, headers: [present, ['Authorization', value]] })
    expect(await own('Bearer abc')).toEqual([])
    expect(await own('bearer abc')).toEqual(['warning authorization-malformed'])
    expect(await own('Bearer  abc')).toEqual(['warning authorization-malformed'])
  })
})

describe('a signature by hand', () => {
  const sign = (...own: [string, string][]) =>
    found('salt-edge', 'salt-edge-cof-consent-create', {
      body: '{}',
      headers: [requestId, ['TPP-Redirect-Preferred', 'true'], ...own],
    })
  it('is not needed', async () => {
    expect((await sign()).map(({ id }) => id)).toEqual([])
  })
  it('has the digest of this body', async () => {
    expect(await sign(['Digest', 'SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='])).toEqual([])
    expect(await sign(['Digest', 'SHA-256=AAAA'])).toMatchObject([
      {
        id: 'digest-differs',
        message: 'The body hashed to RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=; Digest says AAAA.',
        remedies: [{ action: 'remove-header', target: { name: 'Digest' } }],
      },
    ])
  })
  it('verifies', async () => {
    expect((await sign(['Signature', 'Signature keyId=abc'])).map(({ id }) => id)).toEqual(['signature-not-verifying'])
  })
  it('is in time', async () => {
    expect(await sign(['Date', new Date(now - 60_000).toUTCString()])).toEqual([])
    expect(await sign(['Date', new Date(now - 61_000).toUTCString()])).toMatchObject([{ id: 'date-off' }])
  })
})

describe('the clocks', () => {
  it.each([
    [null, []],
    [60, []],
    [-61, ['clock-skew']],
    [3600, ['clock-skew']],
  ])('%s s apart', async (ahead, expected) => {
    expect((await found('ica-banken', 'ica-accounts-list', { ahead })).map(({ id }) => id)).toEqual(expected)
  })
})
