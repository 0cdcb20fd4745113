/** What preflight promises to find, one call each, in one table to be read beside the promise: the finding is there, and is not without its reason. */
import { afterAll, beforeAll, expect, it } from 'vitest'
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
import { checkBody } from '../check-body.ts'
import { placeParameters } from '../place-parameters.ts'
import { findingsOf } from './preflight.ts'

let shelf: TestShelf
beforeAll(async () => {
  shelf = await openTestShelf()
})
afterAll(() => shelf.close())

const day = 86_400_000
const instant = (milliseconds: number) => new Date(now + milliseconds).toISOString()
const headers: [string, string][] = [
  ['PSU-IP-Address', '192.0.2.1'],
  ['X-Request-ID', '9b45fa6c-ff61-4e73-aec8-5e805388ce7f'],
]
const consent: RememberedResource = {
  id: 'r-0000000000000001',
  kind: 'consent',
  identity: identity.id,
  resource: 'c-1',
  status: 'valid',
  createdAt: instant(-day),
  seenAt: instant(-60_000),
  validUntil: '2026-08-01',
  frequencyPerDay: 4,
  replacedBy: null,
  authorisations: [],
  links: [],
}
const about = (change: Partial<RememberedResource>) => ({
  around: { ...nothingAround, resources: [{ ...consent, ...change }] },
})
const registered = {
  around: {
    ...nothingAround,
    registration: { callbackUris: ['https://tpp.example/callback'], registeredAt: instant(-day) },
  },
}
const body = (value: object) => ({ body: JSON.stringify(value) })
const header = (name: string, value: string): FactsChange => ({ headers: [...headers, [name, value]] })
const money = (amount: string, currency: string) => body({ instructedAmount: { amount, currency } })

interface Case {
  readonly change: FactsChange & { readonly environment?: string }
  readonly bank?: string
  readonly operation?: string
  /** The same call with nothing wrong; the base call where left out. */
  readonly right?: FactsChange & { readonly environment?: string }
}

const transactions = 'ica-account-transactions-paginated'
const form = 'redirect_uri=https%3A%2F%2Ftpp.example%2Fcallback'
const own = { ...identity, issuer: 'CN=A QTSP,C=SE' }

const cases: Readonly<Record<string, readonly [string, Case]>> = {
  'certificate absent': ['certificate-missing', { change: { identity: null } }],
  'certificate expired': ['certificate-expired', { change: { identity: { ...identity, notAfter: instant(-1) } } }],
  'certificate expiring, 30 days': [
    'certificate-expiring',
    { change: { identity: { ...identity, notAfter: instant(30 * day) } } },
  ],
  'certificate expiring, 7 days': [
    'certificate-expiring',
    { change: { identity: { ...identity, notAfter: instant(7 * day) } } },
  ],
  'certificate expiring, 1 day': [
    'certificate-expiring',
    { change: { identity: { ...identity, notAfter: instant(day) } } },
  ],
  'certificate not yet valid': [
    'certificate-not-yet-valid',
    { change: { identity: { ...identity, notBefore: instant(1) } } },
  ],
  'certificate of the wrong kind': ['certificate-kind', { change: { identity: { ...identity, kind: 'QSEAL' } } }],
  'certificate without a PSD2 statement, for a role': [
    'certificate-role',
    { change: { identity: { ...identity, roles: [] } } },
  ],
  'certificate without a PSD2 statement': [
    'certificate-kind',
    { operation: 'ica-register-client', change: { identity: { ...identity, roles: [] } } },
  ],
  'certificate of the wrong role': ['certificate-role', { change: { identity: { ...identity, roles: ['PSP_IC'] } } }],
  'organisation id other than the client id': [
    'organisation-differs',
    {
      operation: 'ica-oauth-token-authorization-code',
      change: { body: 'client_id=PSDSE-FINA-2' },
      right: { body: 'client_id=PSDSE-FINA-1' },
    },
  ],
  'key not matching': [
    'key-unsuitable',
    {
      bank: 'sparebank1',
      operation: 'sb1-sct-payment-create',
      change: { identity: { ...identity, key: { type: 'EC' } } },
    },
  ],
  'chain incomplete': [
    'certificate-chain',
    { change: { identity: { ...identity, warnings: [{ id: 'chain-incomplete' }] } } },
  ],
  'host not bound to this identity': [
    'host-not-bound',
    {
      change: {
        environment: 'production',
        identity: own,
        around: {
          ...nothingAround,
          places: {
            here: false,
            elsewhere: [{ bank: 'ica-banken', environment: 'sandbox', production: false, by: 'registration' }],
          },
        },
      },
      right: {
        environment: 'production',
        identity: own,
        around: { ...nothingAround, places: { here: true, elsewhere: [] } },
      },
    },
  ],
  'token missing': ['token-missing', { change: { grant: null } }],
  'token expired': ['token-expired', { change: { grant: { ...grant, accessTokenExpiresAt: instant(-1) } } }],
  'token of the wrong scope': ['token-scope', { change: { grant: { ...grant, scope: 'payment' } } }],
  'token bound to another certificate': [
    'token-certificate',
    {
      change: { grant: { ...grant, boundTo: 'cd'.repeat(32) } },
      right: { grant: { ...grant, boundTo: identity.sha256 } },
    },
  ],
  'token of another identity': ['token-identity', { change: { grant: { ...grant, identity: 'other' } } }],
  'code too old': [
    'code-too-old',
    { operation: 'ica-oauth-token-authorization-code', change: { codeSince: now - 31_000 }, right: { codeSince: now } },
  ],
  'redirect URI not registered': [
    'callback-not-registered',
    {
      operation: 'ica-oauth-token-authorization-code',
      change: { ...registered, body: form.replace('callback', 'other') },
      right: { ...registered, body: form },
    },
  ],
  'consent not valid': [
    'consent-not-valid',
    {
      bank: 'bank-of-georgia',
      operation: 'bog-accounts-list',
      change: about({ status: 'received' }),
      right: about({}),
    },
  ],
  'consent expired': [
    'consent-expired',
    {
      bank: 'bank-of-georgia',
      operation: 'bog-accounts-list',
      change: about({ validUntil: '2026-05-31' }),
      right: about({}),
    },
  ],
  'consent whose quota is used up': [
    'unattended-used-up',
    {
      bank: 'bank-of-georgia',
      operation: 'bog-accounts-list',
      change: { ...about({}), headers: headers.slice(1), grant: { ...grant, unattendedUsed: 4 } },
      right: { ...about({}), headers: headers.slice(1), grant: { ...grant, unattendedUsed: 3 } },
    },
  ],
  '18 months': ['period-too-long', { operation: transactions, change: { values: { dateFrom: '2020-01-01' } } }],
  'PageSize 1000': ['page-size-too-large', { operation: transactions, change: { values: { PageSize: '1001' } } }],
  'monthly only': [
    'frequency-not-offered',
    {
      operation: 'ica-periodic-payment-create',
      change: body({ frequency: 'Weekly' }),
      right: body({ frequency: 'Monthly' }),
    },
  ],
  'product families': [
    'member-absent',
    {
      operation: 'ica-payment-create',
      change: {
        values: { paymentProduct: 'bankgiro' },
        ...body({ creditorAccount: { iban: 'SE4550000000058398257466' } }),
      },
      right: { values: { paymentProduct: 'bankgiro' }, ...body({ creditorAccount: { bban: '1' } }) },
    },
  ],
  'ISO 4217 minor units': [
    'amount-digits',
    { operation: 'ica-payment-create', change: money('1.255', 'SEK'), right: money('1.25', 'SEK') },
  ],
  IBAN: [
    'iban-invalid',
    {
      operation: 'ica-payment-create',
      change: body({ debtorAccount: { iban: 'SE4550000000058398257467' } }),
      right: body({ debtorAccount: { iban: 'SE4550000000058398257466' } }),
    },
  ],
  'character set': [
    'character-not-allowed',
    {
      bank: 'bank-of-georgia',
      operation: 'bog-payment-initiate',
      change: body({ creditorName: 'Nino & Co' }),
      right: body({ creditorName: "Nino/Co-1?:().,'+ x" }),
    },
  ],
  'character set, in a bulk': [
    'character-not-allowed',
    {
      bank: 'bank-of-georgia',
      operation: 'bog-payment-initiate',
      change: body({ payments: [{ creditorName: 'ნინო' }] }),
      right: body({ payments: [{ creditorName: 'Nino' }] }),
    },
  ],
  'header malformed': [
    'header-invalid',
    {
      bank: 'bank-of-georgia',
      operation: 'bog-payment-initiate',
      change: header('PSU-Geo-Location', 'somewhere'),
      right: header('PSU-Geo-Location', 'GEO:41.715137;44.827096'),
    },
  ],
  'header with CR and LF': ['header-unsendable', { change: header('X-Note', 'a\r\nb'), right: header('X-Note', 'ab') }],
  'digest that would not verify': [
    'digest-differs',
    {
      bank: 'salt-edge',
      operation: 'salt-edge-cof-consent-create',
      change: { ...header('Digest', 'SHA-256=AAAA'), ...body({}) },
      right: { ...header('Digest', 'SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='), ...body({}) },
    },
  ],
  'signature that would not verify': [
    'signature-not-verifying',
    {
      bank: 'salt-edge',
      operation: 'salt-edge-cof-consent-create',
      change: { ...header('Signature', 'x'), ...body({}) },
    },
  ],
  'signature that cannot be made': [
    'signature-missing',
    { bank: 'salt-edge', operation: 'salt-edge-cof-consent-create', change: { identity: null } },
  ],
  'clock skew over 60 s': ['clock-skew', { change: { ahead: 61 }, right: { ahead: 60 } }],
  'production call from a sandbox identity': [
    'sandbox-identity',
    { change: { environment: 'production' }, right: { environment: 'production', identity: own } },
  ],
}

it.each(Object.entries(cases))(
  '%s',
  async (_, [id, { bank = 'ica-banken', operation = 'ica-accounts-list', change, right = {} }]) => {
    const found = async (what: FactsChange & { readonly environment?: string }) =>
      findingsOf(await factsOf(shelf, bank, operation, { headers, ...what })).filter((finding) => finding.id === id)
    const [finding, ...more] = await found(change)
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      id,
      message: expect.stringMatching(/\S.*\.$/),
      remedy: expect.stringMatching(/\S/),
    })
    expect(finding?.place).toBeDefined()
    expect(await found(right)).toEqual([])
  },
)

/** These are found while the call is prepared; a person insists on them. */
it('body, parameter and missing header against the schema', async () => {
  const bank = await shelf.banks.at('ica-banken', 'sandbox')
  const registration = bank.operation('ica-register-client')
  expect(await checkBody(bank, registration, '{"oid":1}', true)).toMatchObject([
    { id: 'body-invalid', severity: 'error' },
  ])
  expect(await checkBody(bank, registration, '{"oid":"a","callbackUri":["https://a.example/"]}', true)).toEqual([])
  const georgia = await shelf.banks.at('bank-of-georgia', 'sandbox')
  const create = georgia.operation('bog-payment-initiate')
  const path = { 'payment-service': 'payments', 'payment-product': 'domestic' }
  const ids = async (given: Record<string, string>) =>
    (await placeParameters(georgia, create, given, true)).findings.map(
      ({ id, message }) => `${id} ${/"([^"]+)"/.exec(message)?.[1]}`,
    )
  expect(await ids(path)).toContain('parameter-missing PSU-IP-Address')
  expect(await ids({ ...path, 'PSU-IP-Address': 'nowhere' })).toContain('parameter-invalid PSU-IP-Address')
  expect(await ids({ ...path, 'PSU-IP-Address': '192.0.2.1' })).not.toContain('parameter-missing PSU-IP-Address')
})
