/** What each bank adds to a saved state: its things without whatever is bound to one client's certificates and tokens. */
import type { z } from 'zod'
import type { Tenant } from './tenants.ts'

export interface SavedPart {
  /** What a part must look like to be loaded. */
  readonly schema: z.ZodType
  /** Plain JSON; null where the tenant has nothing there. */
  collect(tenant: Tenant): unknown
  /**
   * Replaces what the tenant has by a part that fits the schema, or by nothing where it is null; registrations and logins stay.
   * @returns what somebody who loads it has to know, a sentence each.
   */
  adopt(tenant: Tenant, part: unknown): readonly string[]
}

/** @param schema of the records that are saved, each by id. @param keep puts them in place of those the tenant has. */
export function savedRecords<Schema extends z.ZodObject, Records extends object = z.output<Schema>>(
  schema: Schema,
  collect: (tenant: Tenant) => Records,
  keep: (tenant: Tenant, records: Records) => void,
): SavedPart {
  return {
    schema,
    collect: (tenant) => {
      const records = collect(tenant)
      return Object.values(records).some((things) => Object.keys(things as object).length > 0) ? records : null
    },
    adopt: (tenant, part) => {
      const nothing = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, {}]))
      keep(tenant, schema.parse(part ?? nothing) as unknown as Records)
      return []
    },
  }
}
