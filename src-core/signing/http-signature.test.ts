import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Header } from './signing-scheme.ts'
import { oneLine, post, received, requestId, rfc2253 } from './testing/http-signature-cases.ts'
import { attribute, createSigningKey, type SigningKey, sampleIssuer } from './testing/signing-keys.ts'
import { verifyHttpSignature } from './testing/verify-signature.ts'

let rsa: SigningKey
let ec: SigningKey
beforeAll(async () => {
  rsa = await createSigningKey('RSA')
  ec = await createSigningKey('EC')
})

describe('the form with OpenSSL names', () => {
  it('is what the document prints, for a call without a body', async () => {
    const signer = { ...rsa.signer, serial: '0' }
    const { arrived, trace, value } = await received({ ...post(null), method: 'GET' }, oneLine, signer)
    const text =
      'digest: SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n' +
      'date: Wed, 18 Dec 2019 11:25:59 GMT\n' +
      'x-request-id: 9b45fa6c-ff61-4e73-aec8-5e805388ce7f'
    expect(value('Signature')).toMatch(
      /^Signature keyId="SN=0,DN=\/organizationIdentifier=TppSaltTest000\/CN=certSIGNSALTTEST Web CA\/O=SaltTest\/C=RO",algorithm="rsa-sha256",headers="digest date x-request-id",signature="[A-Za-z0-9+/]{342}=="$/,
    )
    expect(Buffer.from(value('TPP-Signature-Certificate')!, 'base64').toString()).toBe(signer.certificatePem)
    expect(trace).toEqual({
      algorithm: 'rsa-sha256',
      keyId: 'SN=0,DN=/organizationIdentifier=TppSaltTest000/CN=certSIGNSALTTEST Web CA/O=SaltTest/C=RO',
      signedHeaders: ['digest', 'date', 'x-request-id'],
      signingString: text,
      digestInput: 0,
      digest: 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      digestOfBody: 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      byHand: [],
      wrapped: false,
      protectedHeader: null,
    })
    expect(verifyHttpSignature(arrived, rsa.publicKey, oneLine.signedHeaders)).toBe(true)
    expect(verifyHttpSignature(arrived, ec.publicKey, oneLine.signedHeaders)).toBe(false)
  })

  it('keeps what the request brings, also a wrong digest, and says so', async () => {
    const wrong = 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    const date = 'Thu, 01 Jan 1970 00:00:00 GMT'
    const request = post('{}', ['digest', wrong], ['DATE', date], ['tpp-signature-certificate', 'none'])
    const { arrived, trace, value } = await received(request, oneLine, rsa.signer)
    expect(arrived.headers.slice(request.headers.length).map(([name]) => name)).toEqual(['Signature'])
    expect(value('Signature')).toBeDefined()
    expect(trace).toMatchObject({
      digest: wrong,
      digestOfBody: 'SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=',
      digestInput: 2,
      byHand: ['digest', 'date', 'tpp-signature-certificate'],
      signingString: `digest: ${wrong}\ndate: ${date}\nx-request-id: ${requestId[1]}`,
    })
    expect(verifyHttpSignature(arrived, rsa.publicKey, oneLine.signedHeaders)).toBe(false)
    expect(verifyHttpSignature({ ...arrived, body: Buffer.alloc(0) }, rsa.publicKey, ['digest'])).toBe(true)
    const replayed = await received(post('{}', ['Signature', 'as before']), oneLine, rsa.signer)
    expect(replayed.value('Signature')).toBeUndefined()
    expect(replayed.value('Digest')).toBe('SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=')
    expect(replayed.trace.byHand).toEqual(['signature'])
  })

  it('takes the first algorithm the key can do, and no weak key', async () => {
    const { arrived, trace } = await received(post('{}'), oneLine, ec.signer)
    expect(trace.algorithm).toBe('ecdsa-sha256')
    expect(verifyHttpSignature(arrived, ec.publicKey, oneLine.signedHeaders)).toBe(true)
    const long = await received(post('{}'), { ...oneLine, algorithms: ['rsa-sha512', 'rsa-sha256'] }, rsa.signer)
    expect(long.trace.algorithm).toBe('rsa-sha512')
    expect(verifyHttpSignature(long.arrived, rsa.publicKey, oneLine.signedHeaders)).toBe(true)
    await expect(received(post('{}'), { ...oneLine, algorithms: ['rsa-sha256'] }, ec.signer)).rejects.toMatchObject({
      code: 'KEY_UNSUITABLE',
      message: expect.stringContaining('takes signatures by rsa-sha256'),
    })
    const weak = await createSigningKey('RSA', 1024)
    await expect(received(post('{}'), oneLine, weak.signer)).rejects.toMatchObject({
      code: 'KEY_WEAK',
      details: { bits: 1024 },
    })
  })
})

describe('the form with RFC 2253 names', () => {
  it('signs every listed header that is present', async () => {
    const { arrived, trace, value } = await received(post('{}', ['PSU-ID', 'Ola']), rfc2253, rsa.signer)
    expect(trace.signedHeaders).toEqual(['date', 'digest', 'x-request-id', 'psu-id'])
    expect(trace.digest).toMatch(/^SHA-512=[A-Za-z0-9+/]{86}==$/)
    expect(value('Signature')).toMatch(
      /^keyId="SN=8FA1,CA=C=RO,O=SaltTest,CN=certSIGNSALTTEST Web CA,2\.5\.4\.97=#0c0e/,
    )
    const certificate = new X509Certificate(Buffer.from(value('TPP-Signature-Certificate')!, 'base64'))
    expect(certificate.publicKey.equals(rsa.publicKey)).toBe(true)
    expect(verifyHttpSignature(arrived, rsa.publicKey, trace.signedHeaders)).toBe(true)
  })

  it('puts a value that is not ASCII into one encoded-word, or refuses it', async () => {
    const issuer = [[attribute('2.5.4.3', 'Åse CA')], [attribute('2.5.4.97', 'PSDNO-FSA-123456789')]]
    const signer = { ...rsa.signer, serial: 'A4', issuer }
    const { arrived, trace, value } = await received(post('{}'), rfc2253, signer)
    const word = value('Signature')!
    expect(word).toMatch(/^=\?utf-8\?B\?[A-Za-z0-9+/]+=*\?=$/)
    expect(trace.wrapped).toBe(true)
    // The document's sample shows the words of such a value around ‘A4,CA=2.5.4.97=#0’ and hex of ‘PSDNO-FS’.
    const text = Buffer.from(word.slice(10, -2), 'base64').toString()
    expect(text).toContain('A4,CA=2.5.4.97=#0c135053444e4f2d4653')
    expect(text).toContain(`keyId="${trace.keyId}"`)
    expect(text).toContain(',CN=Åse CA"')
    expect(verifyHttpSignature(arrived, rsa.publicKey, trace.signedHeaders)).toBe(true)
    await expect(received(post('{}'), { ...rfc2253, nonAscii: 'refuse' }, signer)).rejects.toMatchObject({
      code: 'HEADER_INVALID',
      details: { header: 'Signature' },
    })
  })

  it('names the last relative name first, as the sample of the document begins', async () => {
    const signer = { ...rsa.signer, serial: 'A4', issuer: [...sampleIssuer].toReversed() }
    const { trace } = await received(post(null), rfc2253, signer)
    const sample = Buffer.from('a2V5QTQsQ0E9Mi41LjQuOTc9IzB', 'base64').toString()
    // "key", what the sample leaves out, and the rest.
    expect(`key${trace.keyId!.slice('SN='.length)}`.startsWith(sample)).toBe(true)
  })
})

describe('what is refused before anything is signed', () => {
  it.each([
    ['a line break', 'a\r\nb'],
    ['a line break', 'a\nb'],
    ['a control character', 'a\0b'],
    ['a character outside Latin-1', '€'],
  ])('a header with %s, by name', async (what, value) => {
    for (const name of ['X-Request-ID', 'PSU-Geo-Location']) {
      const request = { ...post('{}'), headers: [[name, value]] as Header[] }
      await expect(received(request, oneLine, rsa.signer)).rejects.toMatchObject({
        code: 'HEADER_INVALID',
        message: expect.stringContaining(`The header ${name} holds ${what}`),
        details: { header: name },
      })
    }
  })

  it('a request without a header that has to be signed', async () => {
    await expect(received({ ...post('{}'), headers: [] }, oneLine, rsa.signer)).rejects.toMatchObject({
      code: 'PARAMETER_MISSING',
      details: { header: 'x-request-id' },
    })
  })

  it.each([
    ['a double quote', 'The "Best" CA', oneLine],
    ['a double quote', 'The "Best" CA', rfc2253],
    // On OpenSSL's one line it would be written as \x0A.
    ['a control character', 'Two\nLines', rfc2253],
  ])('an issuer whose name holds %s', async (what, name, profile) => {
    const signer = { ...rsa.signer, issuer: [[attribute('2.5.4.3', name)]] }
    await expect(received(post('{}'), profile, signer)).rejects.toMatchObject({
      code: 'HEADER_INVALID',
      message: expect.stringContaining(what),
      details: { header: 'Signature', issuer: expect.stringContaining('/CN=') },
    })
  })
})
