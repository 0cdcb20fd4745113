/** Weighs the causes of a row by their evidence. */
import type { JudgedCause, Proof } from '#shared/contract/exchange.ts'
import type { EvidenceName } from '#shared/error-words.ts'
import type { CallFacts } from '../call-facts.ts'
import { prove } from '../evidence/evidence.ts'

/** Looks at each piece of evidence once per call, whoever asks. */
export interface Witnessed {
  proof(name: EvidenceName): Proof
}

export function witness(facts: CallFacts): Witnessed {
  const seen = new Map<EvidenceName, Proof>()
  return {
    proof(name) {
      const known = seen.get(name) ?? prove(name, facts)
      seen.set(name, known)
      return known
    },
  }
}

interface Cause {
  readonly text: string
  readonly evidence: readonly EvidenceName[]
}

function judge({ text, evidence }: Cause, witnessed: Witnessed): JudgedCause {
  const proofs = evidence.map((name) => witnessed.proof(name))
  const proven = proofs.some(({ holds }) => holds === true)
  const disproved = proofs.length > 0 && proofs.every(({ holds }) => holds === false)
  return { text, proofs, verdict: proven ? 'proven' : disproved ? 'disproved' : 'open' }
}

const order = { proven: 0, 'one-of': 1, open: 2, disproved: 3 } as const

/** What proves a cause, as a text to compare; empty where nothing does. */
const grounds = ({ proofs }: JudgedCause): string =>
  proofs
    .filter(({ holds }) => holds === true)
    .map(({ evidence }) => evidence)
    .sort()
    .join(' ')

/** Causes that the very same evidence proves are not told apart by it: one of them is there. */
function toldApart(causes: readonly JudgedCause[]): JudgedCause[] {
  const shared = new Map<string, number>()
  for (const cause of causes) shared.set(grounds(cause), (shared.get(grounds(cause)) ?? 0) + 1)
  return causes.map((cause) =>
    cause.verdict === 'proven' && shared.get(grounds(cause))! > 1 ? { ...cause, verdict: 'one-of' } : cause,
  )
}

/** The likeliest first; causes of one verdict in the order of the table. */
export const weighCauses = (causes: readonly Cause[], witnessed: Witnessed): JudgedCause[] =>
  toldApart(causes.map((cause) => judge(cause, witnessed))).sort((a, b) => order[a.verdict] - order[b.verdict])

/** Whether it, or one of several it is among, is proven. */
export const isProven = ({ verdict }: JudgedCause): boolean => verdict === 'proven' || verdict === 'one-of'

/** 1: a cause is proven; -1: everything that can be checked speaks against it; 0 otherwise. */
export function weightOf(causes: readonly JudgedCause[]): -1 | 0 | 1 {
  if (causes.some(isProven)) return 1
  return causes.length > 0 && causes.every(({ verdict }) => verdict === 'disproved') ? -1 : 0
}
