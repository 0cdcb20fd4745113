/** Reads a PKCS#10 request and refuses what a QTSP may not certify. */
import { createPublicKey } from 'node:crypto'
import { Refusal } from '#sandbox/control/refusal.ts'
import { organizationIdentifierOid } from '#sandbox/pki/presented-certificate.ts'
import * as x509 from '#sandbox/pki/x509.ts'

/** RFC 3739: the extension that carries the PSD2 roles and the authority (ETSI TS 119 495). */
export const qcStatementsOid = '1.3.6.1.5.5.7.1.3'
const subjectAlternativeNameOid = '2.5.29.17'

export interface SigningRequest {
  readonly subject: x509.Name
  readonly organizationIdentifier: string
  readonly publicKey: x509.PublicKey
  /** Extensions the leaf takes over as they are. */
  readonly extensions: readonly x509.Extension[]
}

export const refuse = (message: string): never => {
  throw new Refusal(400, 'csr_refused', message)
}

function parse(pem: string): x509.Pkcs10CertificateRequest {
  try {
    return new x509.Pkcs10CertificateRequest(pem)
  } catch {
    return refuse('The request is not a PKCS#10 certificate request in PEM form.')
  }
}

function checkKey(request: x509.Pkcs10CertificateRequest): void {
  const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' })
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa' && modulusLength < 2048)
    refuse(`The RSA key has ${modulusLength} bits; at least 2048 are needed.`)
  const strong = key.asymmetricKeyType === 'rsa' || ['prime256v1', 'secp384r1'].includes(namedCurve ?? '')
  if (!strong) refuse('The key must be RSA with at least 2048 bits, or EC on P-256 or P-384.')
}

export async function readSigningRequest(pem: string): Promise<SigningRequest> {
  const request = parse(pem)
  checkKey(request)
  if (!(await request.verify().catch(() => false))) refuse('The signature of the request does not belong to its key.')
  const [organizationIdentifier] = request.subjectName.getField(organizationIdentifierOid)
  if (!organizationIdentifier) return refuse('The subject has no organizationIdentifier (2.5.4.97).')
  const wanted = request.extensions.filter(({ type }) => type === qcStatementsOid || type === subjectAlternativeNameOid)
  if (!wanted.some(({ type }) => type === qcStatementsOid))
    refuse('The request asks for no QCStatements (1.3.6.1.5.5.7.1.3): the PSD2 roles are missing.')
  return {
    subject: request.subjectName,
    organizationIdentifier,
    publicKey: request.publicKey,
    extensions: wanted.map(({ type, value }) => new x509.Extension(type, false, value)),
  }
}
