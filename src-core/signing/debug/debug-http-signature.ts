/** Takes a signature after draft-cavage-http-signatures-10 apart and holds each part against the bank's profile. */
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import { headerValue } from '../signing-string.ts'
import { createFindings, type DebugParts, type DebugRequest, type Findings, strictBase64 } from './debug-request.ts'
import { describeCertificate, ownerOf } from './describe-certificate.ts'
import { certificateOf, judgeCertificate } from './judge-certificate.ts'
import { judgeDigest } from './judge-digest.ts'
import { headerLines, judgeDate, judgeHeaderList, readList, wantedNames } from './judge-header-list.ts'
import { judgeKeyId } from './judge-key-id.ts'
import { forms } from './name-text.ts'
import { type ReadSignature, readSignatureHeader } from './read-signature-header.ts'
import { fitsKey, isKnown } from './verify-bytes.ts'
import { linesOf, textOf, verifySignature } from './verify-signature.ts'

const family = ['rsa-sha256', 'rsa-sha512', 'ecdsa-sha256']

/** In sentences a person reads next to the request. */
export function describeHttpProfile(profile: HttpSignatureProfile): SignatureReport['profile'] {
  const { keyId, certificate, prefix, nonAscii, whenPresent } = profile
  const optional = whenPresent.length === 0 ? '' : ` (${whenPresent.join(', ')} only where sent)`
  return [
    { name: 'Scheme', value: 'HTTP signature, draft-cavage-http-signatures-10' },
    { name: 'Algorithm', value: profile.algorithms.join(' or ') },
    {
      name: certificate.header,
      value: certificate.form === 'base64-pem' ? 'base64 of the PEM text' : 'base64 of the DER bytes',
    },
    { name: 'keyId', value: `SN=<serial, hexadecimal>,${forms[keyId].label}=<issuer: ${forms[keyId].what}>` },
    { name: 'Headers, in this order', value: `${profile.signedHeaders.join(' ')}${optional}` },
    { name: 'Digest', value: `${profile.digest} of the exact bytes of the body` },
    { name: 'Before keyId', value: prefix === '' ? 'nothing' : JSON.stringify(prefix) },
    {
      name: 'Not ASCII',
      value: nonAscii === 'rfc2047' ? 'all of the value in one encoded-word (RFC 2047)' : 'not possible',
    },
  ]
}

function judgeAlgorithm(algorithm: string | null, profile: HttpSignatureProfile, findings: Findings): void {
  if (algorithm === null || (profile.algorithms as readonly string[]).includes(algorithm)) return
  findings.add(
    'algorithm-word',
    'Signature: algorithm',
    `The word ${JSON.stringify(algorithm.slice(0, 40))} is none of the bank's.`,
    {
      wanted: profile.algorithms.join(' or '),
      found: algorithm.slice(0, 40),
    },
  )
}

/** The algorithm the word must have meant, to verify by. */
function algorithmFor(word: string | null, profile: HttpSignatureProfile): string | null {
  if (word === null) return null
  const lower = word.toLowerCase()
  if (isKnown(lower)) return lower
  return profile.algorithms[0] ?? null
}

function nothingSent(request: DebugRequest, profile: HttpSignatureProfile, findings: Findings): SignatureReport {
  const elsewhere = request.headers.some(
    ([name, value]) => name.toLowerCase() === 'authorization' && /^signature\s/i.test(value),
  )
  const message = elsewhere
    ? 'There is no Signature header: the signature stands in Authorization, where this bank does not look for it.'
    : 'There is no Signature header, and the bank wants every such request signed.'
  findings.add('signature-missing', 'Signature', message)
  judgeCertificate(request, profile, findings)
  judgeHeaderList(request, wantedNames(request, profile), profile, 'Signature: headers', findings)
  const digest = judgeDigest(request, profile.digest, findings)
  return {
    ...empty(profile, findings),
    digest,
    headers: headerLines(request, [], profile),
    verification: { verdict: 'not-signed', reason: message },
  }
}

const empty = (profile: HttpSignatureProfile, { found }: Findings): SignatureReport => ({
  scheme: 'http-signature',
  profile: describeHttpProfile(profile),
  first: found[0] ?? null,
  differences: found,
  signingString: null,
  digest: null,
  headers: [],
  algorithm: null,
  keyId: null,
  protectedHeader: null,
  certificate: null,
  verification: { verdict: 'not-possible', reason: '' },
})

function signatureBytes(signature: string | null, findings: Findings): Uint8Array | null {
  if (signature === null) return null
  const bytes = strictBase64(signature)
  if (bytes !== null) return bytes
  const bare = signature.replace(/\s+/g, '')
  const message =
    bare !== signature
      ? 'The signature holds white space: the bank wants its base64 in one line.'
      : 'The signature is no base64 (RFC 4648 section 4).'
  findings.add(bare === signature ? 'signature-form' : 'white-space', 'Signature: signature', message)
  return Buffer.from(bare, /[-_]/.test(bare) ? 'base64url' : 'base64')
}

function debugParameters(
  read: ReadSignature,
  request: DebugRequest,
  profile: HttpSignatureProfile,
  parts: DebugParts,
  findings: Findings,
): SignatureReport {
  judgeAlgorithm(read.algorithm, profile, findings)
  const certificate = judgeCertificate(request, profile, findings)
  const own = parts.identityPem === null ? null : certificateOf(parts.identityPem)
  const owner = ownerOf(certificate ?? own, parts.readNames)
  const algorithm = algorithmFor(read.algorithm, profile)
  if (owner !== null && algorithm !== null && !fitsKey(algorithm, owner.certificate.publicKey))
    findings.add(
      'algorithm-key',
      'Signature: algorithm',
      `${algorithm} does not fit the key of the certificate, which is ${owner.certificate.publicKey.asymmetricKeyType?.toUpperCase()}.`,
    )
  const keyId = read.keyId === null ? null : judgeKeyId(read.keyId, profile, owner, findings)
  const listed = (read.headers ?? '').split(/[\s,;]+/).filter((word) => word !== '')
  const place = 'Signature: headers'
  const names = readList(read.headers ?? '', place, findings)
  if (read.headers !== null) judgeHeaderList(request, names, profile, place, findings)
  judgeDate(request, findings)
  const digest = judgeDigest(request, profile.digest, findings)
  const signature = signatureBytes(read.signature, findings)
  const verification = verifySignature(
    {
      request,
      names,
      listed,
      wanted: wantedNames(request, profile),
      digest: digest.fitting,
      before: '',
      algorithm,
      family,
      signature,
      certificate: owner?.certificate ?? null,
      other: own,
    },
    findings,
  )
  const lines = names.length === 0 ? null : linesOf(request, names)
  return {
    ...empty(profile, findings),
    signingString: lines === null ? null : textOf(lines),
    digest,
    headers: headerLines(request, names, profile),
    algorithm: read.algorithm,
    keyId,
    certificate: describeCertificate(owner, certificate === null ? 'identity' : 'header'),
    verification,
  }
}

export function debugHttpSignature(
  request: DebugRequest,
  profile: HttpSignatureProfile,
  parts: DebugParts,
): SignatureReport {
  const findings = createFindings()
  const value = headerValue(request.headers, 'signature')
  if (value === null || value === '') return nothingSent(request, profile, findings)
  return debugParameters(readSignatureHeader(value, profile, findings), request, profile, parts, findings)
}
