/** Makes test keys and certificates with the openssl command in a folder of its own: material we did not write ourselves. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Runs openssl and returns its output. Throws with what it said. */
export function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Whether these tests can run. Continuous integration has to have openssl; elsewhere its absence is said aloud. */
export function opensslPresent(): boolean {
  try {
    openssl('version')
    return true
  } catch (error) {
    if (process.env.CI) throw new Error('openssl is needed to test keys and is not on this machine', { cause: error })
    process.stderr.write('\nSKIPPED: openssl is not on this machine, most tests of keys do not run.\n')
    return false
  }
}

export interface Certification {
  /** Path of the subject's key. */
  key: string
  subject: string
  /** Lines of an extension file, for example `basicConstraints=CA:true`. */
  extensions?: string[]
  /** Path of the issuer's key and PEM of its certificate; left out: self-signed. */
  issuer?: { key: string; certificate: string }
  digest?: string
}

export interface OpensslMaterial {
  readonly folder: string
  /** Path of a file in the folder. */
  at(name: string): string
  read(name: string): string
  write(name: string, text: string): void
  /** Makes a key and returns its path; `form` are arguments of genpkey. */
  key(name: string, ...form: string[]): string
  /** @returns PEM, valid for 90 days from now. */
  certify(order: Certification): string
  remove(): void
}

export const rsa2048 = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
export const ecP256 = [
  '-algorithm',
  'EC',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-pkeyopt',
  'ec_param_enc:named_curve',
]
export const tppSubject = '/C=SE/O=Exempel AB/organizationIdentifier=PSDSE-FINA-5560123456/CN=Exempel'
export const authorityExtensions = ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign']

export function createOpensslMaterial(): OpensslMaterial {
  const folder = mkdtempSync(path.join(tmpdir(), 'tpp-keys-'))
  const at = (name: string): string => path.join(folder, name)
  let serial = 4096
  return {
    folder,
    at,
    read: (name) => readFileSync(at(name), 'utf8'),
    write: (name, text) => writeFileSync(at(name), text),
    key(name, ...form) {
      openssl('genpkey', ...form, '-out', at(name))
      return at(name)
    },
    certify({ key, subject, extensions = [], issuer, digest = 'sha256' }) {
      writeFileSync(at('request.ext'), `${extensions.join('\n')}\n`)
      openssl('req', '-new', '-utf8', '-key', key, '-subj', subject, '-out', at('request.csr'))
      if (issuer) writeFileSync(at('issuer.pem'), issuer.certificate)
      const signer = issuer ? ['-CA', at('issuer.pem'), '-CAkey', issuer.key] : ['-signkey', key]
      const rest = ['-set_serial', String(serial++), '-days', '90', `-${digest}`, '-extfile', at('request.ext')]
      return openssl('x509', '-req', '-in', at('request.csr'), ...signer, ...rest)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
