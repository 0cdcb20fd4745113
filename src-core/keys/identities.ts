/** The identities of this workbench: orders, imports, lists and deletes them, and hands out what signs and speaks TLS for them. */
import type { SecureContext } from 'node:tls'
import type { z } from 'zod'
import { createFolderMemory } from '#core/files/file-memory.ts'
import type { IdentityDetail, IdentityView, importInputSchema } from '#shared/contract/keys.ts'
import { Fault, isFault } from '#shared/fault.ts'
import type { CertificateIssued, CertificateOrder } from '#shared/sandbox-protocol.ts'
import { arrangeCertificates } from './certificate-chain.ts'
import { findIdentity, unknownIdentity } from './find-identity.ts'
import { type DamagedRecord, type IdentityRecord, readRecord, readRecords, removeRecord } from './identity-records.ts'
import { identityDetail, identityView } from './identity-view.ts'
import { readBundle, readCertificates } from './import-bundle.ts'
import { createOpenKeys, type KeySecrets, type Signer, secretIdOf } from './open-keys.ts'
import { type Order, subjectOf } from './order-subject.ts'
import { pemBlocks } from './pem.ts'
import { readPrivateKey } from './private-key.ts'
import { makeKeyPair, makeSigningRequest } from './signing-request.ts'
import { type NewIdentity, requireFreeName, storeIdentity } from './store-identity.ts'
import { type Warning, warning } from './warning.ts'

export type Import = z.output<typeof importInputSchema>

export interface IdentitiesParts {
  /** One JSON file per identity; made when the first is stored. */
  readonly folder: string
  secrets(): Promise<KeySecrets> | KeySecrets
  /** Sends a certificate request to the sandbox's QTSP. */
  orderCertificate(order: CertificateOrder): Promise<CertificateIssued>
  /** Milliseconds since 1970. */
  now?(): number
}

export interface Identities {
  /** @throws Fault IDENTITY_EXISTS, CERTIFICATE_UNREADABLE, KEY_MISMATCH and what the key store and the order throw */
  order(order: Order): Promise<IdentityView>
  /** @throws Fault KEY_UNREADABLE, KEY_PASSPHRASE, KEY_WEAK, KEY_MISMATCH, CERTIFICATE_UNREADABLE, IDENTITY_EXISTS and what the key store throws */
  import(input: Import): Promise<IdentityView>
  list(): Promise<IdentityView[]>
  /** Records that cannot be read; `list` leaves them out. */
  damaged(): Promise<readonly DamagedRecord[]>
  inspect(ref: string): Promise<IdentityDetail>
  /** A damaged record is deleted by its id. */
  delete(ref: string): Promise<{ id: string; name: string; deleted: boolean }>
  /** @param ref id, exact name, or 8 and more digits of the SHA-256; left out: the only identity there is. */
  resolve(ref?: string): Promise<IdentityView>
  /** @param id from `resolve`. @param ca PEM, the only ones trusted; none: the roots Node trusts. */
  secureContext(id: string, ca: readonly string[]): Promise<SecureContext>
  signer(id: string): Promise<Signer>
  /** Drops every key and TLS context held in memory (auto-lock). Open connections are not its business. */
  forget(): void
}

export function createIdentities(parts: IdentitiesParts): Identities {
  const { folder } = parts
  const now = (): number => parts.now?.() ?? Date.now()
  const memory = createFolderMemory<IdentityRecord>()
  const find = async (ref: string | undefined) => findIdentity(await readRecords(folder, memory), ref)
  const openKeys = createOpenKeys({
    secrets: () => parts.secrets(),
    record: async (id) => (await readRecord(folder, id, memory)) ?? unknownIdentity(id),
  })
  const oneByOne = createQueue()

  const store = async (identity: NewIdentity): Promise<IdentityView> => {
    const { record, known } = await oneByOne(async () => storeIdentity(folder, await parts.secrets(), identity))
    if (known) openKeys.forget(record.id)
    return identityView(record, now(), storingWarnings(record, known, identity))
  }

  return {
    async order(order) {
      requireFreeName((await readRecords(folder)).records, order.name)
      const pair = await makeKeyPair(order.key)
      const csr = await makeSigningRequest(pair, subjectOf(order))
      const { kind, profile, issuer, days, upload } = order
      const issued = await parts.orderCertificate({ csr, kind, profile, issuer, days, upload })
      const certificates = readCertificates(pemBlocks([issued.certificate, ...issued.chain].join('\n')))
      if (certificates.length === 0) {
        throw new Fault('CERTIFICATE_UNREADABLE', 'The order was answered without a certificate.')
      }
      return store({ name: order.name, key: pair.privateKey, ...arrangeCertificates(certificates, pair.privateKey) })
    },
    async import(input) {
      const bundle = readBundle(input)
      const key = readPrivateKey(bundle.key, input.passphrase)
      return store({ name: input.name, key, ...arrangeCertificates(bundle.certificates, key) })
    },
    list: async () => (await readRecords(folder)).records.map((record) => identityView(record, now())),
    damaged: async () => (await readRecords(folder)).damaged,
    async inspect(ref) {
      const record = await find(ref)
      return identityDetail(record, now(), await keyState(parts, record.id))
    },
    delete: (ref) => oneByOne(async () => deleteIdentity(parts, ref, openKeys.forget)),
    resolve: async (ref) => identityView(await find(ref), now()),
    secureContext: openKeys.secureContext,
    signer: openKeys.signer,
    forget: () => openKeys.forget(),
  }
}

/** Runs work in the order it came, so that two imports at once see each other's names and certificates. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
}

function storingWarnings(record: IdentityRecord, known: boolean, { leftOut }: NewIdentity): Warning[] {
  const found: Warning[] = []
  if (known) found.push(warning('already-imported', [record.name]))
  if (leftOut.length > 0)
    found.push(
      warning(
        'certificates-left-out',
        leftOut.map((one) => one.fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase()),
      ),
    )
  return found
}

async function keyState(parts: IdentitiesParts, id: string): Promise<IdentityDetail['keyState']> {
  try {
    const secret = await (await parts.secrets()).get(secretIdOf(id))
    secret?.fill(0)
    return secret === null ? 'absent' : 'present'
  } catch (error) {
    if (!isFault(error)) throw error
    // A store that says the secret's own file is gone was asked and has answered.
    return error.code === 'SECRET_ABSENT' ? 'absent' : 'unknown'
  }
}

async function deleteIdentity(parts: IdentitiesParts, ref: string, forget: (id: string) => void) {
  const found = await readRecords(parts.folder)
  const broken = found.damaged.find(({ id }) => id === ref)
  const { id, name } = broken ? { id: broken.id, name: broken.id } : findIdentity(found, ref)
  // The secret first: a record that stays behind can be deleted again, a secret without a record would be found by nobody.
  await (await parts.secrets()).delete(secretIdOf(id))
  forget(id)
  return { id, name, deleted: await removeRecord(parts.folder, id) }
}
