/** Server certificates of the sandbox's own CA with one thing wrong: another host's name, or an end that is past. */
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  type Authority,
  authorityKeyAlgorithm,
  dayMilliseconds,
  openAuthority,
  randomSerial,
  signatureAlgorithm,
} from '#sandbox/pki/authority.ts'
import { serverAuthority } from '#sandbox/pki/server-credential.ts'
import * as x509 from '#sandbox/pki/x509.ts'

export interface FaultyCredential {
  readonly key: string
  /** Leaf and CA, PEM. */
  readonly cert: string
}

export interface FaultyCredentials {
  readonly 'wrong-host-name': FaultyCredential
  readonly 'expired-server-certificate': FaultyCredential
}

interface Leaf {
  readonly names: ConstructorParameters<typeof x509.SubjectAlternativeNameExtension>[0]
  /** Days from now. */
  readonly from: number
  readonly until: number
}

async function issue(authority: Authority, { names, from, until }: Leaf): Promise<FaultyCredential> {
  const keys = (await webcrypto.subtle.generateKey(authorityKeyAlgorithm, true, ['sign', 'verify'])) as {
    publicKey: webcrypto.CryptoKey
    privateKey: webcrypto.CryptoKey
  }
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: 'CN=Local sandbox banks',
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() + from * dayMilliseconds),
    notAfter: new Date(Date.now() + until * dayMilliseconds),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: signatureAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  })
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
    cert: `${certificate.toString('pem')}\n${authority.certificate.toString('pem')}`,
  }
}

/** @param folder where the sandbox keeps its authorities. @param hosts names and addresses the sandbox goes by. */
export async function makeFaultyCredentials(folder: string, hosts: readonly string[]): Promise<FaultyCredentials> {
  const authority = await openAuthority(folder, serverAuthority)
  const own = hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }))
  return {
    'wrong-host-name': await issue(authority, {
      names: [{ type: 'dns', value: 'another-bank.example' }],
      from: -1,
      until: 397,
    }),
    'expired-server-certificate': await issue(authority, { names: own, from: -398, until: -1 }),
  }
}
