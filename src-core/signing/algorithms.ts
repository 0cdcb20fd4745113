/** The algorithms requests are signed with, and which of those a bank takes a key can do. */
import { X509Certificate } from 'node:crypto'
import { Fault } from '#shared/fault.ts'
import type { RequestSigner } from './signing-scheme.ts'

interface Algorithm {
  readonly key: 'RSA' | 'EC'
  /** The only curve; left out: any. */
  readonly curve?: string
  readonly hash: 'sha256' | 'sha512'
  readonly padding?: 'pkcs1' | 'pss'
}

/** Neither an HMAC nor "none" is here, so no profile can ask for one. */
const algorithms = {
  'rsa-sha256': { key: 'RSA', hash: 'sha256', padding: 'pkcs1' },
  'rsa-sha512': { key: 'RSA', hash: 'sha512', padding: 'pkcs1' },
  'ecdsa-sha256': { key: 'EC', hash: 'sha256' },
  // RFC 7518 sections 3.3 to 3.5.
  RS256: { key: 'RSA', hash: 'sha256', padding: 'pkcs1' },
  PS256: { key: 'RSA', hash: 'sha256', padding: 'pss' },
  ES256: { key: 'EC', curve: 'P-256', hash: 'sha256' },
} as const satisfies Record<string, Algorithm>

export type AlgorithmName = keyof typeof algorithms

const typeWords = ({ key, curve }: Algorithm): string => (curve === undefined ? key : `${key} on ${curve}`)

/** RFC 7518 section 3.3; the same floor for every scheme. */
const leastBits = 2048

/**
 * The first algorithm of a bank's list that the key can do.
 * @throws Fault KEY_WEAK, KEY_UNSUITABLE when there is none
 */
export function chooseAlgorithm<Name extends AlgorithmName>(names: readonly Name[], signer: RequestSigner): Name {
  requireStrength(signer)
  const found = names.find((name) => {
    const { key, curve }: Algorithm = algorithms[name]
    return key === signer.algorithm && (curve === undefined || curve === signer.curve)
  })
  if (found !== undefined) return found
  const has = signer.algorithm === 'RSA' ? 'RSA' : `EC on ${signer.curve ?? 'an unknown curve'}`
  const wanted = [...new Set(names.map((name) => typeWords(algorithms[name])))]
  const message = `The bank takes signatures by ${names.join(', ')}, which this identity's key (${has}) cannot make, so nothing was signed or sent. Choose an identity with a key of type ${wanted.join(' or ')}, or make one in Keys.`
  throw new Fault('KEY_UNSUITABLE', message, { algorithms: [...names], key: has })
}

/** The certificate looked at last: a run signs with one, and to take it apart costs a quarter of what signing does. */
let looked: { readonly pem: string; readonly bits: number } | null = null

function bitsOf(pem: string): number {
  if (looked?.pem === pem) return looked.bits
  const bits = new X509Certificate(pem).publicKey.asymmetricKeyDetails?.modulusLength ?? 0
  looked = { pem, bits }
  return bits
}

function requireStrength({ algorithm, certificatePem }: RequestSigner): void {
  if (algorithm !== 'RSA') return
  const bits = bitsOf(certificatePem)
  if (bits >= leastBits) return
  const message = `Nothing was signed: the RSA key has ${bits} bits, and one of less than ${leastBits} is too weak to sign with.`
  throw new Fault('KEY_WEAK', message, { bits })
}

/** @returns the signature as the signer makes it: for EC in DER. */
export function signBy(name: AlgorithmName, data: Uint8Array, signer: RequestSigner): Promise<Buffer> {
  const { hash, padding }: Algorithm = algorithms[name]
  return signer.sign(hash, data, padding)
}
