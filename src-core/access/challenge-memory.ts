/** Holds in memory the pages that answers led customers to, so that a call that was asked for one need not be asked again. */
import type { Draft } from '#shared/contract/requests.ts'
import type { Prepared } from '../requests/prepared.ts'
import type { Sent } from '../requests/send.ts'
import { linksOf } from './customer-link.ts'

/** A call that is waiting for its customer. */
export interface PendingChallenge {
  readonly draft: Draft
  /** As the bank sent it; it may carry what belongs to the customer alone, and is in no exchange. */
  readonly href: string
}

export interface ChallengeMemory {
  note(prepared: Prepared, sent: Sent): void
  /** null where nothing is known of such an exchange. */
  find(exchange: string): PendingChallenge | null
  /** The call was repeated, or a flow of its own goes on with it. */
  drop(exchange: string): void
  /** On lock. */
  forget(): void
}

/** Newest calls that are remembered; links do not live long. */
const capacity = 50

/** The link to the customer's page in an answer; null where there is none. */
export function challengeLink(body: Buffer, name: string): string | null {
  try {
    return linksOf(JSON.parse(body.toString('utf8')))[name] ?? null
  } catch {
    return null
  }
}

export function createChallengeMemory(): ChallengeMemory {
  const pending = new Map<string, PendingChallenge>()
  return {
    note({ bank, draft }, { exchange, answer }) {
      const { access } = bank.profile
      if (access?.flow !== 'redirect-challenge' || answer.status !== access.status) return
      const href = challengeLink(answer.body, access.link)
      if (href === null) return
      pending.set(exchange.id, { draft, href })
      for (const oldest of pending.keys()) {
        if (pending.size <= capacity) break
        pending.delete(oldest)
      }
    },
    find: (exchange) => pending.get(exchange) ?? null,
    drop: (exchange) => void pending.delete(exchange),
    forget: () => pending.clear(),
  }
}
