import { createPublicKey } from 'node:crypto'
import { expect, it } from 'vitest'
import { jwsAlgorithms } from './jws-verify.ts'

const payload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'

const published = [
  {
    name: 'RFC 7515 A.2',
    algorithm: 'RS256',
    input: `eyJhbGciOiJSUzI1NiJ9.${payload}`,
    key: {
      kty: 'RSA',
      n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
      e: 'AQAB',
    },
    signature:
      'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
  },
  {
    name: 'RFC 7515 A.3',
    algorithm: 'ES256',
    input: `eyJhbGciOiJFUzI1NiJ9.${payload}`,
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
    signature: 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
  },
]

it.each(published)('verifies $name and nothing next to it', ({ algorithm, input, key, signature }) => {
  const known = jwsAlgorithms[algorithm]
  const publicKey = createPublicKey({ key, format: 'jwk' })
  const bytes = Buffer.from(signature, 'base64url')
  expect(known?.fits(publicKey)).toBe(true)
  expect(known?.verifies(publicKey, Buffer.from(input), bytes)).toBe(true)
  expect(known?.verifies(publicKey, Buffer.from(`${input}.`), bytes)).toBe(false)
  const changed = Buffer.from(bytes)
  changed[7] = (changed[7] ?? 0) ^ 1
  expect(known?.verifies(publicKey, Buffer.from(input), changed)).toBe(false)
})

it('takes each algorithm with its own kind of key only', () => {
  const [rsa, ec] = published.map(({ key }) => createPublicKey({ key, format: 'jwk' }))
  const fits = Object.entries(jwsAlgorithms).map(([name, { fits }]) => [name, rsa && fits(rsa), ec && fits(ec)])
  expect(fits).toEqual([
    ['RS256', true, false],
    ['PS256', true, false],
    ['ES256', false, true],
  ])
})
