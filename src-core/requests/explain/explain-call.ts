/** Gives the exchange of a failed call its explanations; a success passes unchanged and costs nothing. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { CallReport } from '../../http/call.ts'
import { type CallFacts, headerOf, type Surroundings } from '../call-facts.ts'
import type { CallKnowledge } from '../call-knowledge.ts'
import { closeJson } from '../close-json.ts'
import { needsHistory } from '../evidence/evidence.ts'
import { factsAfter } from '../gather-facts.ts'
import { lookUp } from '../look-up.ts'
import type { Prepared } from '../prepared.ts'
import { explain } from './explain.ts'
import { evidenceNeeded } from './needed-evidence.ts'

const failed = (status: number | null): boolean => status === null || status >= 400

/** What is looked up of a call that failed, beyond what preflight looked up; null where that is enough. */
export async function lookBack(
  prepared: Prepared,
  report: Pick<CallReport, 'answer'>,
  knowledge: CallKnowledge | undefined,
): Promise<Surroundings | null> {
  const status = report.answer?.status ?? null
  if (knowledge === undefined || status === null || !failed(status)) return null
  return needsHistory(evidenceNeeded(prepared.bank, prepared.operation.id, status))
    ? lookUp(prepared, knowledge, true)
    : null
}

/** @param around what was looked up of the failed call; what preflight looked up where left out. */
export function withExplanations(
  exchange: Exchange,
  before: CallFacts,
  report: Pick<CallReport, 'requestHeaders'>,
  around: Surroundings = before.around,
): Exchange {
  const { response } = exchange
  if (!failed(response?.status ?? null)) return exchange
  // What stands first in a long answer tells what it is about.
  const whole = response?.bodyComplete !== false
  const answer = whole ? (response?.body ?? '') : closeJson(response.body)
  const explanations = explain(factsAfter(before, exchange, report, answer, around))
  if (whole) return { ...exchange, explanations }
  const sentence = onlyBeginning(response)
  return {
    ...exchange,
    explanations: explanations.map((each) => ({ ...each, evidence: [...each.evidence, sentence] })),
  }
}

/** What stands later in such an answer could say more. */
const onlyBeginning = ({ body, size }: NonNullable<Exchange['response']>): string =>
  `The answer has ${Math.ceil(size / 1000)} kB; only its first ${Math.round(Buffer.byteLength(body) / 1000)} kB were read for this.`

/** Remembers how far the bank's clock is off. */
export function noteClock(
  { response, at, timings, request, bank, environment }: Exchange,
  knowledge?: CallKnowledge,
): void {
  if (response === null || knowledge === undefined) return
  const began = Date.parse(at) + timings.total - timings.download
  knowledge.memory.noteClock(
    `${bank} ${environment}`,
    request.url,
    headerOf(response.headers, 'date') ?? undefined,
    began,
  )
}
