/** Verifies a signature over the request as it was sent and, where it does not, says what was signed instead. */
import type { KeyObject, X509Certificate } from 'node:crypto'
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import { redacted } from '#shared/redacted.ts'
import type { DebugRequest, Findings } from './debug-request.ts'
import { type Line, type Signed, signedInstead } from './find-signed-text.ts'
import { signedValue } from './judge-header-list.ts'
import { algorithmsOf, fitsKey, verifies } from './verify-bytes.ts'

export type Verification = SignatureReport['verification']

/** null where the request has no value for a name. */
export function linesOf(request: DebugRequest, names: readonly string[]): Line[] | null {
  const lines = names.map((name) => ({ name, value: signedValue(request, name) }))
  return lines.every((line): line is Line => line.value !== null) ? lines : null
}

export const textOf = (lines: readonly Line[]): string => lines.map(({ name, value }) => `${name}: ${value}`).join('\n')

export interface ToVerify extends Omit<Signed, 'lines'> {
  readonly names: readonly string[]
  readonly algorithm: string | null
  /** Other names of the scheme, to tell a wrong word from a wrong text. */
  readonly family: readonly string[]
  readonly signature: Uint8Array | null
  readonly certificate: X509Certificate | null
  /** Another certificate whose key may have been used. */
  readonly other: X509Certificate | null
  /** The signature in another encoding it may be in. */
  readonly reencoded?: { readonly signature: Uint8Array; readonly message: string } | undefined
}

const notPossible = (reason: string): Verification => ({ verdict: 'not-possible', reason })
const place = 'signing string'

function obstacle({ request, names, signature, certificate, algorithm }: ToVerify): Verification | null {
  if (signature === null) return notPossible('There is no signature that could be read.')
  if (certificate === null) return notPossible('There is no certificate to verify it with.')
  if (algorithm === null) return notPossible('No algorithm is named.')
  const masked = names.find((name) => signedValue(request, name)?.includes(redacted))
  if (masked !== undefined)
    return notPossible(
      `The value of ${masked} is not kept, because it names a customer or is a secret, so what was signed is not known here.`,
    )
  return null
}

/** Tells why, by trying; nothing is claimed that did not verify. */
function explainFailure(
  given: ToVerify,
  lines: readonly Line[],
  key: KeyObject,
  signature: Uint8Array,
  findings: Findings,
): string {
  const algorithm = given.algorithm ?? ''
  const data = Buffer.from(`${given.before}${textOf(lines)}`, 'latin1')
  const use = fitsKey(algorithm, key) ? algorithm : (algorithmsOf(key, given.family)[0] ?? algorithm)
  const say = (id: Parameters<Findings['add']>[0], message: string): string => {
    findings.add(id, place, message)
    return message
  }
  const word = algorithmsOf(key, given.family).find((name) => verifies(name, data, key, signature))
  if (word !== undefined) return say('algorithm-word', `The signature was made by ${word}, not by ${algorithm}.`)
  const { reencoded, other } = given
  if (reencoded !== undefined && verifies(use, data, key, reencoded.signature))
    return say('signature-form', reencoded.message)
  if (other !== null && verifies(use, data, other.publicKey, signature))
    return say(
      'other-key',
      "The signature was made with the identity's key, and the request carries another certificate.",
    )
  for (const { id, message, bytes } of signedInstead({ ...given, lines }))
    if (verifies(use, bytes, key, signature)) return say(id, message)
  return say(
    'not-verifying',
    'The signature does not verify over the signing string with the key of the certificate: another key signed, or a header or the body was changed afterwards.',
  )
}

export function verifySignature(given: ToVerify, findings: Findings): Verification {
  const stopped = obstacle(given)
  if (stopped !== null) return stopped
  const { request, names, signature, certificate, algorithm, before } = given
  const lines = linesOf(request, names)
  if (lines === null) return notPossible('A header that is listed was not sent, so there is no signing string.')
  if (signature === null || certificate === null || algorithm === null)
    return notPossible('There is nothing to verify.')
  const key = certificate.publicKey
  if (verifies(algorithm, Buffer.from(`${before}${textOf(lines)}`, 'latin1'), key, signature))
    return {
      verdict: 'verifies',
      reason: 'The signature verifies over the signing string with the key of the certificate.',
    }
  const reason = explainFailure(given, lines, key, signature, findings)
  return { verdict: 'does-not-verify', reason }
}
