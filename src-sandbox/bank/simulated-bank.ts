/** What a simulated bank consists of: the part each bank writes, everything else is shared. */
import type { Answer, Received } from '#sandbox/net/answer.ts'
import type { TrustStore } from '#sandbox/pki/certificate-verdict.ts'
import type { PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import type { SavedPart } from '#sandbox/state/saved-part.ts'
import type { BankSections } from '#sandbox/state/state-view.ts'
import type { Tenant, Tenants } from '#sandbox/state/tenants.ts'
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import type { BankFolder } from './bank-folder.ts'
import type { MatchedOperation } from './operation-router.ts'
import type { ProblemRows } from './problem-rows.ts'

/** What a bank gets to work with. */
export interface BankSurroundings {
  readonly folder: BankFolder
  readonly rows: ProblemRows
  readonly tenants: Tenants
  readonly trust: TrustStore
  /** Base URL of one of the bank's hosts; known once every port listens. */
  baseUrl(host: string): string
}

/** A request that was matched with an operation. */
export interface OperationCall {
  readonly received: Received
  readonly operation: MatchedOperation
  readonly certificate: PresentedCertificate | null
  /** The certificate's organisation, or where calls without certificate are kept. */
  readonly tenant: Tenant
}

/** A request of a client for what the document has no operation for. */
export type PlainCall = Omit<OperationCall, 'operation'>

export type OperationHandler = (call: OperationCall) => Answer | Promise<Answer>

/** An answer of a page a person opens, and the tenant it belongs to. */
export interface PageAnswer extends Answer {
  readonly tenant?: string
}

export interface SimulatedBank {
  readonly id: string
  /** Path prefix of a host's base URL, where the bank's document does not give one. */
  readonly prefixes: Readonly<Record<string, string>>
  readonly customers: readonly SandboxCustomer[]
  /** Faults that can be switched on. */
  readonly switches: readonly string[]
  /** operationId → what the bank does. */
  readonly operations: Readonly<Record<string, OperationHandler>>
  /** "METHOD /path" on a browser host → what is beside the document there (forms, stylesheets). */
  readonly pages: Readonly<Record<string, (received: Received) => PageAnswer>>
  /** The certificate a request carries in a header, where the connection has none; it names the tenant and proves nothing yet. */
  sentCertificate?(received: Received): PresentedCertificate | null
  /** The tenant a request names where the bank asks for no certificate; counts only if that tenant is known. */
  namedTenant?(received: Received): string | null
  /** What stands behind the links of the bank's answers though the document has no operation for it; null where nothing does. */
  behindLink?(call: PlainCall): Answer | null
  /** The document's spelling of a path that the bank accepts in several. */
  canonicalPath(path: string): string
  /** The answer to a path or method the document does not have. */
  notFound(received: Received): Answer
  /** Puts the public part of a certificate where a person would put it in the bank's portal. */
  upload(tenant: Tenant, sha256: string): void
  /** Forgets what the tenant did at this bank; what lies in the portal stays. */
  reset(tenant: Tenant): void
  /** What the tenant has here, in words; never a token or a code. */
  show(tenant: Tenant): Partial<BankSections>
  /** What of it goes into a saved state. */
  readonly saved: SavedPart
  /** Whether this customer refuses whatever he is asked to sign. */
  alwaysDenies(customer: string): boolean
}
