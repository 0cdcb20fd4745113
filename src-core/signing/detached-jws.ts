/** Signs requests by a detached JWS (RFC 7515 appendix F, RFC 7797) over headers, as the HttpHeaders mechanism of JAdES names them. */
import type { DetachedJwsProfile } from '#shared/signing-profile.ts'
import { chooseAlgorithm, signBy } from './algorithms.ts'
import { completeHeaders, headersByHand } from './complete-headers.ts'
import { ecdsaConcatenation } from './ecdsa-form.ts'
import { certificateParameters } from './signing-certificate.ts'
import type { RequestSigner, SigningScheme } from './signing-scheme.ts'
import { signingString } from './signing-string.ts'

/** ETSI TS 119 182-1 section 5.2.8.2. */
const httpHeaders = 'http://uri.etsi.org/19182/HttpHeaders'

const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')

/** The JWS Signing Input of an unencoded payload (RFC 7797 section 3). */
export const unencodedSigningInput = (protectedHeader: string, payload: string): string =>
  `${base64url(protectedHeader)}.${payload}`

/** Bytes of one number of ES256, the only algorithm with a curve. */
const numberSize = 32

/** @param input Latin-1. @returns the third part of the compact serialisation. */
export async function jwsSignature(
  algorithm: DetachedJwsProfile['algorithms'][number],
  input: string,
  signer: RequestSigner,
): Promise<string> {
  const signature = await signBy(algorithm, Buffer.from(input, 'latin1'), signer)
  return base64url(signer.algorithm === 'EC' ? ecdsaConcatenation(signature, numberSize) : signature)
}

export function detachedJws(profile: DetachedJwsProfile): SigningScheme {
  const coverage = { ...profile, whenPresent: [] }
  const certificates = profile.certificate.map((name) => [name, certificateParameters[name]] as const)
  const own = ['Digest', 'Date', profile.header]
  return {
    signs: true,
    async sign(request, signer, now) {
      const { added, names, request: completed, ...digest } = completeHeaders(request, coverage, now)
      const algorithm = chooseAlgorithm(profile.algorithms, signer)
      const seconds = Math.floor(now.getTime() / 1000)
      const protectedHeader = JSON.stringify({
        alg: algorithm,
        b64: false,
        crit: ['sigT', 'sigD', 'b64'],
        ...Object.fromEntries(certificates.map(([name, make]) => [name, make(signer)])),
        // Editions of JAdES up to 1.1 read sigT, later ones iat; who does not know iat passes over it.
        sigT: new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'),
        iat: seconds,
        sigD: { pars: names, mId: httpHeaders },
      })
      const input = unencodedSigningInput(protectedHeader, signingString(names, completed))
      const signature = await jwsSignature(algorithm, input, signer)
      const byHand = headersByHand(request, own)
      const value = `${base64url(protectedHeader)}..${signature}`
      return {
        headers: byHand.includes(profile.header.toLowerCase()) ? added : [...added, [profile.header, value]],
        trace: {
          algorithm,
          keyId: null,
          signedHeaders: names,
          signingString: input,
          ...digest,
          byHand,
          wrapped: false,
          protectedHeader,
        },
      }
    },
  }
}
