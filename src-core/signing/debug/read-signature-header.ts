/** Reads a Signature header (draft-cavage-10 section 4.1) as tolerantly as a person would, and says what was not in order. */
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import type { Findings } from './debug-request.ts'

export interface ReadSignature {
  readonly keyId: string | null
  readonly algorithm: string | null
  /** The list as written. */
  readonly headers: string | null
  readonly signature: string | null
}

const place = 'Signature'
const ascii = /^\p{ASCII}*$/u

/** Takes one encoded-word off (RFC 2047), as the profile wants it around a value that is not ASCII. */
function unwrap(value: string, { nonAscii }: HttpSignatureProfile, findings: Findings): string {
  if (!value.startsWith('=?')) {
    if (!ascii.test(value))
      findings.add(
        'utf-8-not-wrapped',
        place,
        nonAscii === 'rfc2047'
          ? 'The value holds a character that is not ASCII and is sent as it is. The bank wants all of it in one encoded-word (RFC 2047).'
          : 'The value holds a character that is not ASCII, which this header of the bank cannot carry. Use a certificate whose issuer is named in ASCII.',
        {
          wanted: nonAscii === 'rfc2047' ? `=?utf-8?B?${Buffer.from(value).toString('base64').slice(0, 24)}…?=` : null,
        },
      )
    return value
  }
  const [, charset = '', encoding = '', text = ''] = /^=\?([^?]*)\?([^?]*)\?([^?]*)\?=$/.exec(value) ?? []
  const wrongly = (message: string) => findings.add('wrapped-wrongly', place, message)
  const latin = /^(?:iso-8859-1|us-ascii)$/i.test(charset)
  if (!/^b$/i.test(encoding) || !(latin || /^utf-8$/i.test(charset))) {
    wrongly(
      'The value is no single encoded-word =?utf-8?B?…?= (RFC 2047): it is folded, cut into several, or of another charset.',
    )
    const words = value.match(/=\?[^?\s]{1,40}\?[bB]\?[^?\s]*\?=/g) ?? []
    return words.map((word) => Buffer.from(word.split('?')[3] ?? '', 'base64').toString('utf8')).join('')
  }
  const decoded = Buffer.from(text, 'base64').toString(latin ? 'latin1' : 'utf8')
  if (nonAscii === 'refuse') wrongly('The bank knows no encoded-words here: it wants the value as it is.')
  else if (ascii.test(decoded)) wrongly('The value is ASCII, and only one that is not is wrapped.')
  return decoded
}

/** The whole value in quotes, as when it was copied out of a program. */
function unquoted(value: string, findings: Findings): string {
  if (!/^["']/.test(value)) return value
  sayNestedQuotes(value, findings)
  return value.replace(/^["']/, '').replace(/["']$/, '')
}

const sayNestedQuotes = (text: string, findings: Findings): void =>
  findings.add(
    'nested-quotes',
    place,
    'The quotes of the value are lost, doubled or behind backslashes, as when quotes stand inside quotes in a shell. The bank wants name="value" with plain quotes around each value.',
    { wanted: 'keyId="...",algorithm="...",headers="...",signature="..."', found: text.slice(0, 60) },
  )

/** Takes the scheme word off, or says that it is missing. */
function withoutPrefix(value: string, { prefix }: HttpSignatureProfile, findings: Findings): string {
  const word = /^signature\s+(?=\w)/i.exec(value)?.[0] ?? ''
  if (prefix === '' && word !== '')
    findings.add(
      'scheme-word',
      place,
      `The value begins with the word ${word.trim()}, which this bank does not want there.`,
    )
  else if (prefix !== '' && !value.startsWith(prefix)) {
    const message =
      word === ''
        ? `The value does not begin with the word ${prefix.trim()}.`
        : `The value begins with ${JSON.stringify(word)} instead of ${JSON.stringify(prefix)}.`
    findings.add('scheme-word', place, message, { wanted: prefix, found: word === '' ? null : word })
  }
  return value.slice(word.length)
}

/** `name="value"` pairs to the letter; null where it is anything else. */
function strictPairs(text: string): [string, string][] | null {
  const pairs: [string, string][] = []
  const pair = /[ \t]*([A-Za-z]+)="([^"\\]*)"[ \t]*(,|$)/y
  while (pair.lastIndex < text.length) {
    const [, name, value] = pair.exec(text) ?? []
    if (name === undefined || value === undefined) return null
    pairs.push([name, value])
  }
  return pairs
}

const parameters = ['keyId', 'algorithm', 'headers', 'signature'] as const

/** What the pairs must have been, by the places of their names; quotes and backslashes around values fall away. */
function guessedPairs(text: string): [string, string][] {
  const lower = text.toLowerCase()
  const starts = parameters
    .flatMap((name) => {
      const found = new RegExp(`(?:^|[\\s,"'\\\\])(${name.toLowerCase()}[ \\t]*=)`).exec(lower)
      return found === null
        ? []
        : [{ name, at: found.index + found[0].length - found[1]!.length, length: found[1]!.length }]
    })
    .sort((a, b) => a.at - b.at)
  return starts.map(({ name, at, length }, index): [string, string] => {
    const end = starts[index + 1]?.at ?? text.length
    const value = text
      .slice(at + length, end)
      .trim()
      .replace(/^[\\"']+/, '')
    let last = value.length
    while (last > 0 && `\\"', \t`.includes(value[last - 1]!)) last -= 1
    return [name, value.slice(0, last)]
  })
}

function explainMalformed(text: string, findings: Findings): void {
  const blank = /(?:keyId|algorithm|headers|signature)[ \t]+=|(?:keyId|algorithm|headers|signature)=[ \t]+"/i.test(text)
  const quotes =
    text.includes('\\"') ||
    /^["']/.test(text) ||
    /(?:keyId|algorithm|headers|signature)=(?!")/i.test(text) ||
    text.includes('""')
  if (blank && !text.includes('\\"'))
    findings.add('white-space', place, 'A blank stands beside an equals sign: the bank wants name="value" without one.')
  else if (quotes) sayNestedQuotes(text, findings)
  else
    findings.add(
      'signature-malformed',
      place,
      'The value is no list of name="value" with a comma between them (draft-cavage-10 section 4.1).',
      { wanted: 'keyId="...",algorithm="...",headers="...",signature="..."', found: text.slice(0, 60) },
    )
}

function pairsOf(text: string, findings: Findings): Map<string, string> {
  const strict = strictPairs(text)
  if (strict === null) explainMalformed(text, findings)
  const pairs = strict ?? guessedPairs(text)
  const known = new Map<string, string>()
  for (const [given, value] of pairs) {
    const name = parameters.find((each) => each.toLowerCase() === given.toLowerCase())
    if (name === undefined) continue
    if (name !== given)
      findings.add('letter-case', `${place}: ${name}`, `The parameter is written ${given}.`, {
        wanted: name,
        found: given,
      })
    if (known.has(name))
      findings.add('signature-malformed', `${place}: ${name}`, `The parameter ${name} stands there twice.`)
    else known.set(name, value)
  }
  return known
}

/** @param value of the header, outer white space gone */
export function readSignatureHeader(value: string, profile: HttpSignatureProfile, findings: Findings): ReadSignature {
  if (/[\r\n]/.test(value))
    findings.add('white-space', place, 'The value is folded over several lines; HTTP has none (RFC 9112 section 5.2).')
  const line = value.replace(/\r?\n[ \t]{0,8}/g, '').slice(0, 32_768)
  const pairs = pairsOf(withoutPrefix(unquoted(unwrap(line, profile, findings), findings), profile, findings), findings)
  for (const name of parameters)
    if ((pairs.get(name) ?? '') === '')
      findings.add('parameter-missing', `${place}: ${name}`, `The parameter ${name} is missing.`)
  const of = (name: string): string | null => pairs.get(name) ?? null
  return { keyId: of('keyId'), algorithm: of('algorithm'), headers: of('headers'), signature: of('signature') }
}
