/** Reads the protected header of a detached JWS (RFC 7515, RFC 7797, ETSI TS 119 182-1) and says what in it a bank refuses. */
import { hash, type X509Certificate } from 'node:crypto'
import type { DetachedJwsProfile } from '#shared/signing-profile.ts'
import { type Findings, strictBase64 } from './debug-request.ts'
import { certificateOf } from './judge-certificate.ts'

/** ETSI TS 119 182-1 section 5.2.8.2. */
const mechanism = 'http://uri.etsi.org/19182/HttpHeaders'
/** Extensions of RFC 7797 and JAdES; a reader has to refuse what it does not know (RFC 7515 section 4.1.11). */
const understood = ['b64', 'sigD', 'sigT']

export interface ProtectedHeader {
  readonly algorithm: string | null
  /** `pars` of `sigD`, as written. */
  readonly names: readonly string[]
  readonly certificate: X509Certificate | null
}

type Fields = Readonly<Record<string, unknown>>

const textsOf = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null

const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined)

/** null where `crit` and what it names are as the RFCs want them. */
function criticalObstacle(fields: Fields): string | null {
  const crit = textsOf(own(fields, 'crit'))
  if (crit === null || crit.length === 0) return 'crit is missing or no list of names.'
  const strange = crit.find((name) => !understood.includes(name))
  if (strange !== undefined)
    return `crit names ${strange.slice(0, 40)}, and who does not know that has to refuse the signature.`
  const absent = crit.find((name) => own(fields, name) === undefined)
  if (absent !== undefined) return `crit names ${absent}, which the header does not have.`
  const unlisted = ['b64', 'sigD'].find((name) => !crit.includes(name))
  return unlisted === undefined ? null : `crit does not name ${unlisted}.`
}

function judgeCritical(fields: Fields, place: string, findings: Findings): void {
  const message = criticalObstacle(fields)
  if (message === null) return
  const found = JSON.stringify(own(fields, 'crit'))?.slice(0, 200) ?? null
  findings.add('protected-header', `${place}: crit`, message, { wanted: '["sigT","sigD","b64"]', found })
}

function namesOf(fields: Fields, place: string, findings: Findings): string[] {
  const sigD = own(fields, 'sigD')
  const wanted = `{"pars":[…],"mId":"${mechanism}"}`
  if (typeof sigD !== 'object' || sigD === null) {
    findings.add('protected-header', `${place}: sigD`, 'sigD is missing: it names the headers that are signed.', {
      wanted,
    })
    return []
  }
  const data = sigD as Fields
  if (own(data, 'mId') !== mechanism)
    findings.add(
      'protected-header',
      `${place}: sigD`,
      'mId of sigD is not the mechanism for HTTP headers (ETSI TS 119 182-1 section 5.2.8.2).',
      {
        wanted: mechanism,
        found: JSON.stringify(own(data, 'mId'))?.slice(0, 100) ?? null,
      },
    )
  const pars = textsOf(own(data, 'pars'))
  if (pars !== null) return pars.slice(0, 100)
  findings.add('protected-header', `${place}: sigD`, 'pars of sigD is no list of names.', { wanted })
  return []
}

/** x5c holds standard base64 of DER (RFC 7515 section 4.1.6). */
function readLeaf(value: string, place: string, findings: Findings): X509Certificate | null {
  const where = `${place}: x5c`
  const bare = value.replace(/\s+|\\[rn]/g, '')
  if (bare !== value && !value.startsWith('-----'))
    findings.add(
      'line-feeds-in-certificate',
      where,
      'The certificate holds line feeds or blanks: x5c wants base64 in one line.',
    )
  if (value.startsWith('-----')) {
    findings.add(
      'pem-for-der',
      where,
      'The certificate is PEM: x5c wants the base64 of the DER bytes, without its first and last line.',
    )
    return certificateOf(value)
  }
  const bytes = strictBase64(bare)
  if (bytes === null)
    findings.add('certificate-not-encoded', where, 'The certificate is no base64; x5c alone is not base64url.')
  const decoded = bytes ?? Buffer.from(bare, 'base64url')
  if (decoded.toString('latin1', 0, 10) === '-----BEGIN')
    findings.add('pem-for-der', where, 'What was encoded is the PEM text: x5c wants the DER bytes.')
  const certificate = certificateOf(decoded)
  if (certificate === null) findings.add('certificate-unreadable', where, 'What was encoded is no X.509 certificate.')
  return certificate
}

function judgeCertificates(
  fields: Fields,
  profile: DetachedJwsProfile,
  place: string,
  findings: Findings,
): X509Certificate | null {
  const chain = own(fields, 'x5c')
  const texts = textsOf(chain)
  if (chain === undefined) {
    if (profile.certificate.includes('x5c'))
      findings.add('certificate-missing', `${place}: x5c`, 'The header carries no certificate (x5c).')
    return null
  }
  if (texts === null || texts.length === 0) {
    findings.add('certificate-unreadable', `${place}: x5c`, 'x5c is no list of certificates, leaf first.')
    return null
  }
  const leaf = readLeaf(texts[0]!, place, findings)
  const print = own(fields, 'x5t#S256')
  if (leaf !== null && print !== undefined && print !== hash('sha256', leaf.raw, 'base64url'))
    findings.add(
      'thumbprint-differs',
      `${place}: x5t#S256`,
      'The thumbprint is not that of the first certificate of x5c, in base64url.',
      {
        wanted: hash('sha256', leaf.raw, 'base64url'),
        found: JSON.stringify(print).slice(0, 100),
      },
    )
  return leaf
}

export function judgeProtectedHeader(json: string, profile: DetachedJwsProfile, findings: Findings): ProtectedHeader {
  const place = profile.header
  let fields: Fields
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object')
    fields = value as Fields
  } catch {
    findings.add('protected-header', place, 'The first part is not the base64url of a JSON object.')
    return { algorithm: null, names: [], certificate: null }
  }
  const alg = own(fields, 'alg')
  const algorithm = typeof alg === 'string' ? alg.slice(0, 40) : null
  if (algorithm === null || !(profile.algorithms as readonly string[]).includes(algorithm))
    findings.add('algorithm-word', `${place}: alg`, `The word ${JSON.stringify(algorithm)} is none of the bank's.`, {
      wanted: profile.algorithms.join(' or '),
      found: algorithm,
    })
  const certificate = judgeCertificates(fields, profile, place, findings)
  judgeCritical(fields, place, findings)
  if (own(fields, 'b64') !== false)
    findings.add('protected-header', `${place}: b64`, 'b64 is not false: the payload is signed as it is (RFC 7797).', {
      wanted: 'false',
      found: JSON.stringify(own(fields, 'b64'))?.slice(0, 20) ?? null,
    })
  return { algorithm, names: namesOf(fields, place, findings), certificate }
}
