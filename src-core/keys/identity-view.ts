/** Shows a record as the contract has it, with the warnings of this moment. */
import {
  type IdentityDetail,
  type IdentityView,
  identityDetailSchema,
  identityViewSchema,
} from '#shared/contract/keys.ts'
import { clockWarnings } from './certificate-facts.ts'
import type { IdentityRecord } from './identity-records.ts'
import type { Warning } from './warning.ts'

const shown = ({ id, name, facts }: IdentityRecord, now: number, more: readonly Warning[]) => ({
  ...facts,
  id,
  name,
  warnings: [...more, ...clockWarnings(facts, now), ...facts.warnings],
})

/** What does not depend on the clock, as long as the record is the same one: every call asks for it. */
const parsed = new WeakMap<IdentityRecord, IdentityView>()

/** @param now milliseconds since 1970. @param more warnings about what was just done. */
export function identityView(record: IdentityRecord, now: number, more: readonly Warning[] = []): IdentityView {
  // Parsing drops whatever the schema does not name, such as fields a newer version wrote.
  const view = parsed.get(record) ?? identityViewSchema.parse(shown(record, now, []))
  parsed.set(record, view)
  return { ...view, warnings: shown(record, now, more).warnings }
}

export const identityDetail = (
  record: IdentityRecord,
  now: number,
  keyState: IdentityDetail['keyState'],
): IdentityDetail => identityDetailSchema.parse({ ...shown(record, now, []), keyState })
