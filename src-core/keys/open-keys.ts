/** Opens the keys of identities for signing and TLS, and hands out only things that use a key without showing it. */
import {
  constants,
  createPrivateKey,
  type KeyObject,
  type SignKeyObjectInput,
  sign,
  X509Certificate,
} from 'node:crypto'
import type { SecureContext } from 'node:tls'
import { promisify } from 'node:util'
import type { SecretStore } from '#core/secrets/secret-store.ts'
import type { RequestSigner } from '#core/signing/signing-scheme.ts'
import { Fault } from '#shared/fault.ts'
import { clientContext, trustKey, withBuiltInRoots } from '../http/client-context.ts'
import { belongsTo, mismatch } from './certificate-chain.ts'
import { readCertificateStructure } from './certificate-structure.ts'
import { textOf } from './der.ts'
import { relativeNames } from './distinguished-name.ts'
import type { IdentityRecord } from './identity-records.ts'
import { pemBytes } from './pem.ts'
import { describeKey } from './private-key.ts'

export type KeySecrets = Pick<SecretStore, 'get' | 'set' | 'delete'>

/**
 * Signs with the key of one identity; the key is reached anew after `forget`.
 * `sign` @throws Fault SECRET_ABSENT, KEYCHAIN_*, VAULT_*
 */
export type Signer = RequestSigner

export interface OpenKeys {
  /** @param ca PEM, the only ones trusted; none: the roots Node is built with. Equal arguments get the same context, and with it its TLS sessions. */
  secureContext(id: string, ca: readonly string[]): Promise<SecureContext>
  signer(id: string): Promise<Signer>
  /** Drops what is held of one identity, or of all (auto-lock). */
  forget(id?: string): void
}

export const secretIdOf = (identity: string): string => `key-${identity}`

export interface OpenKeysParts {
  secrets(): Promise<KeySecrets> | KeySecrets
  /** @throws Fault IDENTITY_UNKNOWN, DATA_DAMAGED */
  record(id: string): Promise<IdentityRecord>
}

const signData = promisify<string, Uint8Array, SignKeyObjectInput, Buffer>(sign)

/** What RSA needs to be told beside the key. */
const paddings = {
  pkcs1: { padding: constants.RSA_PKCS1_PADDING },
  pss: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
} as const

export function createOpenKeys({ secrets, record }: OpenKeysParts): OpenKeys {
  const keys = new Map<string, Promise<KeyObject>>()
  const contexts = new Map<string, Map<string, Promise<SecureContext>>>()
  /** What was read off a certificate, as long as its record is the same one. */
  const leaves = new WeakMap<IdentityRecord, Pick<Signer, 'issuer' | 'serial'>>()
  const leafOf = (identity: IdentityRecord): Pick<Signer, 'issuer' | 'serial'> => {
    const known = leaves.get(identity)
    if (known !== undefined) return known
    const leaf = readStoredCertificate(identity.id, identity.certificates[0]!)
    const made = { issuer: issuerOf(leaf), serial: leaf.serialNumber }
    leaves.set(identity, made)
    return made
  }

  const keyOf = (identity: IdentityRecord): Promise<KeyObject> =>
    once(keys, identity.id, async () => openKey(await secrets(), identity))

  return {
    secureContext(id, ca) {
      const ofIdentity = contexts.get(id) ?? new Map<string, Promise<SecureContext>>()
      contexts.set(id, ofIdentity)
      return once(ofIdentity, trustKey(ca), async () => {
        const identity = await record(id)
        return makeContext(identity, await keyOf(identity), ca)
      })
    },
    async signer(id) {
      const identity = await record(id)
      const { type, curve } = describeKey(await keyOf(identity))
      const algorithm = type === 'RSA' ? 'RSA' : 'EC'
      const [certificatePem, ...chainPem] = identity.certificates as [string, ...string[]]
      return {
        algorithm,
        ...(curve !== undefined && { curve }),
        sign: async (hash, data, padding = 'pkcs1') =>
          signData(hash, data, {
            key: await keyOf(identity),
            ...(algorithm === 'RSA' && paddings[padding]),
          }),
        certificatePem,
        chainPem,
        ...leafOf(identity),
      }
    },
    forget(id) {
      for (const held of [keys, contexts]) {
        if (id === undefined) held.clear()
        else held.delete(id)
      }
    },
  }
}

/** Remembers what was made under a name; a failure is not remembered. */
function once<T>(held: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const known = held.get(name)
  if (known) return known
  const made = make()
  held.set(name, made)
  made.catch(() => {
    if (held.get(name) === made) held.delete(name)
  })
  return made
}

/** @throws Fault SECRET_ABSENT, SECRET_DAMAGED, KEY_MISMATCH and what the store throws */
async function openKey(secrets: KeySecrets, { id, name, certificates }: IdentityRecord): Promise<KeyObject> {
  const der = await secrets.get(secretIdOf(id))
  if (der === null) {
    const message = `The key of identity "${name}" is no longer in the key store: import it again or order a new one.`
    throw new Fault('SECRET_ABSENT', message, { identity: id, name })
  }
  const key = readStoredKey(der, id, name)
  const leaf = readStoredCertificate(id, certificates[0]!)
  // Node's TLS would send no certificate at all for some pairs that do not match.
  if (!belongsTo(leaf, key)) throw mismatch([leaf], key)
  return key
}

function readStoredKey(der: Buffer, id: string, name: string): KeyObject {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } catch {
    // No cause: an error of the crypto library might quote the key.
    const message = `What the key store holds for identity "${name}" is no private key: delete the identity and import it again.`
    throw new Fault('SECRET_DAMAGED', message, { identity: id, name })
  } finally {
    der.fill(0)
  }
}

function readStoredCertificate(id: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    const message = `${id}.json is damaged: its certificate does not decode. Import the identity again.`
    throw new Fault('DATA_DAMAGED', message, { file: `${id}.json` }, error)
  }
}

/** Relative names in the order of the certificate, each with its attributes. @throws Fault CERTIFICATE_UNREADABLE */
const issuerOf = (certificate: X509Certificate): Signer['issuer'] =>
  relativeNames(readCertificateStructure(certificate.raw).issuer).map((attributes) =>
    attributes.map(({ oid, value }) => ({ oid, value: textOf(value), der: value.bytes })),
  )

/** @throws Fault CERTIFICATE_UNREADABLE */
function makeContext(identity: IdentityRecord, key: KeyObject, ca: readonly string[]): SecureContext {
  if (ca !== withBuiltInRoots([])) ca.forEach(requireCertificate)
  const der = key.export({ type: 'pkcs8', format: 'der' })
  const pem = pemBytes('PRIVATE KEY', der)
  try {
    return clientContext({
      ca: ca.length > 0 ? ca : withBuiltInRoots([]),
      client: { cert: identity.certificates.join(''), key: pem },
    })
  } catch (error) {
    if (error instanceof Fault) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'
    const message = `TLS does not take the certificate of identity "${identity.name}" (${reason}): order or import another one.`
    throw new Fault('CERTIFICATE_UNREADABLE', message, { identity: identity.id, reason }, error)
  } finally {
    der.fill(0)
    pem.fill(0)
  }
}

/** Node passes over a CA that does not decode, and the handshake would fail for a reason nobody finds. */
function requireCertificate(pem: string): void {
  try {
    void new X509Certificate(pem)
  } catch (error) {
    const message = 'A CA certificate of the environment does not decode: give it as PEM.'
    throw new Fault('CERTIFICATE_UNREADABLE', message, { field: 'ca' }, error)
  }
}
