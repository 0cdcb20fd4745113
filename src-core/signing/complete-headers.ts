/** Completes a request by the headers that a signature covers and that are made with it: Digest and Date. */
import { type DigestAlgorithm, digestOf } from './digest.ts'
import type { Header, SigningRequest } from './signing-scheme.ts'
import { headerValue, requireFieldValue } from './signing-string.ts'

export interface CoverageProfile {
  readonly signedHeaders: readonly string[]
  readonly whenPresent: readonly string[]
  readonly digest: DigestAlgorithm
}

/** A request that can be signed, and what was done to it. */
export interface CompletedRequest {
  /** The request with the headers of `added` behind its own. */
  readonly request: SigningRequest
  readonly added: readonly Header[]
  /** Names to sign, lower case, in order. */
  readonly names: readonly string[]
  readonly digest: string | null
  readonly digestOfBody: string
  readonly digestInput: number
}

/** Adds only what is missing: what somebody set by hand is kept, also a wrong digest. @throws Fault HEADER_INVALID */
export function completeHeaders(request: SigningRequest, profile: CoverageProfile, now: Date): CompletedRequest {
  for (const [name, value] of request.headers) requireFieldValue(name, value)
  const has = (name: string): boolean => headerValue(request.headers, name) !== null
  const names = profile.signedHeaders.filter((name) => !profile.whenPresent.includes(name) || has(name))
  const digestOfBody = digestOf(profile.digest, request.body)
  const made: Header[] = [
    ['Digest', digestOfBody],
    // IMF-fixdate (RFC 9110 section 5.6.7).
    ['Date', now.toUTCString()],
  ]
  const added = made.filter(([name]) => names.includes(name.toLowerCase()) && !has(name.toLowerCase()))
  const completed = { ...request, headers: [...request.headers, ...added] }
  return {
    request: completed,
    added,
    names,
    digest: headerValue(completed.headers, 'digest'),
    digestOfBody,
    digestInput: request.body?.length ?? 0,
  }
}

/** Those of a scheme's headers that the request has already; lower case. */
export const headersByHand = ({ headers }: SigningRequest, own: readonly string[]): string[] =>
  own.map((name) => name.toLowerCase()).filter((name) => headerValue(headers, name) !== null)
