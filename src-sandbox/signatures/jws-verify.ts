/** The cryptography of a JWS: which keys an algorithm of RFC 7518 takes, and whether a signature is one of them. */
import { constants, type KeyObject, verify } from 'node:crypto'

interface Algorithm {
  fits(key: KeyObject): boolean
  verifies(key: KeyObject, input: Buffer, signature: Buffer): boolean
}

const isRsa = (key: KeyObject): boolean =>
  key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048

export const jwsAlgorithms: Readonly<Record<string, Algorithm>> = {
  RS256: {
    fits: isRsa,
    verifies: (key, input, signature) =>
      verify('sha256', input, { key, padding: constants.RSA_PKCS1_PADDING }, signature),
  },
  PS256: {
    fits: isRsa,
    // RFC 7518 section 3.5: the salt is as long as the hash.
    verifies: (key, input, signature) =>
      verify('sha256', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, signature),
  },
  ES256: {
    fits: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1',
    // RFC 7518 section 3.4: two numbers of 32 bytes side by side, not DER.
    verifies: (key, input, signature) =>
      signature.length === 64 && verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature),
  },
}
