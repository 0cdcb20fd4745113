/** A page of the bank that gives no token: the customer goes there and comes back, and the status tells how it went. */
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import type { FlowInHand } from './flow-book.ts'
import { noteReturn } from './note-return.ts'
import { type FlowParts, type Session, visitPage } from './visit-page.ts'

/** The return carries nothing that could be relied on: whatever comes to the address counts as the return. */
export const anyReturn = (): void => {}

/** Yields `open`, `returned`. */
export async function* pageFlow(
  flow: FlowInHand,
  session: Session,
  parts: FlowParts,
  outer?: AbortSignal,
): AsyncGenerator<AuthoriseEvent, void, void> {
  yield* visitPage(flow, session, anyReturn, parts, outer)
  await noteReturn(flow.record, parts)
  await flow.end()
  yield { type: 'returned' }
}
