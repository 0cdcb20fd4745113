import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saltEdgeStyle } from '#sandbox/testing/http-signer.ts'
import { openSigningBench, type SigningBench, type SigningTpp } from '#sandbox/testing/signing-bench.ts'
import { newConsent, provider, returnAddress } from './testing/consent-desk.ts'

let bench: SigningBench
let tpp: SigningTpp
beforeAll(async () => {
  bench = await openSigningBench('salt-edge', saltEdgeStyle)
})
afterAll(() => bench.close())

const anker = 'DE02300209000106531065'
const create = 'salt-edge-cof-consent-create'
const euros = (amount: string, account: object = { iban: 'DE2310010010123456789' }) => ({
  account,
  instructedAmount: { amount, currency: 'EUR' },
})
const day = 24 * 60 * 60

describe('a consent', () => {
  beforeAll(async () => {
    tpp = await bench.tpp()
  })

  it('goes from accepted over received to valid, and ends', async () => {
    const consent = await newConsent(tpp)
    expect([consent.created.json.consentStatus, await consent.status()]).toEqual(['accepted', 'accepted'])
    await bench.moveClock(tpp, 3)
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['received', 'received'])
    expect(await bench.click(consent.page, 'Maria Ionescu')).toMatchObject({ status: 200, redirectedTo: returnAddress })
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['valid', 'finalised'])
    expect((await consent.call('salt-edge-cof-consent-get')).json).toEqual({
      account: { iban: 'DE2310010010123456789' },
      consentStatus: 'valid',
    })
    expect((await consent.askFor(euros('2340.50'))).json).toEqual({ fundsAvailable: true })
    expect((await consent.askFor(euros('2340.51'))).json).toEqual({ fundsAvailable: false })
    expect((await consent.call('salt-edge-cof-consent-delete')).status).toBe(204)
    expect(await consent.status()).toBe('terminatedByTpp')
    expect((await consent.call('salt-edge-cof-consent-delete')).json.class).toBe('ConsentInvalid')
    expect((await consent.askFor(euros('1'))).json.class).toBe('ConsentInvalid')
  })

  it.each([
    ['Maria Ionescu', 'deny', 'DE2310010010123456789'],
    ['Nicolae Nu', 'approve', 'DE02120300000000202051'],
  ] as const)('is rejected when %s would %s', async (name, decision, iban) => {
    const consent = await newConsent(tpp, { iban })
    await bench.click(consent.page, name, { decision })
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['rejected', 'failed'])
  })

  it('stays open for a customer who walks away, until the bank is out of patience', async () => {
    const own = await bench.tpp()
    const consent = await newConsent(own, { psuId: 'maria' })
    await bench.click(consent.page, 'Maria Ionescu', { decision: 'abandon' })
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['received', 'started'])
    await bench.moveClock(own, 16 * 60)
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['rejected', 'failed'])
  })

  it('needs everybody who has to sign', async () => {
    const consent = await newConsent(tpp, { iban: anker })
    await bench.click(consent.page, 'Radu Anker')
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['partiallyAuthorised', 'started'])
    expect((await bench.click(consent.page, 'Radu Anker')).error).toBe('page_refused')
    await bench.click(consent.page, 'Ioana Anker')
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['valid', 'finalised'])
  })

  it('can be taken back by the customer', async () => {
    const consent = await newConsent(tpp)
    await bench.click(consent.page, 'Maria Ionescu', { method: 'sms' })
    await bench.click(consent.page, 'Maria Ionescu', { method: 'withdraw' })
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['revokedByPsu', 'finalised'])
  })

  it('expires', async () => {
    const own = await bench.tpp()
    const consent = await newConsent(own)
    await bench.click(consent.page, 'Maria Ionescu')
    await bench.moveClock(own, 91 * day)
    expect(await consent.status()).toBe('expired')
  })

  it('is authorised in the app where no redirect is wanted', async () => {
    const own = await bench.tpp()
    const consent = await newConsent(own, { redirect: false, psuId: 'maria' })
    expect(consent.page).toBe('')
    const seen: unknown[] = []
    for (const seconds of [0, 3, 25]) {
      await bench.moveClock(own, seconds)
      seen.push([await consent.status(), await consent.scaStatus()].join())
    }
    expect(seen).toEqual(['accepted,accepted', 'received,psuIdentified', 'valid,finalised'])
  })

  it.each([
    ['an account nobody has', { iban: 'DE00' }],
    ['a customer the bank does not have', { psuId: 'nobody' }],
    ["somebody else's account", { iban: anker, psuId: 'maria' }],
  ])('for %s is rejected by the bank', async (_name, wish) => {
    const own = await bench.tpp()
    const consent = await newConsent(own, wish)
    expect(await consent.status()).toBe('accepted')
    await bench.moveClock(own, 3)
    expect([await consent.status(), await consent.scaStatus()]).toEqual(['rejected', 'failed'])
  })

  it('is nobody else’s', async () => {
    const consent = await newConsent(tpp)
    const other = await bench.tpp()
    const parameters = { provider_code: provider, consent_id: consent.id }
    for (const consentId of [consent.id, '__proto__'])
      expect(
        (await other.call('salt-edge-cof-consent-status', { parameters: { ...parameters, consent_id: consentId } }))
          .json,
      ).toMatchObject({ class: 'ConsentUnknown' })
  })

  it('belongs to the bank it was given at', async () => {
    const consent = await newConsent(tpp)
    const answer = await consent.call('salt-edge-cof-consent-status', { provider_code: 'other_bank' })
    expect(answer.json.class).toBe('ConsentUnknown')
  })
})

describe('a bad request', () => {
  it.each([
    ['no TPP-Redirect-Preferred', { sent: {} }],
    ['a redirect without return address', { sent: { 'tpp-redirect-preferred': 'true' } }],
    [
      'a script to return to',
      { sent: { 'tpp-redirect-preferred': 'true', 'tpp-redirect-uri': 'javascript:alert(1)' } },
    ],
    ['no account', { body: { cardNumber: '1' } }],
    ['a date with a blank', { body: { account: { iban: 'DE00' }, cardExpiryDate: ' 2019-08-21' } }],
    ['no JSON', { body: '{"account":' }],
    ['another bank', { parameters: { provider_code: 'other_bank' } }],
  ])('is %s', async (_name, change) => {
    const base = {
      parameters: { provider_code: provider },
      body: { account: { iban: 'DE00' } },
      sent: { 'tpp-redirect-preferred': 'false' },
    }
    expect((await tpp.call(create, { ...base, ...change })).json.class).toBe('BadRequest')
  })
})

describe('funds', () => {
  it('are answered for the account of the consent only', async () => {
    const consent = await newConsent(tpp)
    expect((await consent.askFor(euros('1'))).json.class).toBe('ConsentInvalid')
    await bench.click(consent.page, 'Maria Ionescu')
    const ask = async (body: unknown) => (await consent.askFor(body)).json
    // The document's sample: an IBAN nobody has beside other identifiers of the account, and in dollars.
    const printed = { iban: 'DE23100120020123456789', bban: '5390 0754 7034', currency: 'USD' }
    expect(await ask({ account: printed, instructedAmount: { amount: '123', currency: 'USD' } })).toEqual({
      fundsAvailable: true,
    })
    expect(await ask(euros('1', { iban: anker }))).toMatchObject({ class: 'ConsentInvalid' })
    expect(await ask(euros('1', { iban: 'DE00' }))).toMatchObject({ class: 'ResourceUnknown' })
    expect(await ask(euros('1', { iban: 'DE2310010010123456789', currency: 'SEK' }))).toMatchObject({
      class: 'ResourceUnknown',
    })
    expect(await ask({ account: printed })).toMatchObject({ class: 'ResourceUnknown' })
    expect(await ask(euros('1', printed))).toEqual({ fundsAvailable: true })
  })

  it('need a consent', async () => {
    const answer = await tpp.call('salt-edge-funds-confirmation-create', {
      parameters: { provider_code: provider },
      body: euros('1'),
    })
    expect(answer.json.class).toBe('ConsentUnknown')
  })
})

describe('the page', () => {
  it('escapes what the TPP sent, runs nothing and takes no form from elsewhere', async () => {
    const consent = await newConsent(tpp, { iban: '<img src=x>' })
    const html = await (await fetch(consent.page)).text()
    expect(html).toContain('Local sandbox')
    expect(html).not.toMatch(/<img|<script/)
    const { origin } = new URL(consent.page)
    const body = new URLSearchParams({ consent: consent.id, 'Psu-ID': 'maria', method: 'app' })
    const post = (from: string) =>
      fetch(`${origin}/authorise`, { method: 'POST', body, headers: { origin: from }, redirect: 'manual' })
    expect((await post('https://evil.example')).status).toBe(403)
    // Nobody holds this account.
    expect((await post(origin)).status).toBe(403)
    expect((await fetch(`${origin}/authorise?consent=unknown`)).status).toBe(404)
  })
})

it('logs the signing string and why it refused', async () => {
  const own = await bench.tpp()
  const parameters = { provider_code: provider, consent_id: '1' }
  await own.call('salt-edge-cof-consent-status', { parameters, tamper: { digest: 'SHA-256=AAAA' } })
  const { json } = await bench.control.send('GET', `/tenants/${own.organizationIdentifier}/log`)
  expect((json as unknown[])[0]).toMatchObject({
    operation: 'salt-edge-cof-consent-status',
    status: 401,
    clientCertificate: null,
    reason: expect.stringContaining('salt-edge-signature-invalid: Digest says AAAA'),
    signature: {
      verdict: 'digest-differs',
      algorithm: 'rsa-sha256',
      signingString: expect.stringMatching(/^digest: SHA-256=AAAA\ndate: .* GMT\nx-request-id: [0-9a-f-]{36}$/),
      certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  })
})
