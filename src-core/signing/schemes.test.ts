import { describe, expect, it } from 'vitest'
import { signingSchemeOf } from './schemes.ts'
import { createSigningKey } from './testing/signing-keys.ts'

describe('the table of signing schemes', () => {
  const request = {
    method: 'GET',
    url: new URL('https://bank.example/'),
    headers: [['X-Request-ID', '1']] as const,
    body: null,
  }

  it('leaves a request alone where a bank wants no signature', async () => {
    const { signer } = await createSigningKey('EC')
    const scheme = signingSchemeOf({ scheme: 'none' })
    expect(scheme.signs).toBe(false)
    expect(await scheme.sign(request, signer, new Date())).toEqual({ headers: [], trace: null })
  })

  it('signs as the profile asks', async () => {
    const { signer } = await createSigningKey('EC')
    const coverage = { signedHeaders: ['digest', 'x-request-id'], digest: 'SHA-256' as const }
    const jws = signingSchemeOf({
      scheme: 'detached-jws',
      header: 'x-jws-signature',
      algorithms: ['ES256'],
      certificate: ['x5c'],
      ...coverage,
    })
    const http = signingSchemeOf({
      scheme: 'http-signature',
      algorithms: ['ecdsa-sha256'],
      keyId: 'serial-issuer-one-line',
      whenPresent: [],
      prefix: '',
      certificate: { header: 'TPP-Signature-Certificate', form: 'base64-pem' },
      nonAscii: 'refuse',
      ...coverage,
    })
    expect([jws.signs, http.signs]).toEqual([true, true])
    expect((await jws.sign(request, signer, new Date())).headers.map(([name]) => name)).toEqual([
      'Digest',
      'x-jws-signature',
    ])
    expect((await http.sign(request, signer, new Date())).headers.map(([name]) => name)).toEqual([
      'Digest',
      'TPP-Signature-Certificate',
      'Signature',
    ])
  })
})
