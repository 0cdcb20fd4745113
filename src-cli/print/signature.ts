/** A signature taken apart, as lines for people; what cannot be seen is written out. */
import type { ExplainedSignature } from '#shared/contract/signature-debug.ts'
import { printable } from './printable.ts'
import { table } from './table.ts'

/** Marks of Unicode's control pictures for what a terminal does not show; anything else outside ASCII by its code point. */
const marks: Readonly<Record<string, string>> = { '\t': '␉', '\r': '␍', '\n': '␊', '\u00a0': '⍽', '\0': '␀' }

/** Blanks at the ends of a line, tabs, line ends and characters outside ASCII, made visible. */
export const visible = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/gu, (character) => {
      const point = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
      return `${marks[character] ?? (/\p{Cc}/u.test(character) ? '' : character)}<U+${point}>`
    })
    .replace(/^ +/, (blanks) => '·'.repeat(blanks.length))
    .replace(/ +$/, (blanks) => '·'.repeat(blanks.length))

const verdicts: Readonly<Record<ExplainedSignature['verification']['verdict'], string>> = {
  verifies: 'verifies',
  'does-not-verify': 'does not verify',
  'not-possible': 'cannot be verified',
  'not-signed': 'not signed',
}

function differenceLines({ first, differences }: ExplainedSignature): string[] {
  if (first === null) return ['No difference from what the bank wants.']
  const lines = differences.flatMap(({ id, where, message, wanted, found }, index) => [
    `${index === 0 ? 'First difference' : `Then ${index + 1}`}: ${id} (${where})`,
    `  ${message}`,
    ...(wanted === null ? [] : [`  wanted: ${visible(wanted)}`]),
    ...(found === null ? [] : [`  found:  ${visible(found)}`]),
  ])
  return lines
}

function stringLines({ signingString }: ExplainedSignature): string[] {
  if (signingString === null) return ['', 'Signing string: none can be built.']
  const lines = signingString.split('\n')
  const shown = lines.map((line, index) => `  ${visible(line)}${index < lines.length - 1 ? '␊' : ''}`)
  return ['', `Signing string, ${Buffer.byteLength(signingString, 'latin1')} bytes:`, ...shown]
}

function digestLines({ digest }: ExplainedSignature): string[] {
  if (digest === null) return []
  const { algorithm, bytes, hex, fitting, sent } = digest
  return [
    '',
    `Digest, ${algorithm}: ${bytes === null ? 'the body is not known byte for byte' : `of ${bytes} bytes`}`,
    ...(hex === null ? [] : [`  hash, hexadecimal: ${hex}`]),
    ...(fitting === null ? [] : [`  fitting header:    ${fitting}`]),
    `  header as sent:    ${sent ?? 'none'}`,
  ]
}

function headerLines({ headers }: ExplainedSignature): string[] {
  const rows = headers
    .filter(({ listed, wanted }) => listed !== null || wanted)
    .map(({ name, listed, wanted, sent, derived }) => [
      listed === null ? '-' : String(listed),
      name,
      wanted ? 'yes' : 'no',
      sent === null ? 'not sent' : `${visible(sent)}${derived ? ' (from the request)' : ''}`,
    ])
  return rows.length === 0 ? [] : ['', table(['LISTED', 'HEADER', 'WANTED', 'SENT'], rows)]
}

const names = (attributes: readonly { type: string; value: string }[]): string =>
  attributes.map(({ type, value }) => `${type}=${value}`).join(', ')

function keyLines({ keyId, certificate }: ExplainedSignature): string[] {
  const parts: string[] = []
  if (keyId !== null) {
    const { text, wanted, serial, label, attributes } = keyId
    parts.push('', `keyId: ${visible(text)}`)
    if (wanted !== null && wanted !== text) parts.push(`wanted: ${visible(wanted)}`)
    parts.push(
      `  SN: ${serial.text} (certificate: ${serial.certificateHex ?? '?'}, decimal ${serial.certificateDecimal ?? '?'})`,
    )
    parts.push(`  ${label || 'issuer'}: ${names(attributes)}`)
  }
  if (certificate !== null) {
    const { from, subject, issuer, notBefore, notAfter, key, sha256 } = certificate
    parts.push(
      '',
      `Certificate (${from}), ${key}, ${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}, SHA-256 ${sha256}`,
    )
    parts.push(`  subject: ${names(subject)}`, `  issuer:  ${names(issuer)}`)
  }
  return parts
}

export function signatureText(explained: ExplainedSignature): string {
  const { bank, environment, operation, request, profile, verification, remarks } = explained
  return printable(
    [
      `${request.method} ${request.url}`,
      `Held against ${bank}, ${environment}${operation === null ? '' : `: ${operation}`}.`,
      ...remarks.map(({ message }) => `Note: ${message}`),
      '',
      ...differenceLines(explained),
      `Signature: ${verdicts[verification.verdict]}. ${verification.reason}`,
      ...stringLines(explained),
      ...digestLines(explained),
      ...headerLines(explained),
      ...keyLines(explained),
      '',
      'What the bank wants:',
      ...profile.map(({ name, value }) => `  ${name}: ${value}`),
    ].join('\n'),
  )
}
