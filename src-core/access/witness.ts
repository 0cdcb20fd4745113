/** Sees every answer the send path brings: what was created is remembered, and calls without the customer are counted. */
import { isCounted, presentHeader } from '#shared/presence.ts'
import type { Prepared } from '../requests/prepared.ts'
import type { Sent } from '../requests/send.ts'
import type { ChallengeMemory } from './challenge-memory.ts'
import { partOf, rememberExchange } from './remember-exchange.ts'
import type { ResourceBook } from './resource-book.ts'
import type { UnattendedCount } from './unattended-count.ts'

export interface WitnessParts {
  readonly resources: ResourceBook
  readonly unattended: UnattendedCount
  readonly challenges: ChallengeMemory
  now(): number
  /** Something is remembered that was not before. */
  changed(): void
}

/** Whether the bank counts this call as made without its customer. */
export function isUnattended({ bank, operation, headers }: Prepared): boolean {
  if (!isCounted(bank.profile, operation)) return false
  const header = presentHeader(bank.profile).toLowerCase()
  return !headers.some(([name]) => name.toLowerCase() === header)
}

/** Whether there is anything to remember or to count of such a call. */
export const isWitnessed = (prepared: Prepared): boolean =>
  partOf(prepared) !== null || (prepared.grant !== null && isUnattended(prepared))

/** Never throws: books that cannot be kept must not cost the answer. Resolves to false then. */
export type Witness = (prepared: Prepared, sent: Sent) => Promise<boolean>

export function createWitness(parts: WitnessParts): Witness {
  return async (prepared, sent) => {
    try {
      parts.challenges.note(prepared, sent)
      const remembered = await rememberExchange(prepared, sent, parts.resources)
      const counted = prepared.grant !== null && isUnattended(prepared)
      if (counted) await parts.unattended.add(prepared.grant.id, parts.now())
      if (remembered !== null || counted) parts.changed()
      return true
    } catch {
      return false
    }
  }
}
