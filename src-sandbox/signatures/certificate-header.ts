/** The signing certificate a request carries in TPP-Signature-Certificate. */
import { X509Certificate } from 'node:crypto'
import { headerOf, type Received } from '#sandbox/net/answer.ts'
import { describeCertificate, type PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import { strictBase64 } from './base64.ts'

export const certificateHeader = 'tpp-signature-certificate'

/** What was encoded: the PEM text (so base64 twice) or the DER bytes. */
export type CertificateForm = 'pem' | 'der'

export type SentCertificate =
  | { readonly certificate: PresentedCertificate }
  | { readonly missing: true }
  | { readonly unreadable: string }

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

function parsePem(bytes: Buffer): X509Certificate[] {
  return (bytes.toString('latin1').match(pemBlock) ?? []).slice(0, 8).map((block) => new X509Certificate(block))
}

function parse(value: string, forms: readonly CertificateForm[]): SentCertificate {
  const bytes = strictBase64(value)
  if (!bytes) return { unreadable: 'the header is no base64 in one line' }
  const form: CertificateForm = bytes.toString('latin1', 0, 10) === '-----BEGIN' ? 'pem' : 'der'
  if (!forms.includes(form))
    return {
      unreadable: `the header is the base64 of ${form.toUpperCase()}, not of ${forms.join(' or ').toUpperCase()}`,
    }
  try {
    const [leaf, ...sent] = form === 'pem' ? parsePem(bytes) : [new X509Certificate(bytes)]
    return leaf ? { certificate: describeCertificate(leaf, sent) } : { unreadable: 'the PEM text holds no certificate' }
  } catch {
    return { unreadable: 'what was encoded is no X.509 certificate' }
  }
}

/** Values met lately: a client sends the same certificate with every request. */
const known = new Map<string, SentCertificate>()
const mostKnown = 500

export function readCertificateHeader(received: Received, forms: readonly CertificateForm[]): SentCertificate {
  const value = headerOf(received, certificateHeader)
  if (value === undefined || value === '') return { missing: true }
  const key = `${forms.join()} ${value}`
  const before = known.get(key)
  if (before) return before
  const read = parse(value, forms)
  if (known.size >= mostKnown) known.clear()
  known.set(key, read)
  return read
}

/** The certificate if there is a readable one, whatever it is worth: it says whose log the request belongs to. */
export function namedCertificate(received: Received, forms: readonly CertificateForm[]): PresentedCertificate | null {
  const sent = readCertificateHeader(received, forms)
  return 'certificate' in sent ? sent.certificate : null
}
