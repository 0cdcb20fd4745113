/** Takes a detached JWS over HTTP headers apart and holds each part against the bank's profile. */
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import type { DetachedJwsProfile } from '#shared/signing-profile.ts'
import { ecdsaConcatenation } from '../ecdsa-form.ts'
import { headerValue } from '../signing-string.ts'
import { createFindings, type DebugParts, type DebugRequest, type Findings } from './debug-request.ts'
import { describeCertificate, ownerOf } from './describe-certificate.ts'
import { certificateOf } from './judge-certificate.ts'
import { judgeDigest } from './judge-digest.ts'
import { headerLines, judgeDate, judgeHeaderList, lowerCase, wantedNames } from './judge-header-list.ts'
import { judgeProtectedHeader } from './read-protected-header.ts'
import { fitsKey } from './verify-bytes.ts'
import { linesOf, type ToVerify, textOf, verifySignature } from './verify-signature.ts'

const family = ['RS256', 'PS256', 'ES256']

export function describeJwsProfile(profile: DetachedJwsProfile): SignatureReport['profile'] {
  return [
    { name: 'Scheme', value: 'Detached JWS (RFC 7515, RFC 7797) over headers, as JAdES names them' },
    { name: 'Header', value: `${profile.header}: <protected header>..<signature>` },
    { name: 'alg', value: profile.algorithms.join(' or ') },
    { name: 'Certificate', value: profile.certificate.join(' and ') },
    { name: 'crit', value: 'sigT sigD b64, with b64 false' },
    { name: 'pars of sigD, in this order', value: profile.signedHeaders.join(' ') },
    { name: 'Digest', value: `${profile.digest} of the exact bytes of the body` },
  ]
}

const coverageOf = ({ signedHeaders }: DetachedJwsProfile) => ({ signedHeaders, whenPresent: [] })

const reportOf = (profile: DetachedJwsProfile, { found }: Findings): SignatureReport => ({
  scheme: 'detached-jws',
  profile: describeJwsProfile(profile),
  first: found[0] ?? null,
  differences: found,
  signingString: null,
  digest: null,
  headers: [],
  algorithm: null,
  keyId: null,
  protectedHeader: null,
  certificate: null,
  verification: { verdict: 'not-possible', reason: 'There is no signature that could be read.' },
})

interface Parts {
  readonly encoded: string
  readonly json: string
  readonly signature: Uint8Array
}

/** Header, two dots, signature (RFC 7515 appendix F). */
function readParts(value: string, { header }: DetachedJwsProfile, findings: Findings): Parts | null {
  const bare = value.replace(/\s+/g, '')
  if (bare !== value)
    findings.add('white-space', header, 'The value holds white space or is folded over several lines.')
  const parts = bare.split('.')
  const [encoded = '', payload = '', signature = ''] = parts
  if (parts.length !== 3 || encoded === '' || signature === '') {
    findings.add(
      'signature-malformed',
      header,
      'The value is not <protected header>..<signature>, three parts with dots between them.',
    )
    return null
  }
  if (payload !== '')
    findings.add('payload-attached', header, 'The payload stands between the dots: the bank wants it detached.')
  const strict = (text: string) => Buffer.from(text, 'base64url').toString('base64url') === text
  if (!strict(signature) || !strict(encoded))
    findings.add(
      'signature-form',
      header,
      'A part is no base64url (RFC 4648 section 5): it has padding, or + and / for - and _.',
    )
  return {
    encoded,
    json: Buffer.from(encoded, 'base64url').toString('utf8'),
    signature: Buffer.from(signature, 'base64url'),
  }
}

/** ES256 signatures in DER, as most libraries make them unless told otherwise. */
function fromDer(algorithm: string | null, signature: Uint8Array): ToVerify['reencoded'] {
  if (algorithm !== 'ES256' || signature[0] !== 0x30 || signature.length < 8 || signature[1] !== signature.length - 2)
    return undefined
  const message = 'The signature is in DER: JWS wants the two numbers side by side, 64 bytes (RFC 7518 section 3.4).'
  try {
    return { signature: ecdsaConcatenation(signature, 32), message }
  } catch {
    return undefined
  }
}

function debugParts(
  { encoded, json, signature }: Parts,
  request: DebugRequest,
  profile: DetachedJwsProfile,
  parts: DebugParts,
  findings: Findings,
): SignatureReport {
  const { algorithm, names: listed, certificate } = judgeProtectedHeader(json, profile, findings)
  const own = parts.identityPem === null ? null : certificateOf(parts.identityPem)
  const owner = ownerOf(certificate ?? own, parts.readNames)
  if (
    owner !== null &&
    algorithm !== null &&
    family.includes(algorithm) &&
    !fitsKey(algorithm, owner.certificate.publicKey)
  )
    findings.add('algorithm-key', `${profile.header}: alg`, `${algorithm} does not fit the key of the certificate.`)
  const place = `${profile.header}: sigD`
  const names = lowerCase(listed, place, findings)
  if (names.length > 0) judgeHeaderList(request, names, coverageOf(profile), place, findings)
  judgeDate(request, findings)
  const digest = judgeDigest(request, profile.digest, findings)
  const before = `${encoded}.`
  const verification = verifySignature(
    {
      request,
      names,
      listed,
      wanted: wantedNames(request, coverageOf(profile)),
      digest: digest.fitting,
      before,
      algorithm,
      family,
      signature,
      certificate: owner?.certificate ?? null,
      other: own,
      reencoded: fromDer(algorithm, signature),
    },
    findings,
  )
  const lines = names.length === 0 ? null : linesOf(request, names)
  return {
    ...reportOf(profile, findings),
    signingString: lines === null ? null : `${before}${textOf(lines)}`,
    digest,
    headers: headerLines(request, names, coverageOf(profile)),
    algorithm,
    protectedHeader: json,
    certificate: describeCertificate(owner, certificate === null ? 'identity' : 'x5c'),
    verification,
  }
}

export function debugDetachedJws(
  request: DebugRequest,
  profile: DetachedJwsProfile,
  parts: DebugParts,
): SignatureReport {
  const findings = createFindings()
  const value = headerValue(request.headers, profile.header.toLowerCase())
  const read = value === null || value === '' ? null : readParts(value, profile, findings)
  if (read !== null) return debugParts(read, request, profile, parts, findings)
  const missing = `There is no ${profile.header} header, and the bank wants every such request signed.`
  if (value === null || value === '') findings.add('signature-missing', profile.header, missing)
  judgeHeaderList(
    request,
    wantedNames(request, coverageOf(profile)),
    coverageOf(profile),
    `${profile.header}: sigD`,
    findings,
  )
  const digest = judgeDigest(request, profile.digest, findings)
  const report = { ...reportOf(profile, findings), digest, headers: headerLines(request, [], coverageOf(profile)) }
  return value === null || value === ''
    ? { ...report, verification: { verdict: 'not-signed', reason: missing } }
    : report
}
