/** The fields of a request as a bank read them, for its log: whole, but for what would open something. */
import type { IncomingHttpHeaders } from 'node:http'

/** Fields that are secret as a whole; of credentials the scheme is kept. */
const secret = /cookie|token|secret|password|^(x-api-key|psu-id)$/

const size = (text: string): string => `[taken out: ${text.length} characters]`

function shown(name: string, value: string): string {
  if (secret.test(name)) return size(value)
  if (!name.includes('authorization')) return value
  const scheme = /^[A-Za-z][A-Za-z0-9-]*(?= )/.exec(value)?.[0] ?? ''
  return scheme === '' ? size(value) : `${scheme} ${size(value.slice(scheme.length + 1))}`
}

/** Characters as the wire's bytes read as UTF-8, where they are that: a name with an Å is to be seen as such. */
function readable(value: string): string {
  const decoded = Buffer.from(value, 'latin1').toString('utf8')
  return decoded.includes('\u{fffd}') ? value : decoded
}

/** @returns names in lower case; a field that came several times stands once for each. */
export function seenHeaders(headers: IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, shown(name, readable(each))]),
  )
}
