/** Holds the list of signed headers against the headers that were sent. */
import type { Exchange } from '#shared/contract/exchange.ts'

type Headers = Exchange['request']['headers']
export type SignatureTrace = NonNullable<Exchange['signature']>

export interface SignedHeader {
  readonly name: string
  /** As it stands in the signing string; null when the string has no such line. */
  readonly signed: string | null
  /** As it went over the wire; null when no such header did. */
  readonly sent: string | null
  /** `derived`: made from method, target or host, not from a header. */
  readonly state: 'same' | 'differs' | 'absent' | 'derived'
}

/** Names that need no header of the request: the target (draft-cavage-10 section 2.3) and what the connection writes. */
const derived = new Set(['(request-target)', 'host'])

/** The bytes before the first line: the protected header of a JWS (RFC 7797 section 3); empty for other schemes. */
export function inputPrefix({ protectedHeader, signingString }: SignatureTrace): string {
  return protectedHeader === null ? '' : signingString.slice(0, signingString.indexOf('.') + 1)
}

/** Lines of the signing string without that prefix. */
export const signedLines = (trace: SignatureTrace): readonly string[] =>
  trace.signingString.slice(inputPrefix(trace).length).split('\n')

const isFor = (line: string, name: string): boolean => line.startsWith(`${name}:`)

function sentValue(headers: Headers, name: string): string | null {
  const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value.trim())
  return values.length === 0 ? null : values.join(', ')
}

export function signedHeaders(trace: SignatureTrace, headers: Headers): readonly SignedHeader[] {
  const lines = signedLines(trace)
  return trace.signedHeaders.map((name) => {
    const line = lines.find((each) => isFor(each, name))
    const signed = line === undefined ? null : line.slice(name.length + 1).replace(/^ /, '')
    const sent = sentValue(headers, name)
    if (sent === null) return { name, signed, sent, state: derived.has(name) ? 'derived' : 'absent' }
    return { name, signed, sent, state: sent === signed ? 'same' : 'differs' }
  })
}

/** Headers that were sent and that the signature does not cover, in the order sent. */
export function uncoveredHeaders(trace: SignatureTrace, headers: Headers): readonly string[] {
  return headers.map(([name]) => name).filter((name) => !trace.signedHeaders.includes(name.toLowerCase()))
}
