/** What the sandbox keeps per tenant (the organizationIdentifier of a certificate): clock, switches, log and each bank's own state. */
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'

export interface Tenant {
  readonly id: string
  /** Seconds this tenant's clock runs ahead of the machine's. */
  clockOffsetSeconds: number
  /** Bank id → faults switched on. */
  switches: Record<string, string[]>
  /** Newest first. */
  log: SandboxLogEntry[]
  /** Bank id → what that bank keeps; its shape is the bank's own affair, but it must be plain JSON. */
  banks: Record<string, unknown>
}

export interface Tenants {
  /** Creates the tenant where it is new. */
  get(id: string): Tenant
  /** Null for a tenant nobody has met. */
  peek(id: string): Tenant | null
  all(): readonly Tenant[]
  /** Says that something changed and wants keeping. */
  changed(): void
}

/** Calls that no tenant can be found for (no client certificate, say) are logged under this name. */
export const nobody = '-'

const longestLog = 500
const mostTenants = 1000

export const newTenant = (id: string): Tenant => ({ id, clockOffsetSeconds: 0, switches: {}, log: [], banks: {} })

/** Milliseconds since 1970 on the tenant's clock. */
export const tenantNow = (tenant: Tenant): number => Date.now() + tenant.clockOffsetSeconds * 1000

export const isSwitchedOn = (tenant: Tenant, bank: string, name: string): boolean =>
  tenant.switches[bank]?.includes(name) ?? false

export function record(tenant: Tenant, entry: SandboxLogEntry): void {
  tenant.log.unshift(entry)
  tenant.log.length = Math.min(tenant.log.length, longestLog)
}

/** @param onChange called after each change, to keep it. */
export function openTenants(saved: readonly Tenant[], onChange: () => void): Tenants {
  const tenants = new Map(saved.map((tenant) => [tenant.id, tenant]))
  return {
    get: (id) => {
      const known = tenants.get(id)
      if (known) return known
      const tenant = newTenant(id)
      // Names come from clients: a flood of made-up ones must not fill memory.
      if (tenants.size < mostTenants) tenants.set(id, tenant)
      return tenant
    },
    peek: (id) => tenants.get(id) ?? null,
    all: () => [...tenants.values()],
    changed: onChange,
  }
}
