/** A tenant's state as a file for a workshop: taken, checked and loaded, whole or not at all. */

import { z } from 'zod'
import { dayOf, startOfDay } from '#sandbox/bank/calendar.ts'
import {
  type SandboxSnapshot,
  type SnapshotLoaded,
  sandboxSnapshotSchema,
  snapshotVersion,
} from '#shared/sandbox-state.ts'
import { limits } from './limits.ts'
import { atAnotherTime, underOtherIds } from './moved-state.ts'
import type { SavedPart } from './saved-part.ts'
import { type Tenant, tenantNow } from './tenants.ts'

export interface KeepingBank {
  readonly id: string
  readonly switches: readonly string[]
  readonly saved: SavedPart
}

/** The same for every saved state: what would open something for whoever gets the file, or is bound to one certificate. */
const leftOut = [
  'Tokens, codes and the consents behind them at ICA Banken: customers have to log in again.',
  'The registration and the certificates in the portals: those of the loading organisation stay.',
  "The log, and the day's count of unattended calls.",
]

export function takeSnapshot(tenant: Tenant, banks: readonly KeepingBank[]): SandboxSnapshot {
  const parts = banks.flatMap(({ id, saved }) => {
    const part = tenant.banks[id] === undefined ? null : saved.collect(tenant)
    return part === null ? [] : [[id, part] as const]
  })
  return {
    format: 'tpp-workbench-sandbox-state',
    version: snapshotVersion,
    savedAt: new Date().toISOString(),
    tenant: tenant.id,
    offsetSeconds: tenant.clockOffsetSeconds,
    switches: tenant.switches,
    faults: tenant.faults,
    banks: Object.fromEntries(parts),
  }
}

const countOf = (part: unknown): number =>
  Object.values(part as object).reduce<number>((sum, things) => sum + Object.keys(things as object).length, 0)

/** Null where the part can be loaded. */
function problemOf(id: string, part: unknown, bank: KeepingBank | undefined): string | null {
  if (!bank) return `The saved state has a part for ${id}, which this sandbox does not simulate.`
  const parsed = bank.saved.schema.safeParse(part)
  if (!parsed.success) return `The part of ${id} does not fit: ${z.prettifyError(parsed.error).slice(0, 500)}`
  const kinds = Object.entries(part as object)
  const big = kinds.find(([, things]) => Object.keys(things as object).length > limits.thingsOfAKind)
  return big ? `The part of ${id} has more than ${limits.thingsOfAKind} ${big[0]}.` : null
}

function onlyKnown(snapshot: SandboxSnapshot, banks: ReadonlyMap<string, KeepingBank>): string | null {
  for (const [id, names] of Object.entries(snapshot.switches)) {
    const unknown = names.find((name) => !banks.get(id)?.switches.includes(name))
    if (unknown !== undefined) return `The saved state switches on ${unknown} at ${id}, which there is not.`
  }
  const strange = snapshot.faults.find(({ bank }) => !banks.has(bank))
  return strange ? `The saved state has a fault at ${strange.bank}, which this sandbox does not simulate.` : null
}

/** @returns what was loaded, or the sentence that says why nothing was. */
export function loadSnapshot(
  tenant: Tenant,
  value: unknown,
  keeping: readonly KeepingBank[],
): { readonly loaded: SnapshotLoaded } | { readonly problem: string } {
  const parsed = sandboxSnapshotSchema.safeParse(value)
  if (!parsed.success) return { problem: `This is no saved state: ${z.prettifyError(parsed.error).slice(0, 500)}` }
  const snapshot = parsed.data
  const banks = new Map(keeping.map((bank) => [bank.id, bank]))
  const entries = Object.entries(snapshot.banks)
  const problem =
    onlyKnown(snapshot, banks) ?? entries.map(([id, part]) => problemOf(id, part, banks.get(id))).find((one) => one)
  if (problem) return { problem }

  // From here on nothing can fail.
  Object.assign(tenant, {
    clockOffsetSeconds: snapshot.offsetSeconds,
    switches: snapshot.switches,
    faults: snapshot.faults,
    log: [],
  })
  const then = Date.parse(snapshot.savedAt) + snapshot.offsetSeconds * 1000
  const now = tenantNow(tenant)
  const days = Math.round((startOfDay(dayOf(now)) - startOfDay(dayOf(then))) / 86_400_000)
  const notes: string[] = []
  for (const { id, saved } of keeping) {
    const part = snapshot.banks[id]
    // What the tenant never had it need not lose.
    if (part === undefined && tenant.banks[id] === undefined) continue
    const own = snapshot.tenant === tenant.id ? part : underOtherIds(part)
    notes.push(...saved.adopt(tenant, part === undefined ? null : atAnotherTime(own, now - then, days)))
  }
  return {
    loaded: {
      tenant: tenant.id,
      banks: Object.fromEntries(entries.map(([id, part]) => [id, countOf(part)])),
      leftOut: [...leftOut, ...notes],
    },
  }
}
