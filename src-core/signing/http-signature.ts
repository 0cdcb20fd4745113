/** Signs requests by draft-cavage-http-signatures-10, in the variants banks ask for. */
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import { chooseAlgorithm, signBy } from './algorithms.ts'
import { completeHeaders, headersByHand } from './complete-headers.ts'
import { asciiTreatment } from './encoded-word.ts'
import { keyIdRecipe } from './key-id.ts'
import { certificateForms } from './signing-certificate.ts'
import type { Header, SigningScheme } from './signing-scheme.ts'
import { signingString } from './signing-string.ts'

export function httpSignature(profile: HttpSignatureProfile): SigningScheme {
  const keyIdOf = keyIdRecipe(profile.keyId)
  const treat = asciiTreatment(profile.nonAscii)
  const certificate = certificateForms[profile.certificate.form]
  const own = ['Digest', 'Date', profile.certificate.header, 'Signature']
  return {
    signs: true,
    async sign(request, signer, now) {
      const { added, names, request: completed, ...digest } = completeHeaders(request, profile, now)
      const algorithm = chooseAlgorithm(profile.algorithms, signer)
      const keyId = keyIdOf(signer)
      const text = signingString(names, completed)
      // The bytes of the wire: a header is sent as Latin-1.
      const signature = await signBy(algorithm, Buffer.from(text, 'latin1'), signer)
      const parameters = `keyId="${keyId}",algorithm="${algorithm}",headers="${names.join(' ')}",signature="${signature.toString('base64')}"`
      const plain = `${profile.prefix}${parameters}`
      const value = treat(plain)
      const byHand = headersByHand(request, own)
      const made: Header[] = [
        [profile.certificate.header, certificate(signer)],
        ['Signature', value],
      ]
      return {
        headers: [...added, ...made.filter(([name]) => !byHand.includes(name.toLowerCase()))],
        trace: {
          algorithm,
          keyId,
          signedHeaders: names,
          signingString: text,
          ...digest,
          byHand,
          wrapped: value !== plain,
          protectedHeader: null,
        },
      }
    },
  }
}
