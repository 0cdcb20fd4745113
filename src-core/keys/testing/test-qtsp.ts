/** A tiny QTSP: a root, an issuing CA, and certificates for PKCS#10 requests, made with @peculiar/x509. */
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { CertificateIssued, CertificateOrder } from '#shared/sandbox-protocol.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 24 * 60 * 60 * 1000

export interface TestQtsp {
  /** PEM. */
  readonly root: string
  /** Requests received, PEM. */
  readonly requests: string[]
  issue(order: CertificateOrder): Promise<CertificateIssued>
}

export async function createTestQtsp(): Promise<TestQtsp> {
  const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const validity = () => ({ notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 90 * day) })
  const ca = () => [new x509.BasicConstraintsExtension(true, undefined, true)]
  const rootKeys = await makeKeys()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'C=SE, O=Test QTSP, CN=Test Root',
    keys: rootKeys,
    signingAlgorithm: algorithm,
    extensions: ca(),
    ...validity(),
  })
  const issuerKeys = await makeKeys()
  const issuer = await x509.X509CertificateGenerator.create({
    subject: 'C=SE, O=Test QTSP, CN=Test Issuing CA',
    issuer: root.subjectName,
    publicKey: issuerKeys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: ca(),
    ...validity(),
  })
  const requests: string[] = []
  return {
    root: root.toString('pem'),
    requests,
    async issue({ csr }) {
      requests.push(csr)
      const request = new x509.Pkcs10CertificateRequest(csr)
      if (!(await request.verify())) throw new Error('the request does not verify')
      const leaf = await x509.X509CertificateGenerator.create({
        subject: request.subjectName,
        issuer: issuer.subjectName,
        publicKey: request.publicKey,
        signingKey: issuerKeys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [...request.extensions, new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2'])],
        ...validity(),
      })
      return { certificate: leaf.toString('pem'), chain: [issuer.toString('pem'), root.toString('pem')] }
    },
  }
}
