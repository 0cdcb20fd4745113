/** Takes secrets out of what is shown, kept or exported, leaving every other byte as it was. */
import { redactJsonMembers } from './redact-json.ts'
import { fieldNames, maskMarkedText, noMarks } from './redact-marked.ts'
import { redacted } from './redacted.ts'

/** Header fields whose whole value is a secret. */
const secretHeaders = new Set(['cookie', 'set-cookie', 'proxy-authorization', 'psu-id', 'x-api-key'])

/** Names that hold a secret wherever they stand: JSON members, form fields, query parameters, headers. */
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
  'nationalConsumerIdentifier',
  'msisdn',
  // Berlin Group, NextGenPSD2: what a customer types to authorise.
  'scaAuthenticationData',
  'confirmationCode',
]

const lowerCaseNames = new Set(secretNames.map((name) => name.toLowerCase()))

/** Secret as a form field or query parameter, but the bank's error code as a JSON member. */
const secretFieldNames = new Set([...lowerCaseNames, 'code', 'state'])

const names = secretNames.join('|')
const memberNames = `${names}|cookie|set-cookie`
/** A JSON document that stands as a string in another one. */
const escapedMember = new RegExp(`((\\\\{1,64})"(?:${memberNames})\\2"\\s*:\\s*\\2")[^"\\\\]*`, 'gi')
/** `name=value` as in a query, and `name: 'value'` as a program prints an object. */
const field = new RegExp(`(?<![\\w-])((?:${names})=)(?!\\[)[^\\s&"'<>#;,\\\\]+`, 'gi')
const printed = new RegExp(`(?<![\\w"-])((?:${names}): )(?:'[^'\\r\\n]*'|"[^"\\r\\n]*")`, 'gi')
/** A redirect that stands in text. */
const codeInUrl = /((?:^|[?&])(?:code|state)=)(?!\[)[^\s&"'<>#\\]+/gi
const headerLine = /\b((?:Set-)?Cookie: )(?!\[)[^\r\n"]+/gi
const credentials = /\b([a-z][a-z0-9+.-]{0,31}:\/\/)[^\s/?#@"'<>]+@/gi
/** What may hold a token: looked at once from its beginning, because a bank may send megabytes of it. */
const tokenRun = /(?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]*eyJ[A-Za-z0-9_.-]*/g
const tokenHeader = /(?<!\w)eyJ[A-Za-z0-9_-]{8}/
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9\-._~+/]{6,}=*/gi

function attempt(work: (text: string) => string, text: string): string {
  try {
    return work(text)
  } catch {
    return text
  }
}

/** How a value may be spelled: plain, percent-encoded, as part of a JSON string. */
function spellings(value: string): string[] {
  return [value, attempt(encodeURIComponent, value), JSON.stringify(value).slice(1, -1)]
}

/** Masks every occurrence of the given values; values shorter than 6 characters would mask by accident and are passed over. */
function maskValues(text: string, values: readonly string[]): string {
  let masked = text
  for (const value of spelled(values)) masked = masked.replaceAll(value, redacted)
  return masked
}

/** Of lists that cannot change any more: every header of a call comes with the same one. */
const known = new WeakMap<readonly string[], readonly string[]>()

/** The longest first, or a part of it would be masked and the rest stay. */
function spelled(values: readonly string[]): readonly string[] {
  const before = known.get(values)
  if (before !== undefined) return before
  const made = new Set(values.filter((value) => value.length >= 6).flatMap(spellings))
  const sorted = [...made].sort((a, b) => b.length - a.length)
  if (Object.isFrozen(values)) known.set(values, sorted)
  return sorted
}

/** JWS and JWE, compact: three to five parts (RFC 7515 section 3.1, RFC 7516 section 3.1). */
function maskJsonWebTokens(run: string): string {
  const parts = run.split('.')
  const masked: string[] = []
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index]!
    const start = part.search(tokenHeader)
    const isToken = start >= 0 && index + 2 < parts.length && parts[index + 1]!.length >= 8
    masked.push(isToken ? `${part.slice(0, start)}${redacted}` : part)
    if (isToken) index += Math.min(4, parts.length - 1 - index)
  }
  return masked.join('.')
}

/** What is a secret by its form or by the given values. */
const maskTokens = (text: string, values: readonly string[]): string =>
  maskValues(text, values).replace(tokenRun, maskJsonWebTokens)

/** Each of the forms below has one of these in it; most headers have none. */
const telltale = /[=:"]|eyJ|bearer|basic/i

/**
 * Text of any kind: JSON members and fields by name, tokens by their form, and the given values.
 * @param marks names that are secret besides, in this text
 */
export function redactText(text: string, values: readonly string[] = [], marks: readonly string[] = noMarks): string {
  const unmarked = marks.length === 0 ? text : maskMarkedText(text, marks)
  if (!telltale.test(unmarked)) return maskValues(unmarked, values)
  return maskTokens(redactJsonMembers(unmarked, memberNames), values)
    .replace(escapedMember, `$1${redacted}`)
    .replace(field, `$1${redacted}`)
    .replace(printed, `$1'${redacted}'`)
    .replace(codeInUrl, `$1${redacted}`)
    .replace(headerLine, `$1${redacted}`)
    .replace(credentials, `$1${redacted}@`)
    .replace(bearer, `$1 ${redacted}`)
}

/** `application/x-www-form-urlencoded` text: secret fields keep their name. */
export function redactForm(form: string, values: readonly string[] = [], marks: readonly string[] = noMarks): string {
  const marked = fieldNames(marks)
  return form
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 0) return maskTokens(pair, values)
      const name = attempt(decodeURIComponent, pair.slice(0, equals)).toLowerCase()
      const isSecret = secretFieldNames.has(name) || marked.has(name)
      return isSecret ? `${pair.slice(0, equals)}=${redacted}` : maskTokens(pair, values)
    })
    .join('&')
}

/** Secret values a form names: what an answer may repeat in its own words. */
export function formSecrets(form: string, marks: readonly string[] = noMarks): string[] {
  const marked = fieldNames(marks)
  return form.split('&').flatMap((pair) => {
    const [name = '', value = ''] = pair
      .split('=', 2)
      .map((part) => attempt(decodeURIComponent, part.replaceAll('+', ' ')))
    const field = name.toLowerCase()
    return (secretFieldNames.has(field) || marked.has(field)) && value !== '' ? [value] : []
  })
}

/** Query and fragment are fields; a fragment carries tokens in OAuth's implicit flow. */
export function redactUrl(url: string, values: readonly string[] = [], marks: readonly string[] = noMarks): string {
  const [, before = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(url) ?? [url, url]
  const masked = maskTokens(before, values).replace(credentials, `$1${redacted}@`)
  const fields = (mark: string, form: string | undefined) =>
    form === undefined ? '' : `${mark}${redactForm(form, values, marks)}`
  return `${masked}${fields('?', query)}${fields('#', fragment)}`
}

/** Header pairs; `Authorization` keeps its scheme, `Location` its address. */
export function redactHeaders(
  headers: readonly (readonly [string, string])[],
  values: readonly string[] = [],
  marks: readonly string[] = noMarks,
): [string, string][] {
  const marked = fieldNames(marks)
  return headers.map(([name, value]) => {
    const field = name.toLowerCase()
    if (secretHeaders.has(field) || lowerCaseNames.has(field) || marked.has(field)) return [name, redacted]
    if (field === 'authorization')
      return [name, value.replace(/^(?:([A-Za-z][\w-]*\s)\s*(?=\S))?[\s\S]*$/, `$1${redacted}`)]
    if (field === 'location') return [name, redactUrl(value, values)]
    return [name, redactText(value, values)]
  })
}

/** A body by its content type. */
export function redactBody(
  body: string,
  contentType: string,
  values: readonly string[] = [],
  marks: readonly string[] = noMarks,
): string {
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return redactForm(body, values, marks)
  return redactText(body, values, marks)
}
