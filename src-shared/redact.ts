/** Takes secrets out of what is shown, kept or exported, leaving every other byte as it was. */

/** What stands where a secret stood. */
export const redacted = '[redacted]'

/** Header fields whose whole value is a secret. */
const secretHeaders = new Set(['cookie', 'set-cookie', 'proxy-authorization', 'psu-id', 'x-api-key'])

/** Names that hold a secret wherever they stand: JSON members, form fields, query parameters. */
const secretNames = [
  'access_token',
  'refresh_token',
  'id_token',
  'accessToken',
  'refreshToken',
  'client_secret',
  'client_assertion',
  'code_verifier',
  'password',
  'passphrase',
  'ssn',
  'personalNumber',
  'nationalIdentityNumber',
]

/** Secret as a form field or query parameter, but the bank's error code as a JSON member. */
const secretFieldNames = new Set([...secretNames, 'code', 'state'])

const names = secretNames.join('|')
const jsonMember = new RegExp(`("(?:${names})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi')
const jsonWebToken = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9\-._~+/]{6,}=*/gi

/** Masks every occurrence of the given values; values shorter than 6 characters would mask by accident and are passed over. */
function maskValues(text: string, values: readonly string[]): string {
  let masked = text
  for (const value of values) {
    if (value.length >= 6) masked = masked.replaceAll(value, redacted)
  }
  return masked
}

/** Text of any kind: JSON members by name, tokens by their form, and the given values. */
export function redactText(text: string, values: readonly string[] = []): string {
  return maskValues(text, values)
    .replace(jsonMember, `$1"${redacted}"`)
    .replace(jsonWebToken, redacted)
    .replace(bearer, `$1 ${redacted}`)
}

/** `application/x-www-form-urlencoded` text: secret fields keep their name. */
export function redactForm(form: string, values: readonly string[] = []): string {
  return form
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 0) return pair
      const name = decodeURIComponentSafely(pair.slice(0, equals))
      return secretFieldNames.has(name) ? `${pair.slice(0, equals)}=${redacted}` : maskValues(pair, values)
    })
    .join('&')
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function redactUrl(url: string, values: readonly string[] = []): string {
  const query = url.indexOf('?')
  if (query < 0) return maskValues(url, values)
  const hash = url.indexOf('#', query)
  const end = hash < 0 ? url.length : hash
  return `${maskValues(url.slice(0, query), values)}?${redactForm(url.slice(query + 1, end), values)}${hash < 0 ? '' : `#${redacted}`}`
}

/** Header pairs; `Authorization` keeps its scheme, `Location` its address. */
export function redactHeaders(
  headers: readonly (readonly [string, string])[],
  values: readonly string[] = [],
): [string, string][] {
  return headers.map(([name, value]) => {
    const field = name.toLowerCase()
    if (secretHeaders.has(field)) return [name, redacted]
    if (field === 'authorization') return [name, value.replace(/^(\S+)\s.*$/s, `$1 ${redacted}`)]
    if (field === 'location') return [name, redactUrl(value, values)]
    return [name, redactText(value, values)]
  })
}

/** A body by its content type. */
export function redactBody(body: string, contentType: string, values: readonly string[] = []): string {
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return redactForm(body, values)
  return redactText(body, values)
}
