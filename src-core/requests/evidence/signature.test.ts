/** What was really signed is proven to verify; one changed byte, header or key id is found out by name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answered, factsOf, openTestShelf, type TestShelf } from '../../../test/requests/call-facts.ts'
import { signingSchemeOf } from '../../signing/schemes.ts'
import { createSigningKey, type SigningKey } from '../../signing/testing/signing-keys.ts'
import type { CallFacts, HeaderPairs } from '../call-facts.ts'
import { signatureEvidence } from './signature.ts'

let shelf: TestShelf
let key: SigningKey
beforeAll(async () => {
  shelf = await openTestShelf()
  key = await createSigningKey('RSA')
})
afterAll(() => shelf.close())

const body = '{"account":{"iban":"FI0455231152453547"}}'

const calls = [
  ['salt-edge', 'salt-edge-cof-consent-create', 'Signature'],
  ['sparebank1', 'sb1-sct-payment-create', 'Signature'],
  ['bank-of-georgia', 'bog-consent-create', 'x-jws-signature'],
] as const

/** As the workbench signs and sends it. */
async function signedCall(bank: string, operation: string): Promise<CallFacts> {
  const facts = await factsOf(shelf, bank, operation, { body })
  const own: [string, string][] = [['X-Request-ID', '9b45fa6c-ff61-4e73-aec8-5e805388ce7f']]
  const request = { method: facts.method, url: new URL(facts.url), headers: own, body: Buffer.from(body) }
  const { headers } = await signingSchemeOf(facts.bank.profile.signing).sign(request, key.signer, new Date(facts.at))
  return answered({ ...facts, ahead: 0, headers: [...own, ...headers] }, 401, '')
}

const changed = (headers: HeaderPairs, name: string, change: (value: string) => string): HeaderPairs =>
  headers.map(([other, value]) => [other, other.toLowerCase() === name.toLowerCase() ? change(value) : value])
const without = (headers: HeaderPairs, name: string): HeaderPairs =>
  headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase())

describe.each(calls)('%s', (bank, operation, header) => {
  it('verifies as it was sent', async () => {
    const facts = await signedCall(bank, operation)
    expect(signatureEvidence['signature-not-verifying'](facts)).toEqual({
      holds: false,
      sentence: `${header} verifies over the headers sent.`,
    })
    expect(signatureEvidence['signature-malformed'](facts).holds).toBe(false)
    expect(signatureEvidence['signature-absent'](facts).holds).toBe(false)
    expect(signatureEvidence['digest-differs'](facts).holds).toBe(false)
  })

  it('does not with another X-Request-ID, or without it', async () => {
    const facts = await signedCall(bank, operation)
    const other = { ...facts, headers: changed(facts.headers, 'x-request-id', (id) => id.replace('9', '8')) }
    expect(signatureEvidence['signature-not-verifying'](other)).toMatchObject({ holds: true })
    const gone = { ...facts, headers: without(facts.headers, 'x-request-id') }
    expect(signatureEvidence['signature-not-verifying'](gone)).toEqual({
      holds: true,
      sentence: `${header} covers x-request-id, which the request does not have.`,
    })
  })

  it('is missed, and its digest is that of the body', async () => {
    const facts = await signedCall(bank, operation)
    expect(signatureEvidence['signature-absent']({ ...facts, headers: without(facts.headers, header) }).holds).toBe(
      true,
    )
    expect(signatureEvidence['digest-differs']({ ...facts, body: `${body} ` })).toMatchObject({
      holds: true,
      sentence: expect.stringMatching(/^The body hashed to .*; Digest says /) as string,
    })
  })
})

describe('the key id', () => {
  it('names the certificate sent', async () => {
    const facts = await signedCall('salt-edge', 'salt-edge-cof-consent-create')
    expect(signatureEvidence['key-id-differs'](facts)).toMatchObject({ holds: false })
    const decimal = {
      ...facts,
      headers: changed(facts.headers, 'signature', (value) => value.replace('SN=8FA1', 'SN=36769')),
    }
    expect(signatureEvidence['key-id-differs'](decimal)).toEqual({
      holds: true,
      sentence: 'keyId names the serial number 36769; the certificate sent has 8FA1.',
    })
  })

  it('and the rest of the header have to be there', async () => {
    const facts = await signedCall('salt-edge', 'salt-edge-cof-consent-create')
    const broken = { ...facts, headers: changed(facts.headers, 'signature', () => 'Signature keyId=abc') }
    expect(signatureEvidence['signature-malformed'](broken)).toEqual({
      holds: true,
      sentence: 'Signature lacks keyId, algorithm, headers, signature.',
    })
  })
})
