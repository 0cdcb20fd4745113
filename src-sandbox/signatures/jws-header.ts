/** Reads the protected header of a detached JWS (RFC 7515, RFC 7797, JAdES) and refuses what cannot be understood. */
import { X509Certificate } from 'node:crypto'
import { describeCertificate, type PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import { strictBase64 } from './base64.ts'

/** ETSI TS 119 182-1 section 5.2.8.2. */
export const httpHeadersMechanism = 'http://uri.etsi.org/19182/HttpHeaders'

/** Extensions this bank knows; any other in `crit` makes the signature unreadable (RFC 7515 section 4.1.11). */
const understood = ['b64', 'sigD', 'sigT']

export interface JwsHeader {
  readonly algorithm: string
  /** Of the header as sent, without decoding it again. */
  readonly encoded: string
  readonly signature: Buffer
  /** Names of `sigD`, in their order, lower case. */
  readonly signed: readonly string[]
  /** `x5c`; null where there is none. */
  readonly certificate: PresentedCertificate | null
  /** `x5t#S256`; null where there is none. */
  readonly thumbprint: string | null
  /** Milliseconds of `sigT` or, without it, `iat`; null where neither is there. */
  readonly signedAt: number | null
}

export type ReadJws = { readonly header: JwsHeader } | { readonly malformed: string }

type Fields = Readonly<Record<string, unknown>>

/** RFC 4648 section 5 to the letter: without padding and without stray bits. */
function strictBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return text !== '' && bytes.toString('base64url') === text ? bytes : null
}

function fieldsOf(encoded: string): Fields | null {
  const bytes = strictBase64url(encoded)
  if (!bytes) return null
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
  } catch {
    return null
  }
}

const textsOf = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null

/** Null where `crit` and what it names are as the RFCs want them. */
function criticalObstacle(fields: Fields): string | null {
  const crit = textsOf(fields.crit)
  if (!crit || crit.length === 0) return 'crit is missing or no list of names'
  if (new Set(crit).size < crit.length) return 'crit names something twice'
  const strange = crit.find((name) => !understood.includes(name))
  if (strange !== undefined) return `crit lists ${strange}, which the bank does not understand`
  const absent = crit.find((name) => !Object.hasOwn(fields, name))
  if (absent !== undefined) return `crit lists ${absent}, which the header does not have`
  // RFC 7797 section 6: a reader that does not know b64 must not take the signature for another one.
  const unlisted = ['b64', 'sigD'].find((name) => !crit.includes(name))
  if (unlisted !== undefined) return `crit does not list ${unlisted}`
  return fields.b64 === false ? null : 'b64 is not false'
}

function signedNames(sigD: unknown): string[] | null {
  if (typeof sigD !== 'object' || sigD === null) return null
  const { mId, pars } = sigD as Fields
  const names = textsOf(pars)
  if (mId !== httpHeadersMechanism || !names || names.length === 0) return null
  const lower = names.map((name) => name.toLowerCase())
  return new Set(lower).size === lower.length ? lower : null
}

/** @returns undefined where there is a chain that cannot be read. */
function certificateOf(x5c: unknown): PresentedCertificate | null | undefined {
  if (x5c === undefined) return null
  const texts = textsOf(x5c)
  if (!texts || texts.length === 0 || texts.length > 8) return undefined
  try {
    const chain = texts.map((text) => {
      const der = strictBase64(text)
      if (!der) throw new Error('no base64')
      return new X509Certificate(der)
    })
    const [leaf, ...sent] = chain
    return leaf && describeCertificate(leaf, sent)
  } catch {
    return undefined
  }
}

function timeOf({ sigT, iat }: Fields): number | null | undefined {
  if (sigT !== undefined) {
    const at =
      typeof sigT === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(sigT) ? Date.parse(sigT) : Number.NaN
    return Number.isNaN(at) ? undefined : at
  }
  if (iat === undefined) return null
  return typeof iat === 'number' && Number.isFinite(iat) ? iat * 1000 : undefined
}

export function readDetachedJws(value: string): ReadJws {
  const parts = value.split('.')
  const [encoded = '', payload, text = ''] = parts
  if (parts.length !== 3 || payload !== '') return { malformed: 'it is not header, two dots and signature' }
  const signature = strictBase64url(text)
  if (!signature) return { malformed: 'its third part is no base64url' }
  const fields = fieldsOf(encoded)
  if (!fields) return { malformed: 'its first part is not base64url of a JSON object' }
  const critical = criticalObstacle(fields)
  if (critical) return { malformed: critical }
  const signed = signedNames(fields.sigD)
  if (!signed) return { malformed: `sigD is not {mId: ${httpHeadersMechanism}, pars: [names]}` }
  const certificate = certificateOf(fields.x5c)
  if (certificate === undefined) return { malformed: 'x5c is no list of certificates in base64 of DER' }
  const signedAt = timeOf(fields)
  if (signedAt === undefined) return { malformed: 'sigT is no time of the form 2026-01-31T12:00:00Z, or iat no number' }
  const { alg, 'x5t#S256': thumbprint } = fields
  if (typeof alg !== 'string') return { malformed: 'alg is missing' }
  if (thumbprint !== undefined && typeof thumbprint !== 'string') return { malformed: 'x5t#S256 is no text' }
  return {
    header: { algorithm: alg, encoded, signature, signed, certificate, thumbprint: thumbprint ?? null, signedAt },
  }
}
