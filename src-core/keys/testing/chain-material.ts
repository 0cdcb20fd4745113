/** A root, an issuing CA and four leaves with their keys, RSA and EC, made by openssl. */
import {
  authorityExtensions,
  createOpensslMaterial,
  ecP256,
  type OpensslMaterial,
  rsa2048,
  tppSubject,
} from './openssl-material.ts'

export type LeafName = 'rsa' | 'otherRsa' | 'ec' | 'otherEc'

export interface ChainMaterial {
  /** Keys lie in it under their names, and certificates as `<name>.pem`. */
  readonly made: OpensslMaterial
  /** PEM of all. */
  readonly root: string
  readonly issuing: string
  readonly leaves: Readonly<Record<LeafName, string>>
  readonly keys: Readonly<Record<LeafName, string>>
}

export function createChainMaterial(): ChainMaterial {
  const made = createOpensslMaterial()
  const rootKey = made.key('root', ...ecP256)
  const root = made.certify({ key: rootKey, subject: '/C=SE/CN=Root', extensions: authorityExtensions })
  const issuingKey = made.key('issuing', ...rsa2048)
  const issuing = made.certify({
    key: issuingKey,
    subject: '/C=SE/CN=Issuing',
    extensions: authorityExtensions,
    issuer: { key: rootKey, certificate: root },
  })
  const leaf = (name: string, form: string[]): string => {
    const extensions = ['extendedKeyUsage=clientAuth']
    const issuer = { key: issuingKey, certificate: issuing }
    const pem = made.certify({ key: made.key(name, ...form), subject: tppSubject, extensions, issuer })
    made.write(`${name}.pem`, pem)
    return pem
  }
  const leaves = {
    rsa: leaf('rsa', rsa2048),
    otherRsa: leaf('otherRsa', rsa2048),
    ec: leaf('ec', ecP256),
    otherEc: leaf('otherEc', ecP256),
  }
  const keys = {
    rsa: made.read('rsa'),
    otherRsa: made.read('otherRsa'),
    ec: made.read('ec'),
    otherEc: made.read('otherEc'),
  }
  made.write('root.pem', root)
  made.write('issuing.pem', issuing)
  return { made, root, issuing, leaves, keys }
}
