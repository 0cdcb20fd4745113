/** Reads the signing certificate a request carries and says where its form is not the one the bank wants. */
import { X509Certificate } from 'node:crypto'
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import { headerValue } from '../signing-string.ts'
import { type DebugRequest, type Findings, strictBase64 } from './debug-request.ts'

export function certificateOf(bytes: Uint8Array | string): X509Certificate | null {
  try {
    return new X509Certificate(bytes)
  } catch {
    return null
  }
}

/** Line ends, also those that a program wrote as two characters or percent-encoded. */
const lineFeeds = /[\r\n]|\\[rn]|%0[AaDd]/g

const describe = (form: HttpSignatureProfile['certificate']['form']): string =>
  form === 'base64-pem'
    ? 'the base64 of the PEM text, in one line'
    : 'the base64 of the DER bytes, in one line: what stands between the lines of a PEM file, without line feeds'

/** What was encoded, when it is something. */
function decode(value: string): Buffer | null {
  const text = value.replace(/\s+/g, '')
  return strictBase64(text) ?? strictBase64(`${text}${'='.repeat((4 - (text.length % 4)) % 4)}`)
}

/** null where there is none or it cannot be read. */
export function judgeCertificate(
  request: DebugRequest,
  { certificate: { header, form } }: HttpSignatureProfile,
  findings: Findings,
): X509Certificate | null {
  const value = headerValue(request.headers, header.toLowerCase())
  const add = (id: Parameters<Findings['add']>[0], message: string) =>
    findings.add(id, header, message, {
      wanted: describe(form),
      found: value === null ? null : `${value.slice(0, 32)}…`,
    })
  if (value === null || value === '') {
    findings.add(
      'certificate-missing',
      header,
      `The request has no header ${header}. The bank wants ${describe(form)}.`,
    )
    return null
  }
  const joined = value.replace(lineFeeds, '')
  if (joined !== value) add('line-feeds-in-certificate', 'The value holds line feeds: the bank wants it in one line.')
  else if (/\s/.test(value) && !value.startsWith('-----')) add('white-space', 'The value holds blanks.')
  if (joined.startsWith('-----BEGIN')) {
    add('certificate-not-encoded', `The value is the PEM text itself: the bank wants ${describe(form)}.`)
    const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END/.exec(joined)?.[1] ?? ''
    return certificateOf(decode(body) ?? '')
  }
  const bytes = decode(joined)
  if (bytes === null) {
    const url = /[-_]/.test(joined) ? ' It is base64url: the bank wants + and / for - and _.' : ''
    add('certificate-not-encoded', `The value is no base64.${url}`)
    return certificateOf(Buffer.from(joined, 'base64url'))
  }
  const certificate = certificateOf(bytes)
  const isPem = bytes.toString('latin1', 0, 10) === '-----BEGIN'
  if (certificate === null) add('certificate-unreadable', 'What was encoded is no X.509 certificate.')
  else if (isPem && form === 'base64-der')
    add('pem-for-der', `What was encoded is the PEM text: the bank wants ${describe(form)}.`)
  else if (!isPem && form === 'base64-pem')
    add('der-for-pem', `What was encoded are the DER bytes: the bank wants ${describe(form)}.`)
  return certificate
}
