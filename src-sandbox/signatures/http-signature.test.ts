import { createHash, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Received } from '#sandbox/net/answer.ts'
import type { PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import { type HttpSignatureProfile, judgeHttpSignature } from './http-signature.ts'
import { ec, type Leaf, makeAuthority, type TestAuthority } from './testing/test-authority.ts'

const spareBank1: HttpSignatureProfile = {
  required: ['date', 'digest', 'x-request-id'],
  whenPresent: ['psu-id', 'tpp-redirect-uri'],
  algorithms: ['rsa-sha256', 'rsa-sha512', 'ecdsa-sha256'],
  digests: ['SHA-256', 'SHA-512'],
  issuerLabel: 'CA',
  issuerForm: 'rfc2253',
  schemeWord: false,
  encodedWord: true,
  certificateForms: ['der', 'pem'],
  certificateKinds: ['QSEAL'],
}
const saltEdge: HttpSignatureProfile = {
  ...spareBank1,
  required: ['digest', 'date', 'x-request-id'],
  whenPresent: [],
  algorithms: ['rsa-sha256'],
  digests: ['SHA-256'],
  issuerLabel: 'DN',
  issuerForm: 'one-line',
  schemeWord: true,
  encodedWord: false,
  certificateForms: ['pem'],
}

let plain: TestAuthority
let norwegian: TestAuthority
let leaf: Leaf
let foreign: Leaf
beforeAll(async () => {
  plain = await makeAuthority([{ CN: ['Web CA'] }, { C: ['RO'] }])
  norwegian = await makeAuthority([{ C: ['NO'] }, { '2.5.4.97': ['PSDNO-FSA-1'] }, { CN: ['Ålesund CA'] }])
  leaf = await plain.leaf()
  foreign = await norwegian.leaf()
})

const body = Buffer.from('{"amount": "1.00"}')
const sha = (name: 'sha256' | 'sha512', bytes = body) => createHash(name).update(bytes).digest('base64')

interface Wish {
  readonly signer?: Leaf
  readonly keyId?: string
  readonly algorithm?: string
  readonly hash?: string
  readonly names?: readonly string[]
  readonly given?: Readonly<Record<string, string>>
  /** Put over the signed headers. */
  readonly sent?: Readonly<Record<string, string | undefined>>
  readonly pem?: boolean
  readonly wrap?: (header: string) => string
  readonly body?: Buffer
}

const spareKeyId = 'SN=2A5F,CA=C=RO,CN=Web CA'
const saltKeyId = 'SN=2A5F,DN=/CN=Web CA/C=RO'

function signed(wish: Wish = {}): Received {
  const { signer = leaf, keyId = spareKeyId, algorithm = 'rsa-sha256', hash = 'sha256', wrap = (text) => text } = wish
  const headers: Record<string, string> = {
    date: new Date().toUTCString(),
    digest: `SHA-256=${sha('sha256')}`,
    'x-request-id': '9b45fa6c-ff61-4e73-aec8-5e805388ce7f',
    ...wish.given,
  }
  const names = wish.names ?? Object.keys(headers)
  const text = names.map((name) => `${name}: ${headers[name]}`).join('\n')
  const signature = sign(hash, Buffer.from(text, 'latin1'), signer.key).toString('base64')
  const bytes = wish.pem ? Buffer.from(signer.certificate.toString()) : signer.certificate.raw
  const header = `keyId="${keyId}",algorithm="${algorithm}",headers="${names.join(' ')}",signature="${signature}"`
  const all = {
    ...headers,
    'tpp-signature-certificate': bytes.toString('base64'),
    signature: wrap(header),
    ...wish.sent,
  }
  return {
    method: 'POST',
    path: '/x',
    target: '/x',
    query: new URLSearchParams(),
    headers: all,
    body: wish.body ?? body,
  }
}

const judged = (received: Received, profile = spareBank1, authority = plain, now = Date.now()) =>
  judgeHttpSignature(received, profile, { trust: authority.trust, now })
const verdict = (received: Received, profile = spareBank1, authority = plain): string =>
  judged(received, profile, authority).verdict

describe('is good', () => {
  it("in SpareBank 1's form", () => {
    const received = signed({ given: { 'psu-id': 'ola', 'tpp-redirect-uri': 'https://tpp.example/' } })
    const { verdict: found, trace, certificate } = judged(received)
    expect(found).toBe('good')
    expect(trace.signingString).toBe(
      `date: ${received.headers.date}\ndigest: ${String(received.headers.digest)}\nx-request-id: 9b45fa6c-ff61-4e73-aec8-5e805388ce7f\npsu-id: ola\ntpp-redirect-uri: https://tpp.example/`,
    )
    expect(trace).toMatchObject({ keyId: spareKeyId, algorithm: 'rsa-sha256', certificate: certificate?.sha256 })
    expect(certificate?.organizationIdentifier).toBe('PSDNO-FSA-987654321')
  })

  it.each(['Signature ', ''])("in Salt Edge's form, beginning with %j", (word) => {
    const wish = { keyId: saltKeyId, names: ['digest', 'date', 'x-request-id'], pem: true }
    expect(verdict(signed({ ...wish, wrap: (text) => word + text }), saltEdge)).toBe('good')
  })

  it('with a CA outside ASCII, wrapped', () => {
    const keyId = 'SN=2a5f,CA=CN=Ålesund CA,2.5.4.97=#0c0b5053444e4f2d4653412d31,C=NO'
    const base64 = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
    expect(verdict(signed({ signer: foreign, keyId, wrap: base64 }), spareBank1, norwegian)).toBe('good')
    const latin = (text: string) => `=?ISO-8859-1?B?${Buffer.from(text, 'latin1').toString('base64')}?=`
    expect(verdict(signed({ signer: foreign, keyId, wrap: latin }), spareBank1, norwegian)).toBe('good')
    const quoted = (text: string) =>
      `=?utf-8?Q?${[...Buffer.from(text)].map((byte) => (/[\w]/.test(String.fromCharCode(byte)) && byte !== 95 ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('')}?=`
    expect(verdict(signed({ signer: foreign, keyId, wrap: quoted }), spareBank1, norwegian)).toBe('good')
    const bare = (text: string) => Buffer.from(text).toString('latin1')
    expect(verdict(signed({ signer: foreign, keyId, wrap: bare }), spareBank1, norwegian)).toBe('signature-malformed')
  })

  it('with SHA-512, with an EC key, and with PEM where either is taken', async () => {
    expect(verdict(signed({ given: { digest: `SHA-512=${sha('sha512')}` } }))).toBe('good')
    expect(verdict(signed({ algorithm: 'rsa-sha512', hash: 'sha512' }))).toBe('good')
    expect(verdict(signed({ pem: true }))).toBe('good')
    const signer = await plain.leaf({ algorithm: ec })
    expect(verdict(signed({ signer, algorithm: 'ecdsa-sha256' }))).toBe('good')
    expect(verdict(signed({ signer }))).toBe('algorithm-not-accepted')
  })
})

describe('is not verified', () => {
  it.each([
    ['a byte of the body', { body: Buffer.from('{"amount": "2.00"}') }, 'digest-differs'],
    [
      'a body where the digest is of none',
      { given: { digest: `SHA-256=${sha('sha256', Buffer.alloc(0))}` } },
      'digest-differs',
    ],
    ['a digest by MD5', { given: { digest: 'MD5=AAAA' } }, 'digest-differs'],
    ['one header after signing', { sent: { 'x-request-id': 'another' } }, 'not-verifying'],
    ['a Date of two minutes ago', { given: { date: new Date(Date.now() - 120_000).toUTCString() } }, 'date-off'],
    ['a Date without weekday', { given: { date: '2026-01-01T00:00:00Z' } }, 'date-off'],
    ['a hash that is not the algorithm', { hash: 'sha512' }, 'not-verifying'],
    ['hmac', { algorithm: 'hmac-sha256' }, 'algorithm-not-accepted'],
    ['a listed header that is not there', { sent: { 'x-request-id': undefined } }, 'header-absent'],
    ['fewer names', { names: ['date', 'digest'] }, 'header-not-signed'],
    ['a customer nobody signed for', { sent: { 'psu-id': 'kari' } }, 'header-not-signed'],
    ['a decimal serial', { keyId: 'SN=10847,CA=C=RO,CN=Web CA' }, 'key-id-differs'],
    ['an issuer turned round', { keyId: 'SN=2A5F,CA=CN=Web CA,C=RO' }, 'key-id-differs'],
    ['the subject', { keyId: 'SN=2A5F,CA=2.5.4.97=PSDNO-FSA-987654321,O=Test TPP' }, 'key-id-differs'],
    ['0x', { keyId: 'SN=0x2A5F,CA=C=RO,CN=Web CA' }, 'key-id-malformed'],
    ['DN= for CA=', { keyId: 'SN=2A5F,DN=C=RO,CN=Web CA' }, 'key-id-malformed'],
    ['a name', { keyId: 'my-key' }, 'key-id-malformed'],
    ['no signature', { sent: { signature: undefined } }, 'signature-missing'],
    ['no certificate', { sent: { 'tpp-signature-certificate': undefined } }, 'certificate-missing'],
    ['AAAA for a certificate', { sent: { 'tpp-signature-certificate': 'AAAA' } }, 'certificate-unreadable'],
    ['no base64 for a certificate', { sent: { 'tpp-signature-certificate': 'MII*' } }, 'certificate-unreadable'],
    ['keyId alone', { wrap: () => 'keyId="SN=2A5F,CA=C=RO"' }, 'signature-malformed'],
    ['quotes lost', { wrap: (text: string) => text.replaceAll('"', '') }, 'signature-malformed'],
    ['a part twice', { wrap: (text: string) => `${text},keyId="x"` }, 'signature-malformed'],
    ['an encoded-word of nonsense', { wrap: () => '=?utf-8?B?***?=' }, 'signature-malformed'],
    ['the word Signature', { wrap: (text: string) => `Signature ${text}` }, 'signature-malformed'],
  ] satisfies [string, Wish, string][])('with %s', (_name, wish, expected) => {
    expect(verdict(signed(wish as Wish))).toBe(expected)
  })

  it("with a swapped order, by another key, or with somebody's certificate", async () => {
    const swap = (text: string) => text.replace('date digest', 'digest date')
    expect(verdict(signed({ wrap: swap }))).toBe('not-verifying')
    const other = await plain.leaf()
    const certificate = other.certificate.raw.toString('base64')
    expect(verdict(signed({ sent: { 'tpp-signature-certificate': certificate } }))).toBe('not-verifying')
  })

  it('says what is wrong', () => {
    const empty = signed({ given: { digest: `SHA-256=${sha('sha256', Buffer.alloc(0))}` } })
    expect(judged(empty).reason).toContain('the digest of an empty body')
    expect(judged(signed({ keyId: 'SN=10847,CA=C=RO,CN=Web CA' })).reason).toContain('written decimally')
    expect(judged(signed({ keyId: 'SN=2A5F,CA=CN=Web CA,C=RO' })).reason).toContain('reverse order')
    expect(judged(signed({ sent: { 'x-request-id': 'b' } })).trace.signingString).toMatch(/\nx-request-id: b$/)
  })
})

describe('the certificate', () => {
  it('must be in the form that is asked for', () => {
    const wish = { keyId: saltKeyId, names: ['digest', 'date', 'x-request-id'] }
    expect(verdict(signed(wish), saltEdge)).toBe('certificate-unreadable')
  })

  it('must be in time, trusted, not revoked and for sealing', async () => {
    const old = await plain.leaf({ notAfter: new Date(Date.now() - 60_000) })
    expect(verdict(signed({ signer: old }))).toBe('certificate-expired')
    expect(verdict(signed({ signer: foreign }))).toBe('certificate-issuer-unknown')
    expect(verdict(signed({ signer: await plain.leaf({ kind: 'QWAC' }) }))).toBe('certificate-wrong-kind')
    const taken = await plain.leaf({ serialNumber: '77' })
    plain.revoked.add(taken.certificate.serialNumber)
    const { certificate, trace, verdict: found } = judged(signed({ signer: taken, keyId: 'SN=77,CA=C=RO,CN=Web CA' }))
    expect(found).toBe('certificate-revoked')
    // The log names it all the same.
    expect(trace.certificate).toBe((certificate as PresentedCertificate).sha256)
  })
})
