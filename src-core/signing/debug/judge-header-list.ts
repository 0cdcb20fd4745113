/** Holds the list of signed headers against the bank's and against the headers that were sent. */
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import { headerValue } from '../signing-string.ts'
import type { DebugRequest, Findings } from './debug-request.ts'

export interface Coverage {
  readonly signedHeaders: readonly string[]
  readonly whenPresent: readonly string[]
}

/** Names that need no header of the request. */
const derivable = new Set(['(request-target)', 'host'])

export const signedValue = (request: DebugRequest, name: string): string | null =>
  headerValue(request.headers, name) ??
  (name === 'host' ? request.host : null) ??
  (name === '(request-target)' && request.target !== null ? `${request.method.toLowerCase()} ${request.target}` : null)

/** Names the bank wants signed in this very request, in its order. */
export const wantedNames = (request: DebugRequest, { signedHeaders, whenPresent }: Coverage): string[] =>
  signedHeaders.filter((name) => !whenPresent.includes(name) || signedValue(request, name) !== null)

/** The words of a list as written in one text; what stands between them is judged. @returns lower case */
export function readList(text: string, place: string, findings: Findings): string[] {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  if (words.join(' ') !== text)
    findings.add('white-space', place, 'The names are not separated by one blank each.', {
      wanted: words.join(' '),
      found: text.slice(0, 300),
    })
  return lowerCase(words, place, findings)
}

export function lowerCase(words: readonly string[], place: string, findings: Findings): string[] {
  const names = words.map((word) => word.toLowerCase())
  if (words.some((word, index) => word !== names[index]))
    findings.add('letter-case', place, 'The names are not all in lower case, which is how they are signed.', {
      wanted: names.join(' '),
      found: words.join(' '),
    })
  return names
}

/** @param names lower case, as listed */
export function judgeHeaderList(
  request: DebugRequest,
  names: readonly string[],
  coverage: Coverage,
  place: string,
  findings: Findings,
): void {
  const wanted = wantedNames(request, coverage)
  const shown = { wanted: wanted.join(' '), found: names.join(' ') }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) findings.add('header-twice', place, `The list names ${twice} twice.`, shown)
  const missing = wanted.filter((name) => !names.includes(name))
  if (missing.length > 0)
    findings.add(
      'header-missing',
      place,
      `The list does not name ${missing.join(', ')}, which the bank wants signed.`,
      shown,
    )
  for (const name of new Set([...names, ...wanted]))
    if (signedValue(request, name) === null && !(derivable.has(name) && request.target === null))
      findings.add('header-missing', name, `The request has no header ${name}, and it has to be signed.`)
  const known = names.filter((name) => wanted.includes(name))
  const order = wanted.filter((name) => known.includes(name))
  if (new Set(known).size === known.length && known.join(' ') !== order.join(' '))
    findings.add('order', place, "The names are not in the order of the bank's document.", shown)
  const extra = names.filter((name) => !coverage.signedHeaders.includes(name))
  if (extra.length > 0)
    findings.add(
      'header-extra',
      place,
      `The list also names ${extra.join(', ')}, which the bank does not ask for.`,
      shown,
    )
}

const imfFixdate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

export function judgeDate(request: DebugRequest, findings: Findings): void {
  const date = headerValue(request.headers, 'date')
  if (date === null || imfFixdate.test(date)) return
  findings.add('date-form', 'Date', 'The date is not of the form HTTP has (RFC 9110 section 5.6.7).', {
    wanted: 'Tue, 03 Nov 2026 10:00:00 GMT',
    found: date.slice(0, 80),
  })
}

/** Every name that is listed, wanted or sent. */
export function headerLines(
  request: DebugRequest,
  names: readonly string[],
  coverage: Coverage,
): SignatureReport['headers'] {
  const wanted = wantedNames(request, coverage)
  const sent = request.headers.map(([name]) => name.toLowerCase())
  return [...new Set([...names, ...wanted, ...sent])].map((name) => ({
    name,
    listed: names.includes(name) ? names.indexOf(name) + 1 : null,
    wanted: wanted.includes(name),
    sent: signedValue(request, name),
    derived: derivable.has(name) && headerValue(request.headers, name) === null,
  }))
}
