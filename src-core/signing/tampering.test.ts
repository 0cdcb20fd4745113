import type { KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Header } from './signing-scheme.ts'
import { oneLine, post, received, rfc2253 } from './testing/http-signature-cases.ts'
import { createSigningKey, type SigningKey } from './testing/signing-keys.ts'
import { type ReceivedRequest, verifyHttpSignature } from './testing/verify-signature.ts'

let rsa: SigningKey
let ec: SigningKey
beforeAll(async () => {
  rsa = await createSigningKey('RSA')
  ec = await createSigningKey('EC')
})

describe('any change after signing is found', () => {
  const printable = fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff }))
  const latin1 = fc.string({ unit: printable.map((code) => String.fromCharCode(code)) })
  const keys: [string, () => SigningKey][] = [
    ['RSA', () => rsa],
    ['EC', () => ec],
  ]
  const profile = { ...rfc2253, algorithms: oneLine.algorithms }

  it.each(keys)('%s: one changed byte of the body', async (_, key) => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), async (body, at, flip) => {
        const { arrived } = await received({ ...post(null), body }, profile, key().signer)
        expect(verifyHttpSignature(arrived, key().publicKey, ['digest'])).toBe(true)
        const changed = Buffer.from(body)
        changed[at % body.length]! ^= flip
        expect(verifyHttpSignature({ ...arrived, body: changed }, key().publicKey, ['digest'])).toBe(false)
        const longer = Buffer.concat([body, Buffer.of(0)])
        expect(verifyHttpSignature({ ...arrived, body: longer }, key().publicKey, ['digest'])).toBe(false)
      }),
      { numRuns: 25 },
    )
  })

  it.each(keys)('%s: a header that is dropped, changed, doubled or swapped with another', async (_, key) => {
    const names = ['date', 'digest', 'x-request-id', 'psu-id', 'tpp-redirect-uri']
    const judge = (arrived: ReceivedRequest, headers: readonly Header[], publicKey: KeyObject): boolean =>
      verifyHttpSignature({ ...arrived, headers }, publicKey, names)
    await fc.assert(
      fc.asyncProperty(
        latin1,
        latin1,
        fc.constantFrom(...names),
        fc.constantFrom(...names),
        async (id, uri, one, other) => {
          const request = post('{}', ['PSU-ID', id], ['TPP-Redirect-URI', uri], ['PSU-ID', 'second'])
          const { arrived } = await received(request, profile, key().signer)
          const { headers } = arrived
          const is = (header: Header, name: string) => header[0].toLowerCase() === name
          expect(judge(arrived, headers, key().publicKey)).toBe(true)
          expect(
            judge(
              arrived,
              headers.filter((each) => !is(each, one)),
              key().publicKey,
            ),
          ).toBe(false)
          const changed = headers.map((each): Header => (is(each, one) ? [each[0], `${each[1]}x`] : each))
          expect(judge(arrived, changed, key().publicKey)).toBe(false)
          expect(judge(arrived, [...headers, [one, 'x']], key().publicKey)).toBe(false)
          const listed = names.join(' ')
          const moved = names.with(names.indexOf(one), other).with(names.indexOf(other), one).join(' ')
          const relisted = headers.map(
            ([name, value]): Header => [name, value.replace(`headers="${listed}"`, `headers="${moved}"`)],
          )
          expect(judge(arrived, relisted, key().publicKey)).toBe(one === other)
        },
      ),
      { numRuns: 40 },
    )
  })
})
