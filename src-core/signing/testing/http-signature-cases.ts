/** Requests and profiles that the tests of HTTP signatures share. */
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import { httpSignature } from '../http-signature.ts'
import type { Header, RequestSigner, SigningRequest } from '../signing-scheme.ts'
import type { ReceivedRequest } from './verify-signature.ts'

export const now = new Date('2019-12-18T11:25:59.900Z')
export const requestId: Header = ['X-Request-ID', '9b45fa6c-ff61-4e73-aec8-5e805388ce7f']

/** As the document of Salt Edge has it. */
export const oneLine: HttpSignatureProfile = {
  scheme: 'http-signature',
  algorithms: ['rsa-sha256', 'ecdsa-sha256'],
  keyId: 'serial-issuer-one-line',
  signedHeaders: ['digest', 'date', 'x-request-id'],
  whenPresent: [],
  prefix: 'Signature ',
  digest: 'SHA-256',
  certificate: { header: 'TPP-Signature-Certificate', form: 'base64-pem' },
  nonAscii: 'refuse',
}
/** As the document of SpareBank 1 has it. */
export const rfc2253: HttpSignatureProfile = {
  ...oneLine,
  keyId: 'serial-issuer-rfc2253',
  signedHeaders: ['date', 'digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
  whenPresent: ['psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
  prefix: '',
  digest: 'SHA-512',
  certificate: { header: 'TPP-Signature-Certificate', form: 'base64-der' },
  nonAscii: 'rfc2047',
}

export const post = (body: string | null, ...headers: Header[]): SigningRequest => ({
  method: 'POST',
  url: new URL('https://bank.example/v1/payments?a=b'),
  headers: [requestId, ...headers],
  body: body === null ? null : Buffer.from(body),
})

/** What a server gets of a signed request. */
export async function received(request: SigningRequest, profile: HttpSignatureProfile, signer: RequestSigner) {
  const { headers, trace } = await httpSignature(profile).sign(request, signer, now)
  const target = `${request.url.pathname}${request.url.search}`
  const arrived: ReceivedRequest = {
    method: request.method,
    target,
    headers: [...request.headers, ...headers],
    body: Buffer.from(request.body ?? ''),
  }
  return { arrived, trace: trace!, value: (name: string) => headers.find(([other]) => other === name)?.[1] }
}
