/** Writes the lines a signature covers, as draft-cavage-http-signatures-10 section 2.3 has them; JAdES HttpHeaders takes them over. */
import { Fault } from '#shared/fault.ts'
import type { Header, SigningRequest } from './signing-scheme.ts'

/** Printable Latin-1, the bytes a header can carry (RFC 9110 section 5.5). */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Refuses, by name, a value that would not arrive as it was signed. @throws Fault HEADER_INVALID */
export function requireFieldValue(name: string, value: string): void {
  if (fieldValue.test(value)) return
  const what = /[\r\n]/.test(value)
    ? 'a line break'
    : /\p{Cc}/u.test(value)
      ? 'a control character'
      : 'a character outside Latin-1'
  const message = `The header ${name} holds ${what}, which HTTP cannot carry, so nothing was signed. Remove it or encode the value.`
  throw new Fault('HEADER_INVALID', message, { header: name })
}

/** The value of a header as it is signed: outer white space gone, several of one name joined. Null when there is none. */
export function headerValue(headers: readonly Header[], name: string): string | null {
  const values = headers
    .filter(([other]) => other.toLowerCase() === name)
    .map(([, value]) => value.replace(/^[ \t]+|[ \t]+$/g, ''))
  return values.length === 0 ? null : values.join(', ')
}

/** What stands behind a name that need not be a header of the request. */
const derived: Record<string, (request: SigningRequest) => string> = {
  '(request-target)': ({ method, url }) => `${method.toLowerCase()} ${url.pathname}${url.search}`,
  host: ({ url }) => url.host,
}

/**
 * Lines in the order of `names`, LF between them and none at the end.
 * @param names lower case. @throws Fault HEADER_INVALID, PARAMETER_MISSING for a name the request has no header for
 */
export function signingString(names: readonly string[], request: SigningRequest): string {
  return names
    .map((name) => {
      const value = headerValue(request.headers, name) ?? derived[name]?.(request)
      if (value === undefined) throw missing(name)
      requireFieldValue(name, value)
      return `${name}: ${value}`
    })
    .join('\n')
}

const missing = (name: string): Fault =>
  new Fault(
    'PARAMETER_MISSING',
    `The bank wants the header ${name} to be signed and the request has none, so nothing was signed. Set it.`,
    { header: name },
  )
