/** Signs a request as a TPP would, with nothing but node:crypto, so that what the sandbox verifies was not made by itself. */
import { createHash, randomUUID, sign, X509Certificate } from 'node:crypto'

export interface SigningIdentity {
  /** PKCS#8, PEM. */
  readonly key: string
  /** Leaf first, PEM. */
  readonly certificate: string
}

export interface SignerStyle {
  readonly keyId: (certificate: X509Certificate) => string
  readonly headers: readonly string[]
  readonly prefix: string
  readonly certificateHeader: (certificate: X509Certificate) => string
}

/** One `TYPE=value` per line, in the order of the certificate. */
const issuerParts = ({ issuer }: X509Certificate): string[] => issuer.split('\n')

export const saltEdgeStyle: SignerStyle = {
  keyId: (certificate) => `SN=${certificate.serialNumber},DN=/${issuerParts(certificate).join('/')}`,
  headers: ['digest', 'date', 'x-request-id'],
  prefix: 'Signature ',
  certificateHeader: (certificate) => Buffer.from(certificate.toString()).toString('base64'),
}

export const spareBank1Style: SignerStyle = {
  keyId: (certificate) => `SN=${certificate.serialNumber},CA=${issuerParts(certificate).reverse().join(',')}`,
  headers: ['date', 'digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
  prefix: '',
  certificateHeader: (certificate) => certificate.raw.toString('base64'),
}

export interface SigningOptions {
  readonly algorithm?: string
  readonly hash?: string
  readonly keyId?: string
  readonly headers?: readonly string[]
}

const fold = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** @returns the given headers with those of the signature, names in lower case. */
export function signedHeaders(
  identity: SigningIdentity,
  style: SignerStyle,
  given: Readonly<Record<string, string>>,
  body: string,
  options: SigningOptions = {},
): Record<string, string> {
  const certificate = new X509Certificate(identity.certificate)
  const all: Record<string, string> = {
    'x-request-id': randomUUID(),
    date: new Date().toUTCString(),
    digest: `SHA-256=${createHash('sha256').update(body).digest('base64')}`,
    ...fold(given),
  }
  const names = options.headers ?? style.headers.filter((name) => all[name] !== undefined)
  const text = names.map((name) => `${name}: ${all[name]}`).join('\n')
  const signature = sign(options.hash ?? 'sha256', Buffer.from(text, 'latin1'), identity.key).toString('base64')
  const { keyId = style.keyId(certificate), algorithm = 'rsa-sha256' } = options
  return {
    ...all,
    'tpp-signature-certificate': style.certificateHeader(certificate),
    signature: `${style.prefix}keyId="${keyId}",algorithm="${algorithm}",headers="${names.join(' ')}",signature="${signature}"`,
  }
}
