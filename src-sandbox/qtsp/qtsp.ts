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
  /** Serial number → suffix of its issuer, where that is not the standard one. */
  issuers: z.record(z.string(), z.string()).default({}),
})

/** A CA that issues leaves; its certificate and revocation list are `/qtsp/issuer<suffix>.cer` and `/qtsp/crl<suffix>.der`. */
export interface Issuer extends Authority {
  readonly suffix: string
}

export interface Qtsp {
  readonly root: Authority
  readonly issuing: Issuer
  /** As good as the standard one, with an Å in its name. */
  readonly nonAscii: Issuer
  /** Its certificate is kept from the banks: what it issues needs the chain to be sent along. */
  readonly unpublished: Issuer
  /** Belongs to nobody the banks trust. */
  readonly stranger: Issuer
  readonly issuers: readonly Issuer[]
  readonly trust: TrustStore
  revoke(serial: string, by: Issuer): void
  block(sha256: string): void
  revocationList(of: Issuer): Promise<Buffer>
}

const organisation = 'C=SE, O=Local sandbox QTSP'

async function openAuthorities(folder: string) {
  const root = await openAuthority(folder, {
    file: 'qtsp-root',
    subject: `${organisation}, CN=Local sandbox QTSP root`,
    years: 20,
  })
  const below = async (suffix: string, file: string, name: string): Promise<Issuer> => ({
    ...(await openAuthority(folder, { file, subject: `${organisation}, CN=${name}`, years: 10, issuer: root })),
    suffix,
  })
  const stranger = await openAuthority(folder, {
    file: 'stranger-root',
    subject: 'C=SE, O=Nobody in particular, CN=Untrusted test CA',
    years: 20,
  })
  return {
    root,
    issuing: await below('', 'qtsp-issuing', 'Local sandbox QTSP issuing CA'),
    nonAscii: await below('-non-ascii', 'qtsp-non-ascii', 'Local sandbox CA for Ålesund'),
    unpublished: await below('-2', 'qtsp-unpublished', 'Local sandbox QTSP issuing CA 2'),
    stranger: { ...stranger, suffix: '-untrusted' },
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
  const book = bookSchema.parse(text === null ? { revoked: {}, blocked: [] } : JSON.parse(text))
  const save = (): void => writeFileAtomically(home.qtsp, `${JSON.stringify(book, null, 2)}\n`)
  return {
    ...authorities,
    issuers: [authorities.issuing, authorities.nonAscii, authorities.unpublished, authorities.stranger],
    trust: {
      roots: [inNodesForm(authorities.root)],
      intermediates: [inNodesForm(authorities.issuing), inNodesForm(authorities.nonAscii)],
      isRevoked: (certificate) => Object.hasOwn(book.revoked, serialOf(certificate.serialNumber)),
      isBlocked: (sha256) => book.blocked.includes(sha256),
    },
    revoke: (serial, { suffix }) => {
      book.revoked[serialOf(serial)] = new Date().toISOString()
      if (suffix !== '') book.issuers[serialOf(serial)] = suffix
      save()
    },
    block: (sha256) => {
      book.blocked.push(sha256)
      save()
    },
    revocationList: async (of) => {
      const list = await x509.X509CrlGenerator.create({
        issuer: of.certificate.subjectName,
        // A little back, so that a clock that runs behind takes it.
        thisUpdate: new Date(Date.now() - 5 * 60_000),
        nextUpdate: new Date(Date.now() + 7 * dayMilliseconds),
        signingAlgorithm: signatureAlgorithm,
        signingKey: of.key,
        extensions: [
          await x509.AuthorityKeyIdentifierExtension.create(of.certificate.publicKey),
          crlNumber(Date.now()),
        ],
        entries: Object.entries(book.revoked)
          .filter(([serial]) => (book.issuers[serial] ?? '') === of.suffix)
          .map(([serialNumber, at]) => ({ serialNumber, revocationDate: new Date(at) })),
      })
      return Buffer.from(list.rawData)
    },
  }
}
