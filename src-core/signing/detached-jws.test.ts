import { createHmac, createPublicKey, hash, verify, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DetachedJwsProfile } from '#shared/signing-profile.ts'
import { detachedJws, jwsSignature, unencodedSigningInput } from './detached-jws.ts'
import { ecdsaConcatenation } from './ecdsa-form.ts'
import type { Header, RequestSigner, SigningRequest } from './signing-scheme.ts'
import { createSigningKey, publishedSigner, type SigningKey } from './testing/signing-keys.ts'
import { type ReceivedRequest, verifyDetachedJws } from './testing/verify-signature.ts'

const now = new Date('2024-02-29T23:59:59.999Z')
const profile: DetachedJwsProfile = {
  scheme: 'detached-jws',
  header: 'x-jws-signature',
  algorithms: ['PS256', 'ES256'],
  signedHeaders: ['digest', 'x-request-id'],
  digest: 'SHA-256',
  certificate: ['x5c', 'x5t#S256'],
}
const request: SigningRequest = {
  method: 'POST',
  url: new URL('https://bank.example/v1/payments'),
  headers: [['X-Request-ID', '9b45fa6c-ff61-4e73-aec8-5e805388ce7f']],
  body: Buffer.from('{}'),
}

async function received(sent: SigningRequest, signer: RequestSigner, asked = profile) {
  const { headers, trace } = await detachedJws(asked).sign(sent, signer, now)
  const arrived: ReceivedRequest = {
    method: sent.method,
    target: sent.url.pathname,
    headers: [...sent.headers, ...headers],
    body: Buffer.from(sent.body ?? ''),
  }
  return { arrived, added: headers, trace: trace! }
}
const judge = (arrived: ReceivedRequest, { publicKey }: SigningKey): boolean =>
  verifyDetachedJws(arrived, publicKey, 'x-jws-signature', profile.signedHeaders)

let rsa: SigningKey
let ec: SigningKey
beforeAll(async () => {
  rsa = await createSigningKey('RSA')
  ec = await createSigningKey('EC')
})

describe('published vectors', () => {
  const payload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'

  it('RFC 7515 A.2: the signing input and the RS256 signature', async () => {
    const key = {
      kty: 'RSA',
      n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
      e: 'AQAB',
      d: 'Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ',
      p: '4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc',
      q: 'uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc',
      dp: 'BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0',
      dq: 'h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU',
      qi: 'IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U',
    }
    const input = unencodedSigningInput('{"alg":"RS256"}', payload)
    expect(input).toBe(`eyJhbGciOiJSUzI1NiJ9.${payload}`)
    expect(await jwsSignature('RS256', input, publishedSigner({ key, format: 'jwk' }))).toBe(
      'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
    )
  })

  it('RFC 7515 A.3: ES256 signatures have the form of the published one', async () => {
    const key = {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
    }
    const published = 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q'
    const input = unencodedSigningInput('{"alg":"ES256"}', payload)
    const made = await jwsSignature('ES256', input, publishedSigner({ key, format: 'jwk' }))
    for (const signature of [published, made]) {
      const judged = { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const
      expect(verify('sha256', Buffer.from(input), judged, Buffer.from(signature, 'base64url'))).toBe(true)
    }
    // The published numbers, in the DER a key store would return.
    const raw = Buffer.from(published, 'base64url')
    const der = Buffer.concat([
      Buffer.of(0x30, 69, 0x02, 32, ...raw.subarray(0, 32)),
      Buffer.of(0x02, 33, 0, ...raw.subarray(32)),
    ])
    expect(ecdsaConcatenation(der, 32)).toEqual(raw)
  })

  it('fills short numbers up with zeros', () => {
    const joined = ecdsaConcatenation(Buffer.of(0x30, 7, 0x02, 1, 5, 0x02, 2, 0, 0x80), 32)
    expect([joined.length, joined[31], joined[63], joined.reduce((sum, byte) => sum + byte, 0)]).toEqual([
      64, 5, 128, 133,
    ])
  })

  it('RFC 7797 4.2: the signing input of an unencoded payload', () => {
    const input = unencodedSigningInput('{"alg":"HS256","b64":false,"crit":["b64"]}', '$.02')
    expect(input).toBe('eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19.$.02')
    const key = Buffer.from(
      'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
      'base64url',
    )
    expect(createHmac('sha256', key).update(input).digest('base64url')).toBe(
      'A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY',
    )
  })
})

describe('the signature of a request', () => {
  it('says in its header what it covers, when and with which certificate', async () => {
    const { arrived, added, trace } = await received(request, rsa.signer)
    const certificate = new X509Certificate(rsa.signer.certificatePem)
    expect(added.map(([name]) => name)).toEqual(['Digest', 'x-jws-signature'])
    const [encoded, payload] = added[1]![1].split('.')
    expect([Buffer.from(encoded!, 'base64url').toString(), payload]).toEqual([trace.protectedHeader, ''])
    expect(JSON.parse(trace.protectedHeader!)).toEqual({
      alg: 'PS256',
      b64: false,
      crit: ['sigT', 'sigD', 'b64'],
      x5c: [certificate.raw.toString('base64')],
      'x5t#S256': hash('sha256', certificate.raw, 'base64url'),
      sigT: '2024-02-29T23:59:59Z',
      iat: 1709251199,
      sigD: { pars: ['digest', 'x-request-id'], mId: 'http://uri.etsi.org/19182/HttpHeaders' },
    })
    expect(trace).toMatchObject({
      algorithm: 'PS256',
      keyId: null,
      digest: 'SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=',
      digestInput: 2,
      wrapped: false,
      signingString: `${encoded}.digest: SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=\nx-request-id: ${request.headers[0]![1]}`,
    })
    expect(judge(arrived, rsa)).toBe(true)
    expect(judge(arrived, ec)).toBe(false)
  })

  it.each(['RS256', 'PS256', 'ES256'] as const)('%s verifies', async (algorithm) => {
    const key = algorithm === 'ES256' ? ec : rsa
    const { arrived, trace } = await received(request, key.signer, { ...profile, algorithms: [algorithm] })
    expect(trace.algorithm).toBe(algorithm)
    expect(judge(arrived, key)).toBe(true)
  })

  it('signs with ES256 only on P-256, and never with a weak key', async () => {
    const signer = { ...ec.signer, curve: 'P-384' }
    await expect(received(request, signer)).rejects.toMatchObject({ code: 'KEY_UNSUITABLE' })
    const weak = await createSigningKey('RSA', 1024)
    await expect(received(request, weak.signer)).rejects.toMatchObject({ code: 'KEY_WEAK' })
  })

  it('takes the chain along without its root', async () => {
    // Self-signed, so a root to whom it is given.
    const { trace } = await received(request, { ...rsa.signer, chainPem: [ec.signer.certificatePem] })
    expect(JSON.parse(trace.protectedHeader!).x5c).toHaveLength(1)
  })

  it('keeps a signature and a digest that were set by hand', async () => {
    const headers: Header[] = [...request.headers, ['Digest', 'SHA-256=wrong'], ['X-JWS-Signature', 'a..b']]
    const { added, trace } = await received({ ...request, headers }, rsa.signer)
    expect(added).toEqual([])
    expect(trace).toMatchObject({ digest: 'SHA-256=wrong', byHand: ['digest', 'x-jws-signature'] })
  })

  it('does not verify once a byte of the body or a header is another one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom(
          () => rsa,
          () => ec,
        ),
        async (body, at, flip, key) => {
          const { arrived } = await received({ ...request, body }, key().signer)
          expect(judge(arrived, key())).toBe(true)
          const changed = Buffer.from(body)
          changed[at % body.length]! ^= flip
          expect(judge({ ...arrived, body: changed }, key())).toBe(false)
          for (const dropped of ['x-request-id', 'digest']) {
            const others = arrived.headers.filter(([name]) => name.toLowerCase() !== dropped)
            expect(judge({ ...arrived, headers: others }, key())).toBe(false)
            expect(judge({ ...arrived, headers: [...others, [dropped, 'x']] }, key())).toBe(false)
          }
          const relisted = arrived.headers.map(([name, value]): Header => {
            const [encoded, , signature] = value.split('.')
            if (name !== 'x-jws-signature') return [name, value]
            const header = JSON.parse(Buffer.from(encoded!, 'base64url').toString())
            header.sigD.pars.reverse()
            return [name, `${Buffer.from(JSON.stringify(header)).toString('base64url')}..${signature}`]
          })
          expect(judge({ ...arrived, headers: relisted }, key())).toBe(false)
        },
      ),
      { numRuns: 30 },
    )
  })
})
