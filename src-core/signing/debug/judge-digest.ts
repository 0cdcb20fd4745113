/** Hashes the body step by step and says what the Digest header holds instead, where it does not fit. */
import { hash } from 'node:crypto'
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import { type DigestAlgorithm, digestOf } from '../digest.ts'
import { headerValue } from '../signing-string.ts'
import type { DebugRequest, Findings } from './debug-request.ts'

const place = 'Digest'
const hashNames: Readonly<Record<DigestAlgorithm, string>> = { 'SHA-256': 'sha256', 'SHA-512': 'sha512' }

/** Other bytes that the value fits, which programs hash by mistake. */
function fittingVariant(body: Buffer, fits: (bytes: Uint8Array) => boolean): string | null {
  const text = body.toString('utf8')
  const unix = text.replaceAll('\r\n', '\n')
  const variants: [string, string][] = [
    ['the body with a line feed at its end', `${text}\n`],
    ['the body without the line feed at its end', text.replace(/\r?\n$/, '')],
    ['the body without white space at its ends', text.trim()],
    ['the body with LF instead of CR LF', unix],
    ['the body with CR LF instead of LF', unix.replaceAll('\n', '\r\n')],
  ]
  for (const [indent, name] of [
    [undefined, 'the JSON without white space'],
    [2, 'the JSON indented by two'],
    [4, 'the JSON indented by four'],
  ] as const) {
    try {
      variants.push([name, JSON.stringify(JSON.parse(text), null, indent)])
    } catch {
      break
    }
  }
  return variants.find(([, variant]) => variant !== text && fits(Buffer.from(variant)))?.[0] ?? null
}

function judgeValue(
  value: string,
  body: Buffer,
  algorithm: DigestAlgorithm,
  fitting: string,
  findings: Findings,
): void {
  const hashName = hashNames[algorithm]
  const shown = { wanted: fitting, found: `${algorithm}=${value}` }
  const isHash = (bytes: Uint8Array): boolean => hash(hashName, bytes, 'base64') === value
  if (isHash(body)) return
  const hex = hash(hashName, body, 'hex')
  const otherForms = [hex, hex.toUpperCase(), Buffer.from(hex).toString('base64'), hash(hashName, body, 'base64url')]
  if (otherForms.includes(value) || value === hash(hashName, body, 'base64').replace(/=+$/, ''))
    findings.add(
      'digest-form',
      place,
      'The value is the right hash and not its base64: the bank wants the base64 of the bytes of the hash.',
      shown,
    )
  else if (body.length > 0 && isHash(Buffer.alloc(0)))
    findings.add(
      'digest-of-empty-string',
      place,
      `The value is the digest of the empty string, and the body has ${body.length} bytes.`,
      shown,
    )
  else {
    const variant = fittingVariant(body, isHash)
    const why = variant === null ? '' : ` It fits ${variant}: hash the very bytes that are sent.`
    findings.add(
      'digest-differs',
      place,
      `The value is not the digest of the ${body.length} bytes of the body.${why}`,
      shown,
    )
  }
}

/** Takes the name of the algorithm off the value. */
function readValue(
  sent: string,
  algorithm: DigestAlgorithm,
  findings: Findings,
): { value: string; used: DigestAlgorithm | null } {
  const equals = sent.indexOf('=')
  const name = equals < 0 ? '' : sent.slice(0, equals)
  const value = sent.slice(equals + 1)
  const shown = { wanted: `${algorithm}=`, found: sent.slice(0, 40) }
  if (name === algorithm) return { value, used: algorithm }
  const word = name
    .trim()
    .toUpperCase()
    .replace(/^SHA_?(\d)/, 'SHA-$1')
  const used = word === 'SHA-256' || word === 'SHA-512' ? word : null
  if (used === algorithm && name.trim() !== name)
    findings.add('white-space', place, 'A blank stands beside the name of the algorithm.', shown)
  else if (used === algorithm && name.toUpperCase() === algorithm)
    findings.add('letter-case', place, `The algorithm is written ${name}.`, shown)
  else
    findings.add(
      'digest-algorithm',
      place,
      `The algorithm is ${name === '' ? 'not named' : name.slice(0, 20)}, and the bank wants ${algorithm}.`,
      shown,
    )
  return { value: value.trim(), used: used ?? algorithm }
}

export function judgeDigest(
  request: DebugRequest,
  algorithm: DigestAlgorithm,
  findings: Findings,
): NonNullable<SignatureReport['digest']> {
  const sent = headerValue(request.headers, 'digest')
  const body = Buffer.from(request.body ?? '')
  const read = sent === null ? null : readValue(sent, algorithm, findings)
  if (!request.bodyKnown) return { algorithm, bytes: null, hex: null, base64: null, fitting: null, sent }
  const fitting = digestOf(algorithm, body)
  if (read?.used) {
    if (/\s/.test(read.value))
      findings.add('white-space', place, 'The value holds white space.', { wanted: fitting, found: sent })
    judgeValue(read.value.replace(/\s+/g, ''), body, read.used, fitting, findings)
  }
  const hashName = hashNames[algorithm]
  return {
    algorithm,
    bytes: body.length,
    hex: hash(hashName, body, 'hex'),
    base64: hash(hashName, body, 'base64'),
    fitting,
    sent,
  }
}
