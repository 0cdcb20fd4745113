/** Goes on with an authorisation that was left half-finished: after a restart, a closed window, or a customer who came back late. */
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import type { ChallengeEvent } from '#shared/contract/followed.ts'
import { resolveTarget } from './access-target.ts'
import { refuseClicks } from './authorise.ts'
import { renewCodeFlow } from './begin-code-flow.ts'
import { challengeFlow } from './challenge.ts'
import { type CodeParts, codeFlow } from './code-flow.ts'
import type { FlowInHand } from './flow-book.ts'
import { pageFlow } from './page-flow.ts'
import { keepFlow, type Session } from './visit-page.ts'

export interface ResumeInput extends Session {
  readonly flow: string
}

type Runner = (
  flow: FlowInHand,
  session: Session,
  parts: CodeParts,
  outer?: AbortSignal,
) => AsyncGenerator<AuthoriseEvent | ChallengeEvent, void, void>

const runners: Record<FlowInHand['record']['kind'], Runner> = {
  code: async function* (flow, session, parts, outer) {
    if (flow.record.step === 'exchanging') await renewCodeFlow(flow)
    yield* codeFlow(flow, session, parts, outer)
  },
  page: pageFlow,
  challenge: challengeFlow,
}

/** Throws FLOW_UNKNOWN, and BUSY while another process waits for the customer. */
export async function* resumeFlow(
  input: ResumeInput,
  parts: CodeParts,
  outer?: AbortSignal,
): AsyncGenerator<AuthoriseEvent | ChallengeEvent, void, void> {
  const record = await parts.flows.find(input.flow)
  refuseClicks(await resolveTarget(record, parts), input)
  const flow = await parts.flows.take(input.flow)
  yield* keepFlow(flow, true, runners[flow.record.kind](flow, input, parts, outer))
}
