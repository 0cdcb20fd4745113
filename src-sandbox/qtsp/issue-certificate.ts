/** Issues a test certificate: a good one, or one that is bad in exactly one ordered way. */
import { createHash, createPublicKey } from 'node:crypto'
import type { z } from 'zod'
import { type Authority, dayMilliseconds, randomSerial, signatureAlgorithm } from '#sandbox/pki/authority.ts'
import * as x509 from '#sandbox/pki/x509.ts'
import type { CertificateIssued, certificateOrderSchema } from '#shared/sandbox-protocol.ts'
import { asCertified } from './odd-request.ts'
import type { Issuer, Qtsp } from './qtsp.ts'
import type { SigningRequest } from './signing-request.ts'

type Order = z.output<typeof certificateOrderSchema>

export interface IssuedLeaf extends CertificateIssued {
  /** As certified, which is not always as asked for. */
  readonly organizationIdentifier: string
  readonly sha256: string
}

/** Where it is issued. */
export interface Office {
  readonly qtsp: Qtsp
  /** Base URL of the control API, where issuers and revocation lists are served. */
  readonly control: string
}

/** ETSI EN 319 411-2 policies: QCP-w for websites, QCP-l for seals. */
const policies = { QWAC: '0.4.0.194112.1.4', QSEAL: '0.4.0.194112.1.1' }

const clockSkewMilliseconds = 5 * 60 * 1000

function period(order: Order): { notBefore: Date; notAfter: Date } {
  const length = order.days * dayMilliseconds
  const now = Date.now()
  const start = {
    expired: now - dayMilliseconds - length,
    'not-yet-valid': now + dayMilliseconds,
  }[order.profile as string]
  const from = start ?? now - clockSkewMilliseconds
  return { notBefore: new Date(from), notAfter: new Date((start ?? now) + length) }
}

async function extensions(order: Order, request: SigningRequest, issuer: Issuer, control: string) {
  const { digitalSignature, keyEncipherment, nonRepudiation } = x509.KeyUsageFlags
  // An EC key cannot encipher another key (RFC 8813).
  const isRsa = createPublicKey(request.publicKey.toString('pem')).asymmetricKeyType === 'rsa'
  const forTls = [
    new x509.KeyUsagesExtension(digitalSignature | (isRsa ? keyEncipherment : 0), true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
  ]
  const forSeals = [new x509.KeyUsagesExtension(digitalSignature | nonRepudiation, true)]
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    ...(order.kind === 'QWAC' ? forTls : forSeals),
    await x509.SubjectKeyIdentifierExtension.create(request.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey),
    new x509.CertificatePolicyExtension([policies[order.kind]]),
    new x509.CRLDistributionPointsExtension([`${control}/qtsp/crl${issuer.suffix}.der`]),
    new x509.AuthorityInfoAccessExtension({ caIssuers: `${control}/qtsp/issuer${issuer.suffix}.cer` }),
    ...request.extensions,
  ]
}

function issuerFor(order: Order, qtsp: Qtsp): { issuer: Issuer; chain: Authority[] } {
  if (order.profile === 'other-ca') return { issuer: qtsp.stranger, chain: [qtsp.stranger] }
  if (order.profile === 'leaf-only') return { issuer: qtsp.unpublished, chain: [] }
  const issuer = order.issuer === 'non-ascii' ? qtsp.nonAscii : qtsp.issuing
  return { issuer, chain: [issuer, qtsp.root] }
}

export async function issueCertificate(order: Order, asked: SigningRequest, office: Office): Promise<IssuedLeaf> {
  const { qtsp, control } = office
  const request = asCertified(asked, order.profile)
  const { issuer, chain } = issuerFor(order, qtsp)
  const serialNumber = randomSerial()
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber,
    subject: request.subject,
    issuer: issuer.certificate.subjectName,
    ...period(order),
    publicKey: request.publicKey,
    signingKey: issuer.key,
    signingAlgorithm: order.profile === 'sha-1' ? { name: 'ECDSA', hash: 'SHA-1' } : signatureAlgorithm,
    extensions: await extensions(order, request, issuer, control),
  })
  const sha256 = createHash('sha256').update(Buffer.from(leaf.rawData)).digest('hex')
  if (order.profile === 'revoked') qtsp.revoke(serialNumber, issuer)
  if (order.profile === 'blocked') qtsp.block(sha256)
  return {
    certificate: leaf.toString('pem'),
    chain: chain.map(({ certificate }) => certificate.toString('pem')),
    organizationIdentifier: request.organizationIdentifier,
    sha256,
  }
}
