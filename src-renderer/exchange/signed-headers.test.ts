/** A header that was signed otherwise than it was sent, or not sent at all, is found. */
import { describe, expect, it } from 'vitest'
import { inputPrefix, type SignatureTrace, signedHeaders, signedLines, uncoveredHeaders } from './signed-headers.ts'

const trace: SignatureTrace = {
  algorithm: 'rsa-sha256',
  keyId: 'SN=1,DN=/C=SE',
  signedHeaders: ['(request-target)', 'digest', 'date', 'x-request-id', 'psu-id'],
  signingString:
    '(request-target): get /a\ndigest: SHA-256=x\ndate: Tue, 03 Nov 2026 10:00:00 GMT\nx-request-id: a, b\npsu-id: 1',
  digestInput: 0,
  digest: 'SHA-256=x',
  digestOfBody: 'SHA-256=x',
  byHand: [],
  wrapped: false,
  protectedHeader: null,
}
const headers: [string, string][] = [
  ['Digest', 'SHA-256=y'],
  ['Date', 'Tue, 03 Nov 2026 10:00:00 GMT'],
  ['X-Request-ID', ' a'],
  ['x-request-id', 'b '],
  ['Accept', '*/*'],
]

describe('signedHeaders', () => {
  it('says of each name whether it was sent as it was signed', () => {
    expect(signedHeaders(trace, headers).map(({ name, state }) => [name, state])).toEqual([
      ['(request-target)', 'derived'],
      ['digest', 'differs'],
      ['date', 'same'],
      ['x-request-id', 'same'],
      ['psu-id', 'absent'],
    ])
    expect(signedHeaders(trace, headers)[1]).toMatchObject({ signed: 'SHA-256=x', sent: 'SHA-256=y' })
  })

  it('names what the signature does not cover', () => {
    expect(uncoveredHeaders(trace, headers)).toEqual(['Accept'])
  })

  it('takes the protected header of a JWS off the first line', () => {
    const jws = {
      ...trace,
      protectedHeader: '{"alg":"PS256"}',
      signingString: 'eyJhbGciOiJQUzI1NiJ9.digest: x\ndate: y',
    }
    expect(inputPrefix(jws)).toBe('eyJhbGciOiJQUzI1NiJ9.')
    expect(signedLines(jws)).toEqual(['digest: x', 'date: y'])
    expect(inputPrefix(trace)).toBe('')
  })
})
