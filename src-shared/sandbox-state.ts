/** What the sandbox shows of a tenant's state, keeps as a file for a workshop, and offers as jumps of the clock. */
import { z } from 'zod'
import { sandboxBankSchema, sandboxFaultsSchema } from './sandbox-protocol.ts'

/** One thing a bank keeps, in words: never a token, a code or anything else that opens something. */
export const sandboxItemSchema = z.object({
  /** As the bank's interface names it; for tokens, the grant they belong to. */
  id: z.string(),
  title: z.string(),
  /** In the bank's own vocabulary, on the tenant's clock; null where the bank has none for it. */
  status: z.string().nullable(),
  /** What happened when, ISO 8601 on the tenant's clock. */
  times: z.record(z.string(), z.string()),
  facts: z.record(z.string(), z.string()),
})
export type SandboxItem = z.infer<typeof sandboxItemSchema>

export const stateSections = [
  'accounts',
  'payments',
  'baskets',
  'consents',
  'applications',
  'authorisations',
  'tokens',
] as const
export type StateSection = (typeof stateSections)[number]

const items = z.array(sandboxItemSchema)

export const sandboxBankStateSchema = z.object({
  bank: z.string(),
  accounts: items,
  payments: items,
  baskets: items,
  consents: items,
  applications: items,
  authorisations: items,
  tokens: items,
})
export type SandboxBankState = z.infer<typeof sandboxBankStateSchema>

/** GET /tenants/:organizationIdentifier/state[?bank=ID] */
export const sandboxStateSchema = z.object({
  tenant: z.string(),
  /** ISO 8601, on the tenant's clock. */
  now: z.string(),
  offsetSeconds: z.int(),
  banks: z.array(sandboxBankStateSchema),
})
export type SandboxState = z.infer<typeof sandboxStateSchema>

export const snapshotVersion = 1

/** GET and PUT /tenants/:organizationIdentifier/snapshot: loads into any tenant, as it holds nothing that is bound to one. */
export const sandboxSnapshotSchema = z.strictObject({
  format: z.literal('tpp-workbench-sandbox-state'),
  version: z.literal(snapshotVersion),
  savedAt: z.iso.datetime(),
  /** organizationIdentifier it was saved from. */
  tenant: z.string().max(200),
  offsetSeconds: z.int().min(-4_000_000_000).max(4_000_000_000),
  switches: z.record(z.string(), z.array(z.string())),
  faults: sandboxFaultsSchema.default([]),
  /** Bank id → that bank's own part. */
  banks: z.record(z.string(), z.unknown()),
})
export type SandboxSnapshot = z.infer<typeof sandboxSnapshotSchema>

export const snapshotLoadedSchema = z.object({
  tenant: z.string(),
  /** Bank id → how many things were loaded. */
  banks: z.record(z.string(), z.int()),
  /** What a saved state leaves out, a sentence each. */
  leftOut: z.array(z.string()),
})
export type SnapshotLoaded = z.infer<typeof snapshotLoadedSchema>

/** GET /tenants/:organizationIdentifier/jumps */
export const clockJumpSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** From the tenant's time now. */
  seconds: z.int(),
})
export type ClockJump = z.infer<typeof clockJumpSchema>

/** POST /tenants/:organizationIdentifier/jumps */
export const namedJumpSchema = z.strictObject({ jump: z.string() })

/** GET /ready: what the holder of a token elsewhere has to know. */
export const sandboxReachedSchema = z.object({
  /** Whom the token steers; null for the master token. */
  tenant: z.string().nullable(),
  banks: z.array(sandboxBankSchema),
})

/** POST /tenants: makes room for a tenant and hands out its control token. */
export const tenantNameSchema = z.strictObject({
  tenant: z
    .string()
    .regex(/^[\x21-\x7e]{2,100}$/, 'Expected an organizationIdentifier such as PSDSE-FINA-5560123456.')
    .refine((name) => name !== '-', 'This name is taken by calls nobody can be found for.'),
})

export const tenantTokenSchema = z.object({ tenant: z.string(), token: z.string() })
export type TenantToken = z.infer<typeof tenantTokenSchema>

/** GET /tenants */
export const sandboxTenantSchema = z.object({
  tenant: z.string(),
  offsetSeconds: z.int(),
  /** Banks that keep something about it. */
  banks: z.array(z.string()),
  /** Time of its last call, ISO 8601 on its own clock. */
  lastSeen: z.string().nullable(),
})
export type SandboxTenant = z.infer<typeof sandboxTenantSchema>
