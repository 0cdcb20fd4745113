/** Causes of one row are told apart by evidence of their own; where it cannot tell them apart, one of them is there and none is proven. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transportAnswers } from '#shared/contract/answers.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import {
  answered,
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
import { explain } from './explain.ts'
import { withExplanations } from './explain-call.ts'

let shelf: TestShelf
beforeAll(async () => {
  shelf = await openTestShelf()
})
afterAll(() => shelf.close())

const bearer: [string, string][] = [['Authorization', 'Bearer abcdef']]

/** The causes of the row with their verdicts, of a call that was answered with its words. */
async function verdicts(bankId: string, operation: string, rowId: string, change: FactsChange) {
  const facts = await factsOf(shelf, bankId, operation, { headers: bearer, ...change })
  const row = facts.bank.errors.find(({ id }) => id === rowId)!
  const words =
    bankId === 'ica-banken'
      ? { title: row.title, code: row.code, detail: row.detail }
      : { tppMessages: [{ category: 'ERROR', code: row.code }] }
  const [best] = explain(answered(facts, row.http, words))
  expect(best?.errorId).toBe(rowId)
  return Object.fromEntries(best!.causes.map(({ text, verdict }) => [text, verdict]))
}

const registration = (value: object) => ({ body: JSON.stringify(value) })
const payment: RememberedResource = {
  id: 'r-0000000000000001',
  kind: 'payment',
  identity: identity.id,
  resource: 'p-1',
  status: 'CANC',
  createdAt: '2026-05-01T00:00:00.000Z',
  seenAt: '2026-06-01T11:59:00.000Z',
  validUntil: null,
  frequencyPerDay: null,
  replacedBy: null,
  authorisations: [{ id: 'a-1', status: 'finalised' }],
  links: [],
}
const of = (change: Partial<RememberedResource>) => ({
  around: { ...nothingAround, resources: [{ ...payment, ...change }] },
})

const otherScope = 'The token was granted for another scope, such as account for a payment.'
const otherId = 'The scope carries the id of another basket or payment than the path.'
const misnamed = 'The field is named client_id or OID.'
const noOid = 'oid is missing, empty or no text.'
const noList = 'The body has no callbackUri.'
const oneText = 'callbackUri is a single string instead of a list.'
const done = 'The payment was carried out or is at work (ACSC, ACCC, ACSP).'
const taken = 'The payment was cancelled before, by the customer at the bank or by this TPP.'

describe('evidence of their own', () => {
  const basket = { scope: 'basket:b-1', values: { basketId: 'b-1' } }
  it.each([
    ['payment', { [otherScope]: 'proven', [otherId]: 'disproved' }],
    ['basket:b-2', { [otherScope]: 'disproved', [otherId]: 'proven' }],
  ])('a token of scope %s where basket:b-1 is needed', async (scope, expected) => {
    const change = { ...basket, grant: { ...grant, scope } }
    expect(
      await verdicts('ica-banken', 'ica-signing-basket-sign', 'ica-general-consent-invalid', change),
    ).toMatchObject(expected)
  })

  it.each([
    [{ callbackUri: ['https://a.example/'] }, { [noOid]: 'proven', [misnamed]: 'disproved' }],
    [
      { oid: '', callbackUri: ['https://a.example/'] },
      { [noOid]: 'proven', [misnamed]: 'disproved' },
    ],
    [
      { OID: 'x', callbackUri: ['https://a.example/'] },
      { [noOid]: 'proven', [misnamed]: 'proven' },
    ],
  ])('a registration of %o', async (value, expected) => {
    const found = await verdicts(
      'ica-banken',
      'ica-register-client',
      'ica-registration-oid-missing',
      registration(value),
    )
    expect(found).toMatchObject(expected)
  })

  it.each([
    [{ oid: 'x' }, { [noList]: 'proven', [oneText]: 'disproved' }],
    [
      { oid: 'x', callbackUri: 'https://a.example/' },
      { [noList]: 'disproved', [oneText]: 'proven' },
    ],
  ])('callbacks of %o', async (value, expected) => {
    const row = 'ica-registration-callback-list-missing'
    expect(await verdicts('ica-banken', 'ica-register-client', row, registration(value))).toMatchObject(expected)
  })

  it.each([
    ['CANC', { [done]: 'disproved', [taken]: 'proven' }],
    ['ACSC', { [done]: 'proven', [taken]: 'open' }],
    ['RCVD', { [done]: 'open', [taken]: 'open' }],
  ])('a payment that was last seen %s', async (status, expected) => {
    const found = await verdicts(
      'bank-of-georgia',
      'bog-payment-cancel',
      'bog-pis-405-cancellation-invalid',
      of({ status }),
    )
    expect(found).toMatchObject(expected)
  })

  it('an authorisation that is over, of a payment that is not', async () => {
    const change = { ...of({ status: 'RCVD' }), values: { paymentId: 'p-1', authorisationId: 'a-1' } }
    const found = await verdicts(
      'bank-of-georgia',
      'bog-payment-authorisation-update',
      'bog-pis-409-status-invalid',
      change,
    )
    expect(found).toMatchObject({
      'The authorisation is finalised or failed and takes no update.': 'proven',
      'The payment needs no further authorisation.': 'open',
    })
  })

  it('a signature in the header of another scheme', async () => {
    const other: [string, string][] = [...bearer, ['Signature', 'keyId="SN=1"']]
    const found = await verdicts('bank-of-georgia', 'bog-payment-initiate', 'bog-pis-401-signature-missing', {
      headers: other,
    })
    const elsewhere = 'The request carries the Berlin Group headers Signature and TPP-Signature-Certificate instead.'
    expect(found[elsewhere]).toBe('proven')
    const none = await verdicts('bank-of-georgia', 'bog-payment-initiate', 'bog-pis-401-signature-missing', {})
    expect(none[elsewhere]).toBe('disproved')
  })
})

describe('evidence they share', () => {
  it('proves that one of them is there', async () => {
    const ended = { ...grant, accessTokenExpiresAt: new Date(now - 42_000).toISOString() }
    const facts = await factsOf(shelf, 'bank-of-georgia', 'bog-accounts-list', { grant: ended, headers: bearer })
    const [best] = explain(answered(facts, 401, { tppMessages: [{ category: 'ERROR', code: 'TOKEN_EXPIRED' }] }))
    expect(best).toMatchObject({ errorId: 'bog-ais-401-token-expired', contradicted: null })
    expect(best?.causes.map(({ verdict }) => verdict).slice(0, 2)).toEqual(['one-of', 'one-of'])
    expect(best?.remedies).toMatchObject([{ action: 'refresh-grant' }])
  })
})

describe('every fault of the transport', () => {
  const codes = Object.keys(transportAnswers).filter((code) => code !== 'CANCELLED')
  it('is among those looked at', () => expect(codes).toContain('NETWORK_RESET'))
  it.each(codes)('%s is explained', async (code) => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { environment: 'production' })
    const fault = { code, message: 'What happened.' }
    const found = explain(answered(facts, 0, '', { status: null, fault }))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ errorId: `fault:${code}`, match: 'fault' })
    expect(found[0]?.evidence).toContain('What happened.')
    expect(found[0]?.causes.length).toBeGreaterThan(0)
    expect(found[0]?.fix).not.toBe('')
  })
})

describe('an answer too large to be read whole', () => {
  it('is explained by its beginning, and says so', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { headers: bearer })
    const body = `{"title":"Resource Forbidden","code":"RESOURCE_BLOCKED","detail":"Old KYC information","more":"${'x'.repeat(65_000)}`
    const exchange = (whole: boolean) =>
      ({
        response: { status: 403, headers: [], body, size: 3_100_000, ...(whole ? {} : { bodyComplete: false }) },
        fault: null,
        tls: null,
        signature: null,
        request: { url: facts.url, body: null },
        timings: { dns: 0, tcp: 0, tls: 0, wait: 5, download: 1, total: 6 },
      }) as unknown as Exchange
    const [best] = withExplanations(exchange(false), facts, { requestHeaders: bearer }).explanations
    expect(best).toMatchObject({ errorId: 'ica-general-kyc-blocked' })
    expect(best?.evidence.at(-1)).toBe('The answer has 3100 kB; only its first 65 kB were read for this.')
    const said = withExplanations(exchange(true), facts, { requestHeaders: bearer }).explanations
    expect(said.flatMap(({ evidence }) => evidence).join(' ')).not.toContain('only its first')
  })
})
