/** Makes the draft of a kept exchange anew, with a list of what is missing from it. */
import type { KeptExchange, LeftOut } from '#shared/contract/history.ts'
import { type Draft, draftSchema } from '#shared/contract/requests.ts'
import { redacted } from '#shared/redacted.ts'
import { damagedDocument } from './kept-exchange.ts'
import { type KeptDraft, leaveOutRedacted } from './redact-draft.ts'

function parse(kept: string): KeptDraft {
  try {
    const { draft, ownBody } = JSON.parse(kept) as { draft: unknown; ownBody: unknown }
    return { draft: draftSchema.parse(draft), ownBody: ownBody === true }
  } catch (cause) {
    throw damagedDocument(cause)
  }
}

/** Exchanges of the first version were kept without their draft. */
const draftOf = ({ bank, environment, operation, request }: KeptExchange): KeptDraft => ({
  draft: draftSchema.parse({ bank, environment, operation }),
  ownBody: request.body !== null,
})

function bodyOf({ bodies, request: { body } }: KeptExchange): { body?: string; missing: LeftOut[] } {
  if (bodies !== 'kept') return { missing: [{ part: 'body', name: '', reason: bodies }] }
  if (body?.includes(redacted)) return { missing: [{ part: 'body', name: '', reason: 'redacted' }] }
  return body === null ? { missing: [] } : { body, missing: [] }
}

/** @param kept as the database holds it; null for an exchange that has none. */
export function resendDraft(exchange: KeptExchange, kept: string | null): { draft: Draft; leftOut: LeftOut[] } {
  const { draft: whole, ownBody } = kept === null ? draftOf(exchange) : parse(kept)
  const { draft, leftOut } = leaveOutRedacted(whole)
  // The identity of then, although there may be others to choose from by now.
  const identity = draft.identity ?? exchange.identity
  // And the grant of then: the one that fits best may be another customer's by now.
  const grant = draft.grant ?? exchange.grant
  const { body, missing } = ownBody ? bodyOf(exchange) : { missing: [] }
  const parameters: LeftOut[] = kept === null ? [{ part: 'parameters', name: '', reason: 'not-kept' }] : []
  return {
    draft: {
      ...draft,
      ...(identity === null ? {} : { identity }),
      ...(grant === null ? {} : { grant }),
      ...(body === undefined ? {} : { body }),
    },
    leftOut: [...parameters, ...leftOut, ...missing],
  }
}
