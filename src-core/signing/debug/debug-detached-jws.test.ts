/** A detached JWS is as the bank wants it; spoiled in one way, that way is the first difference by name. */
import { hash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SignatureDifferenceId } from '#shared/contract/signature-debug.ts'
import type { DetachedJwsProfile } from '#shared/signing-profile.ts'
import { detachedJws } from '../detached-jws.ts'
import type { Header, RequestSigner, SigningRequest } from '../signing-scheme.ts'
import { createSigningKey, type SigningKey, sampleIssuer } from '../testing/signing-keys.ts'
import type { DebugRequest } from './debug-request.ts'
import { debugSignature } from './debug-signature.ts'

const now = new Date('2024-02-29T23:59:59.999Z')
const profile: DetachedJwsProfile = {
  scheme: 'detached-jws',
  header: 'x-jws-signature',
  algorithms: ['PS256', 'RS256', 'ES256'],
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

let rsa: SigningKey
let ec: SigningKey
beforeAll(async () => {
  rsa = await createSigningKey('RSA')
  ec = await createSigningKey('EC')
})

async function signed(signer: RequestSigner, asked = profile): Promise<DebugRequest> {
  const { headers } = await detachedJws(asked).sign(request, signer, now)
  const { method, url, body } = request
  return {
    method,
    target: url.pathname,
    host: url.host,
    headers: [...request.headers, ...headers],
    body,
    bodyKnown: true,
  }
}
const debug = (debugged: DebugRequest) =>
  debugSignature(debugged, profile, {
    readNames: () => ({ issuer: sampleIssuer, subject: sampleIssuer }),
    identityPem: null,
  })

const change = (debugged: DebugRequest, name: string, work: (value: string) => string): DebugRequest => ({
  ...debugged,
  headers: debugged.headers.map(
    ([each, value]): Header => (each.toLowerCase() === name ? [each, work(value)] : [each, value]),
  ),
})
const jws = (work: (value: string) => string) => (debugged: DebugRequest) => change(debugged, 'x-jws-signature', work)
/** Changes the protected header without signing again. */
const protectedHeader = (work: (fields: Record<string, unknown>) => unknown) =>
  jws((value) => {
    const [encoded = '', , signature] = value.split('.')
    const fields = work(JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Record<string, unknown>)
    return `${Buffer.from(JSON.stringify(fields)).toString('base64url')}..${signature}`
  })

it.each(['RSA', 'EC'] as const)('finds no difference in what is signed right by %s, and verifies it', async (type) => {
  const report = debug(await signed(type === 'RSA' ? rsa.signer : ec.signer))
  expect(report).toMatchObject({ differences: [], first: null, verification: { verdict: 'verifies' } })
  expect(report.signingString).toMatch(
    /^[\w-]+\.digest: SHA-256=RBNvo1WzZ4oRRq0W9\+hknpT7T8If536DEMBg9hyq\/4o=\nx-request-id: 9b45/,
  )
  expect(JSON.parse(report.protectedHeader!)).toMatchObject({ b64: false })
  expect(report.certificate?.from).toBe('x5c')
})

describe('spoiled', () => {
  const pem = () => rsa.signer.certificatePem
  const spoilings: [SignatureDifferenceId, string, (debugged: DebugRequest) => DebugRequest][] = [
    [
      'signature-missing',
      'no header',
      (d) => ({ ...d, headers: d.headers.filter(([name]) => name !== 'x-jws-signature') }),
    ],
    ['signature-malformed', 'two parts', jws((value) => value.replace('..', '.'))],
    ['payload-attached', 'a payload', jws((value) => value.replace('..', '.e30.'))],
    ['white-space', 'folded', jws((value) => value.replace('..', '..\n '))],
    ['signature-form', 'padding', jws((value) => `${value}==`)],
    ['algorithm-word', 'lower case', protectedHeader((fields) => ({ ...fields, alg: 'ps256' }))],
    ['algorithm-word', 'none', protectedHeader((fields) => ({ ...fields, alg: 'none' }))],
    ['algorithm-key', 'of another key', protectedHeader((fields) => ({ ...fields, alg: 'ES256' }))],
    ['certificate-missing', 'no x5c', protectedHeader(({ x5c: _, ...fields }) => fields)],
    ['pem-for-der', 'PEM in x5c', protectedHeader((fields) => ({ ...fields, x5c: [pem()] }))],
    [
      'pem-for-der',
      'base64 of PEM in x5c',
      protectedHeader((fields) => ({ ...fields, x5c: [Buffer.from(pem()).toString('base64')] })),
    ],
    [
      'line-feeds-in-certificate',
      'line feeds in x5c',
      protectedHeader((fields) => ({
        ...fields,
        x5c: [String((fields.x5c as string[])[0]).replace(/.{64}/g, '$&\n')],
      })),
    ],
    [
      'thumbprint-differs',
      'a thumbprint in hex',
      protectedHeader((fields) => ({ ...fields, 'x5t#S256': hash('sha256', 'x') })),
    ],
    ['protected-header', 'crit without b64', protectedHeader((fields) => ({ ...fields, crit: ['sigT', 'sigD'] }))],
    [
      'protected-header',
      'crit with a stranger',
      protectedHeader((fields) => ({ ...fields, crit: ['b64', 'sigD', 'exp'] })),
    ],
    ['protected-header', 'b64 true', protectedHeader((fields) => ({ ...fields, b64: true }))],
    [
      'protected-header',
      'another mechanism',
      protectedHeader((fields) => ({ ...fields, sigD: { ...(fields.sigD as object), mId: 'x' } })),
    ],
    ['protected-header', 'no JSON', jws((value) => `eHg${value.slice(value.indexOf('..'))}`)],
    [
      'header-missing',
      'x-request-id not in pars',
      protectedHeader((fields) => ({ ...fields, sigD: { ...(fields.sigD as object), pars: ['digest'] } })),
    ],
    [
      'order',
      'pars turned round',
      protectedHeader((fields) => ({
        ...fields,
        sigD: { ...(fields.sigD as object), pars: ['x-request-id', 'digest'] },
      })),
    ],
    [
      'letter-case',
      'capitals in pars',
      protectedHeader((fields) => ({
        ...fields,
        sigD: { ...(fields.sigD as object), pars: ['Digest', 'X-Request-ID'] },
      })),
    ],
    [
      'digest-of-empty-string',
      'of nothing',
      (d) => change(d, 'digest', () => `SHA-256=${hash('sha256', '', 'base64')}`),
    ],
    [
      'digest-differs',
      'of other bytes',
      (d) => change(d, 'digest', () => `SHA-256=${hash('sha256', '{}\n', 'base64')}`),
    ],
    ['not-verifying', 'another X-Request-ID', (d) => change(d, 'x-request-id', () => 'other')],
  ]
  it.each(spoilings)('%s: %s', async (id, _, spoil) => {
    const whole = await signed(rsa.signer)
    const spoiled = spoil(whole)
    expect(spoiled).not.toEqual(whole)
    const report = debug(spoiled)
    expect(report.first?.id).toBe(id)
    expect(report.first).toBe(report.differences[0])
  })

  it('an ES256 signature in DER', async () => {
    const whole = await signed(ec.signer)
    const der = jws((value) => {
      const raw = Buffer.from(value.slice(value.lastIndexOf('.') + 1), 'base64url')
      const number = (bytes: Buffer) => {
        let at = 0
        while (at < 31 && bytes[at] === 0) at += 1
        const digits = bytes[at]! & 0x80 ? Buffer.concat([Buffer.of(0), bytes.subarray(at)]) : bytes.subarray(at)
        return Buffer.concat([Buffer.of(2, digits.length), digits])
      }
      const both = Buffer.concat([number(raw.subarray(0, 32)), number(raw.subarray(32))])
      return `${value.slice(0, value.lastIndexOf('.') + 1)}${Buffer.concat([Buffer.of(0x30, both.length), both]).toString('base64url')}`
    })(whole)
    expect(debug(der)).toMatchObject({ first: { id: 'signature-form', where: 'signing string' }, differences: [{}] })
  })
})
