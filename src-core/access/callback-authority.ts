/** The workbench's own CA for https callbacks on this machine: it can vouch for localhost and for nothing else. */
import { createPrivateKey, type KeyObject, webcrypto } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readJson, writeJson } from '../files/json-file.ts'
import { withProcessLock } from '../files/process-lock.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { CallbackCertificate } from './callback-listener.ts'

export interface LocalCertificate extends CallbackCertificate {
  /** Of the CA, SHA-256 in hexadecimal pairs, as browsers show it. */
  readonly fingerprint: string
}

export interface CallbackAuthority {
  /** A certificate for localhost whose key is in memory only. The CA is made with the first. */
  issue(now: number): Promise<LocalCertificate>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000
const secretName = 'callback-authority'
const subject = 'CN=TPP Workbench on this machine'

/** RFC 5280 section 4.2.1.10, permitted: dNSName localhost and iPAddress 127.0.0.1. */
const onlyThisMachine = Buffer.from('301ba019300b82096c6f63616c686f7374300a87087f000001ffffffff', 'hex')

const recordSchema = z.looseObject({ certificate: z.string(), notAfter: z.string() })

interface Authority {
  readonly certificate: string
  readonly key: KeyObject
}

/** Loaded here: the library takes about 85 ms and few callbacks are https. It expects the decorators' metadata to be there. */
async function library() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

const newKeys = () =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>

const derOf = async (key: webcrypto.CryptoKey) => Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))

async function makeAuthority(now: number): Promise<{ certificate: string; key: Buffer; notAfter: string }> {
  const x509 = await library()
  const keys = await newKeys()
  const notAfter = new Date(now + 730 * day)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject,
    notBefore: new Date(now - day),
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.Extension('2.5.29.30', true, onlyThisMachine),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return {
    certificate: certificate.toString('pem'),
    key: await derOf(keys.privateKey),
    notAfter: notAfter.toISOString(),
  }
}

export function createCallbackAuthority(folder: string, secrets: SecretStore): CallbackAuthority {
  const file = join(folder, 'callback-authority.json')

  const kept = async (now: number): Promise<Authority | null> => {
    const record = await readJson(file, recordSchema).catch(() => null)
    if (record === null || Date.parse(record.notAfter) < now + 7 * day) return null
    const der = await secrets.get(secretName)
    if (der === null) return null
    try {
      return { certificate: record.certificate, key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) }
    } finally {
      der.fill(0)
    }
  }

  const open = async (now: number): Promise<Authority> => {
    const found = await kept(now)
    if (found !== null) return found
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return withProcessLock(join(folder, 'callback-authority.lock'), 'the local CA', {}, async () => {
      const other = await kept(now)
      if (other !== null) return other
      const made = await makeAuthority(now)
      // The key first: a certificate without it would be made anew each time, and nobody could trust it for long.
      await secrets.set(secretName, made.key)
      const { certificate, notAfter } = made
      await writeJson(file, { certificate, notAfter })
      const key = createPrivateKey({ key: made.key, format: 'der', type: 'pkcs8' })
      made.key.fill(0)
      return { certificate, key }
    })
  }

  return {
    async issue(now) {
      const authority = await open(now)
      const x509 = await library()
      const issuer = new x509.X509Certificate(authority.certificate)
      const keys = await newKeys()
      const leaf = await x509.X509CertificateGenerator.create({
        subject: 'CN=localhost',
        issuer: issuer.subject,
        notBefore: new Date(now - day),
        notAfter: new Date(now + day),
        signingAlgorithm: algorithm,
        publicKey: keys.publicKey,
        signingKey: authority.key.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']),
        extensions: [
          new x509.SubjectAlternativeNameExtension([
            { type: 'dns', value: 'localhost' },
            { type: 'ip', value: '127.0.0.1' },
          ]),
          new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
        ],
      })
      const key = createPrivateKey({ key: await derOf(keys.privateKey), format: 'der', type: 'pkcs8' })
      const print = Buffer.from(await issuer.getThumbprint('SHA-256'))
        .toString('hex')
        .toUpperCase()
      return {
        cert: `${leaf.toString('pem')}\n${authority.certificate}\n`,
        key: key.export({ format: 'pem', type: 'pkcs8' }) as string,
        fingerprint: print.match(/../g)!.join(':'),
      }
    },
  }
}
