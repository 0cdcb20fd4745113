/** The table of evidence: every word of the vocabulary with the function that looks for it. */
import type { Proof } from '#shared/contract/exchange.ts'
import type { EvidenceName } from '#shared/error-words.ts'
import type { CallFacts } from '../call-facts.ts'
import { bodyEvidence } from './body.ts'
import { certificateEvidence } from './certificate.ts'
import { consentEvidence } from './consent.ts'
import { historyEvidence } from './history.ts'
import type { Predicate } from './judgement.ts'
import { requestEvidence } from './request.ts'
import { signatureEvidence } from './signature.ts'
import { tokenEvidence } from './token.ts'

/** A word without a function does not compile. */
export const evidence: Readonly<Record<EvidenceName, Predicate>> = {
  ...certificateEvidence,
  ...tokenEvidence,
  ...consentEvidence,
  ...signatureEvidence,
  ...requestEvidence,
  ...bodyEvidence,
  ...historyEvidence,
}

export const prove = (name: EvidenceName, facts: CallFacts): Proof => ({ evidence: name, ...evidence[name](facts) })

const inHistory: ReadonlySet<EvidenceName> = new Set([
  'same-call-before',
  'step-skipped',
  'operation-not-listed',
  'id-not-seen',
  'refresh-token-spent',
])

/** Whether any of them looks into history, which costs more than the rest. */
export const needsHistory = (names: readonly EvidenceName[]): boolean => names.some((name) => inHistory.has(name))
