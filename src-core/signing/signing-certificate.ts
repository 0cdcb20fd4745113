/** The signing certificate in the forms in which it travels with a signature. */
import { hash, X509Certificate } from 'node:crypto'
import type { DetachedJwsProfile, HttpSignatureProfile } from '#shared/signing-profile.ts'
import type { RequestSigner } from './signing-scheme.ts'

const derOf = (pem: string): Buffer => new X509Certificate(pem).raw

/** Standard base64 without line feeds. PEM is hashed and sent with the line feed it ends in. */
export const certificateForms: Record<HttpSignatureProfile['certificate']['form'], (signer: RequestSigner) => string> =
  {
    'base64-der': ({ certificatePem }) => derOf(certificatePem).toString('base64'),
    'base64-pem': ({ certificatePem }) => Buffer.from(certificatePem, 'latin1').toString('base64'),
  }

/** RFC 7515 sections 4.1.6 and 4.1.8. A root is left out of x5c: who does not hold it would not trust it either. */
export const certificateParameters: Record<
  DetachedJwsProfile['certificate'][number],
  (signer: RequestSigner) => unknown
> = {
  x5c: ({ certificatePem, chainPem = [] }) => [
    derOf(certificatePem).toString('base64'),
    ...chainPem
      .map((pem) => new X509Certificate(pem))
      .filter((certificate) => certificate.subject !== certificate.issuer)
      .map((certificate) => certificate.raw.toString('base64')),
  ],
  'x5t#S256': ({ certificatePem }) => hash('sha256', derOf(certificatePem), 'base64url'),
}
