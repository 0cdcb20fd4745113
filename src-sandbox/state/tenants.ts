/** What the sandbox keeps per tenant (the organizationIdentifier of a certificate): clock, switches, log and each bank's own state. */
import type { SandboxFault, SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { bankNow } from './bank-clock.ts'
import { limits, SandboxFull } from './limits.ts'

export interface Tenant {
  readonly id: string
  /** Seconds this tenant's clock runs ahead of the machine's. */
  clockOffsetSeconds: number
  /** Bank id → faults switched on. */
  switches: Record<string, string[]>
  /** Between the banks and their client, in the order in which they apply. */
  faults: SandboxFault[]
  /** Newest first. */
  log: SandboxLogEntry[]
  /** Bank id → what that bank keeps; its shape is the bank's own affair, but it must be plain JSON. */
  banks: Record<string, unknown>
}

export interface Tenants {
  /** Creates the tenant where it is new. @throws SandboxFull where there is no room; nobody is pushed out for a newcomer. */
  get(id: string): Tenant
  /** Null for a tenant nobody has met. */
  peek(id: string): Tenant | null
  all(): readonly Tenant[]
  /** Gives up what is kept of a tenant, and its room. */
  forget(id: string): void
  /** Says that something changed and wants keeping. */
  changed(): void
  /** Whether a tenant may have one thing more at a bank. @throws SandboxFull */
  requireRoom(tenant: Tenant, bank: string): void
  /** Whether the file that keeps all this has reached its limit. */
  fileIsFull: boolean
}

/** Calls that no tenant can be found for (no client certificate, say) are logged under this name. */
export const nobody = '-'

export const newTenant = (id: string): Tenant => ({
  id,
  clockOffsetSeconds: 0,
  switches: {},
  faults: [],
  log: [],
  banks: {},
})

/** Milliseconds since 1970 on the tenant's clock. */
export const tenantNow = (tenant: Tenant): number => bankNow() + tenant.clockOffsetSeconds * 1000

export const isSwitchedOn = (tenant: Tenant, bank: string, name: string): boolean =>
  tenant.switches[bank]?.includes(name) ?? false

const lengthOf = ({ path, reason, signature, headers = [] }: SandboxLogEntry): number =>
  path.length +
  reason.length +
  (signature?.signingString?.length ?? 0) +
  headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0)

export function withoutHeaders({ headers: _headers, ...entry }: SandboxLogEntry): SandboxLogEntry {
  return entry
}

/** Counted once for a log and kept up to date: each call adds a line. */
const logCharacters = new WeakMap<readonly SandboxLogEntry[], number>()

export function record(tenant: Tenant, entry: SandboxLogEntry): void {
  const { log } = tenant
  let characters = logCharacters.get(log) ?? log.reduce((sum, kept) => sum + lengthOf(kept), 0)
  log.unshift(entry)
  characters += lengthOf(entry)
  const aged = log[limits.logHeaders]
  if (aged?.headers) {
    log[limits.logHeaders] = withoutHeaders(aged)
    characters -= lengthOf(aged) - lengthOf(withoutHeaders(aged))
  }
  while (log.length > limits.logEntries || (log.length > 1 && characters > limits.logCharacters)) {
    const oldest = log.pop()
    if (oldest) characters -= lengthOf(oldest)
  }
  logCharacters.set(log, characters)
}

function fullKind(state: unknown): string | null {
  if (typeof state !== 'object' || state === null) return null
  for (const [kind, things] of Object.entries(state))
    if (typeof things === 'object' && things !== null && Object.keys(things).length >= limits.thingsOfAKind) return kind
  return null
}

/** @param onChange called after each change, to keep it. */
export function openTenants(saved: readonly Tenant[], onChange: () => void): Tenants {
  const tenants = new Map(saved.map((tenant) => [tenant.id, tenant]))
  if (!tenants.has(nobody)) tenants.set(nobody, newTenant(nobody))
  return {
    fileIsFull: false,
    get(id) {
      const known = tenants.get(id)
      if (known) return known
      if (this.fileIsFull || tenants.size > limits.tenants)
        throw new SandboxFull(
          `The sandbox has no room for ${id}: it keeps ${limits.tenants} tenants. Start one with another --home.`,
        )
      const tenant = newTenant(id)
      tenants.set(id, tenant)
      return tenant
    },
    peek: (id) => tenants.get(id) ?? null,
    all: () => [...tenants.values()],
    forget(id) {
      if (id !== nobody) tenants.delete(id)
    },
    changed: onChange,
    requireRoom(tenant, bank) {
      if (this.fileIsFull)
        throw new SandboxFull('The state of the sandbox has reached its largest size: reset a tenant to make room.')
      const kind = fullKind(tenant.banks[bank])
      if (kind)
        throw new SandboxFull(
          `${tenant.id} has ${limits.thingsOfAKind} ${kind} at ${bank}, which is as many as the sandbox keeps: reset it there.`,
        )
    },
  }
}
