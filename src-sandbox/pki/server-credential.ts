/** The certificate the simulated banks show on 127.0.0.1, renewed before it ends. */
import { webcrypto } from 'node:crypto'
import { join } from 'node:path'
import { readFileIfThere } from '#sandbox/home/atomic-file.ts'
import * as x509 from '#sandbox/pki/x509.ts'
import {
  type Authority,
  authorityKeyAlgorithm,
  dayMilliseconds,
  openAuthority,
  randomSerial,
  saveCredential,
  signatureAlgorithm,
} from './authority.ts'

export interface ServerCredential {
  readonly key: string
  /** Leaf and CA, PEM. */
  readonly certificate: string
  /** Path of the CA's PEM file: what a client has to trust. */
  readonly ca: string
}

/** Clients refuse server certificates that run for more than 398 days. */
const validDays = 397
const renewBeforeDays = 30

function isUsable(pem: string, authority: Authority): boolean {
  const certificate = new x509.X509Certificate(pem)
  return (
    certificate.notAfter.getTime() > Date.now() + renewBeforeDays * dayMilliseconds &&
    certificate.issuer === authority.certificate.subject
  )
}

async function issue(folder: string, authority: Authority): Promise<void> {
  const keys = (await webcrypto.subtle.generateKey(authorityKeyAlgorithm, true, ['sign', 'verify'])) as {
    publicKey: webcrypto.CryptoKey
    privateKey: webcrypto.CryptoKey
  }
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: 'CN=Local sandbox banks',
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() - dayMilliseconds),
    notAfter: new Date(Date.now() + validDays * dayMilliseconds),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: signatureAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  })
  await saveCredential(folder, 'server', keys.privateKey, certificate.toString('pem'))
}

export async function openServerCredential(folder: string): Promise<ServerCredential> {
  const authority = await openAuthority(folder, {
    file: 'server-ca',
    subject: 'C=SE, O=TPP Workbench local sandbox, CN=Local sandbox server CA',
    years: 10,
  })
  const leaf = readFileIfThere(join(folder, 'server.pem'))
  if (leaf === null || !isUsable(leaf, authority)) await issue(folder, authority)
  const ca = join(folder, 'server-ca.pem')
  return {
    key: readFileIfThere(join(folder, 'server.key')) ?? '',
    certificate: `${readFileIfThere(join(folder, 'server.pem'))}${readFileIfThere(ca)}`,
    ca,
  }
}
