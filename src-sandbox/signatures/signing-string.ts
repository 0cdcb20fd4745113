/** The text a signature covers, put together from the request as it arrived (draft-cavage-http-signatures-10 section 2.3). */
import type { Received } from '#sandbox/net/answer.ts'

export type SigningString = { readonly text: string } | { readonly absent: string }

function sentValue(received: Received, name: string): string | undefined {
  if (name === '(request-target)') return `${received.method.toLowerCase()} ${received.target}`
  const value = received.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** @returns the text with one character per byte of the wire, or the listed header that the request does not have. */
export function signingStringOf(received: Received, names: readonly string[]): SigningString {
  const lines: string[] = []
  for (const name of names) {
    const value = sentValue(received, name)
    if (value === undefined) return { absent: name }
    lines.push(`${name}: ${value.trim()}`)
  }
  return { text: lines.join('\n') }
}

/** As people read it: the bytes as UTF-8 where they are that. */
export function readable(text: string): string {
  const decoded = Buffer.from(text, 'latin1').toString('utf8')
  return decoded.includes('�') ? text : decoded
}
