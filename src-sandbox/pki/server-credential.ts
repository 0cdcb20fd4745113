/** The certificate the simulated banks show, for every name they go by, renewed before it ends. */
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
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

/** The CA of the certificates that the servers show. */
export const serverAuthority = {
  file: 'server-ca',
  subject: 'C=SE, O=TPP Workbench local sandbox, CN=Local sandbox server CA',
  years: 10,
} as const

/** Clients refuse server certificates that run for more than 398 days. */
const validDays = 397
const renewBeforeDays = 30

const namesOf = (hosts: readonly string[]) =>
  hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }))

function isFor(certificate: x509.X509Certificate, hosts: readonly string[]): boolean {
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? []
  return names.length === hosts.length && hosts.every((host) => names.some(({ value }) => value === host))
}

function isUsable(pem: string, authority: Authority, hosts: readonly string[]): boolean {
  const certificate = new x509.X509Certificate(pem)
  return (
    isFor(certificate, hosts) &&
    certificate.notAfter.getTime() > Date.now() + renewBeforeDays * dayMilliseconds &&
    certificate.issuer === authority.certificate.subject
  )
}

async function issue(folder: string, authority: Authority, hosts: readonly string[]): Promise<void> {
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
      new x509.SubjectAlternativeNameExtension(namesOf(hosts)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  })
  await saveCredential(folder, 'server', keys.privateKey, certificate.toString('pem'))
}

/** @param hosts names and addresses the certificate is for. */
export async function openServerCredential(folder: string, hosts: readonly string[]): Promise<ServerCredential> {
  const authority = await openAuthority(folder, serverAuthority)
  const leaf = readFileIfThere(join(folder, 'server.pem'))
  if (leaf === null || !isUsable(leaf, authority, hosts)) await issue(folder, authority, hosts)
  const ca = join(folder, 'server-ca.pem')
  return {
    key: readFileIfThere(join(folder, 'server.key')) ?? '',
    certificate: `${readFileIfThere(join(folder, 'server.pem'))}${readFileIfThere(ca)}`,
    ca,
  }
}
