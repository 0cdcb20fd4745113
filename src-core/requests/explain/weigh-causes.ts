/** Weighs the causes of a row by their evidence. */
import type { JudgedCause, Proof } from '#shared/contract/requests.ts'
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

const order = { proven: 0, open: 1, disproved: 2 } as const

/** The likeliest first; causes of one verdict in the order of the table. */
export const weighCauses = (causes: readonly Cause[], witnessed: Witnessed): JudgedCause[] =>
  causes.map((cause) => judge(cause, witnessed)).sort((a, b) => order[a.verdict] - order[b.verdict])

/** 1: a cause is proven; -1: everything that can be checked speaks against it; 0 otherwise. */
export function weightOf(causes: readonly JudgedCause[]): -1 | 0 | 1 {
  if (causes.some(({ verdict }) => verdict === 'proven')) return 1
  return causes.length > 0 && causes.every(({ verdict }) => verdict === 'disproved') ? -1 : 0
}
