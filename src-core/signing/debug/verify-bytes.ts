/** Verifies signatures by every algorithm the profiles know. */
import { constants, type KeyObject, verify } from 'node:crypto'

interface Way {
  readonly type: 'rsa' | 'ec'
  readonly curve?: string
  readonly hash: 'sha256' | 'sha512'
  readonly options: object
}

const pkcs1 = { padding: constants.RSA_PKCS1_PADDING }
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
const joined = { dsaEncoding: 'ieee-p1363' }

/** draft-cavage-10 section 5 and RFC 7518 section 3.1. */
const ways: Readonly<Record<string, Way>> = {
  'rsa-sha256': { type: 'rsa', hash: 'sha256', options: pkcs1 },
  'rsa-sha512': { type: 'rsa', hash: 'sha512', options: pkcs1 },
  'ecdsa-sha256': { type: 'ec', hash: 'sha256', options: {} },
  RS256: { type: 'rsa', hash: 'sha256', options: pkcs1 },
  PS256: { type: 'rsa', hash: 'sha256', options: pss },
  ES256: { type: 'ec', curve: 'prime256v1', hash: 'sha256', options: joined },
}

export const isKnown = (algorithm: string): boolean => Object.hasOwn(ways, algorithm)

export function fitsKey(algorithm: string, key: KeyObject): boolean {
  const way = Object.hasOwn(ways, algorithm) ? ways[algorithm] : undefined
  if (way === undefined || way.type !== key.asymmetricKeyType) return false
  return way.curve === undefined || way.curve === key.asymmetricKeyDetails?.namedCurve
}

/** false also for what cannot be verified at all. */
export function verifies(algorithm: string, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  const way = Object.hasOwn(ways, algorithm) ? ways[algorithm] : undefined
  if (way === undefined || way.type !== key.asymmetricKeyType) return false
  try {
    return verify(way.hash, data, { key, ...way.options }, signature)
  } catch {
    return false
  }
}

/** Names of algorithms of the same family that a key can do. */
export const algorithmsOf = (key: KeyObject, family: readonly string[]): string[] =>
  family.filter((name) => fitsKey(name, key))

export const describeKey = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string =>
  asymmetricKeyType === 'rsa'
    ? `RSA ${asymmetricKeyDetails?.modulusLength ?? ''}`.trim()
    : `${asymmetricKeyType === 'ec' ? 'EC' : asymmetricKeyType} ${asymmetricKeyDetails?.namedCurve ?? ''}`.trim()
