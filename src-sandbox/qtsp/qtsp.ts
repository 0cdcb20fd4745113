/** The sandbox's own qualified trust service provider: its CAs, what it issued badly on purpose, its revocation list. */
import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { readFileIfThere, writeFileAtomically } from '#sandbox/home/atomic-file.ts'
import type { SandboxHome } from '#sandbox/home/sandbox-home.ts'
import { type Authority, dayMilliseconds, openAuthority, signatureAlgorithm } from '#sandbox/pki/authority.ts'
import type { TrustStore } from '#sandbox/pki/certificate-verdict.ts'
import * as x509 from '#sandbox/pki/x509.ts'

const bookSchema = z.object({
  /** Serial number (lower-case hex) → day of revocation. */
  revoked: z.record(z.string(), z.string()),
  /** SHA-256 of certificates the banks have blocked. */
  blocked: z.array(z.string()),
})

export interface Qtsp {
  readonly root: Authority
  readonly issuing: Authority
  /** Its certificate is kept from the banks: what it issues needs the chain to be sent along. */
  readonly unpublished: Authority
  /** Belongs to nobody the banks trust. */
  readonly stranger: Authority
  readonly trust: TrustStore
  revoke(serial: string): void
  block(sha256: string): void
  revocationList(): Promise<Buffer>
}

const organisation = 'C=SE, O=Local sandbox QTSP'

async function openAuthorities(folder: string) {
  const root = await openAuthority(folder, {
    file: 'qtsp-root',
    subject: `${organisation}, CN=Local sandbox QTSP root`,
    years: 20,
  })
  const below = (file: string, name: string): Promise<Authority> =>
    openAuthority(folder, { file, subject: `${organisation}, CN=${name}`, years: 10, issuer: root })
  return {
    root,
    issuing: await below('qtsp-issuing', 'Local sandbox QTSP issuing CA'),
    unpublished: await below('qtsp-unpublished', 'Local sandbox QTSP issuing CA 2'),
    stranger: await openAuthority(folder, {
      file: 'stranger-root',
      subject: 'C=SE, O=Nobody in particular, CN=Untrusted test CA',
      years: 20,
    }),
  }
}

/** RFC 5280 section 5.2.3: each list has a higher number than the one before; the time does that. */
function crlNumber(milliseconds: number): x509.Extension {
  const integer = Buffer.alloc(10)
  integer.set([0x02, 0x08])
  integer.writeBigInt64BE(BigInt(milliseconds), 2)
  // DER: as few bytes as the number needs, the first bit being its sign.
  const zeros = integer.subarray(2).findIndex((byte) => byte !== 0)
  const first = (integer[2 + zeros] ?? 0) >= 0x80 ? zeros - 1 : zeros
  const bytes = integer.subarray(2 + first)
  return new x509.Extension('2.5.29.20', false, Buffer.concat([Buffer.from([0x02, bytes.length]), bytes]))
}

const serialOf = (text: string): string => text.toLowerCase().replace(/^0+/, '')

const inNodesForm = (authority: Authority): X509Certificate =>
  new X509Certificate(Buffer.from(authority.certificate.rawData))

export async function openQtsp(home: SandboxHome): Promise<Qtsp> {
  const authorities = await openAuthorities(home.authorities)
  const text = readFileIfThere(home.qtsp)
  const book = text === null ? { revoked: {}, blocked: [] } : bookSchema.parse(JSON.parse(text))
  const save = (): void => writeFileAtomically(home.qtsp, `${JSON.stringify(book, null, 2)}\n`)
  return {
    ...authorities,
    trust: {
      roots: [inNodesForm(authorities.root)],
      intermediates: [inNodesForm(authorities.issuing)],
      isRevoked: (certificate) => Object.hasOwn(book.revoked, serialOf(certificate.serialNumber)),
      isBlocked: (sha256) => book.blocked.includes(sha256),
    },
    revoke: (serial) => {
      book.revoked[serialOf(serial)] = new Date().toISOString()
      save()
    },
    block: (sha256) => {
      book.blocked.push(sha256)
      save()
    },
    revocationList: async () => {
      const list = await x509.X509CrlGenerator.create({
        issuer: authorities.issuing.certificate.subject,
        thisUpdate: new Date(),
        nextUpdate: new Date(Date.now() + 7 * dayMilliseconds),
        signingAlgorithm: signatureAlgorithm,
        signingKey: authorities.issuing.key,
        extensions: [
          await x509.AuthorityKeyIdentifierExtension.create(authorities.issuing.certificate.publicKey),
          crlNumber(Date.now()),
        ],
        entries: Object.entries(book.revoked).map(([serialNumber, at]) => ({
          serialNumber,
          revocationDate: new Date(at),
        })),
      })
      return Buffer.from(list.rawData)
    },
  }
}
