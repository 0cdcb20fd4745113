/** Findings before a call leaves: what the bank would answer with an error, known beforehand. */
import type { Finding } from '#shared/contract/exchange.ts'
import { type CallFacts, nothingAround } from '../call-facts.ts'
import type { CallKnowledge } from '../call-knowledge.ts'
import { factsBefore } from '../gather-facts.ts'
import { lookUp } from '../look-up.ts'
import type { Prepared } from '../prepared.ts'
import { bodyRules } from './body.ts'
import { certificateRules } from './certificate.ts'
import { consentRules } from './consent.ts'
import { environmentRules } from './environment.ts'
import { headerRules } from './headers.ts'
import type { Rule } from './rule.ts'
import { signatureRules } from './signature.ts'
import { tokenRules } from './token.ts'

const rules: readonly Rule[] = [
  ...certificateRules,
  ...signatureRules,
  ...tokenRules,
  ...consentRules,
  ...headerRules,
  ...bodyRules,
  ...environmentRules,
]

/** The findings of facts that are at hand. */
export const findingsOf = (facts: CallFacts): Finding[] => rules.flatMap((rule) => rule(facts) ?? [])

export interface Preflight {
  readonly findings: Finding[]
  /** What they were found in; a failure is explained from it. */
  readonly facts: CallFacts
}

/** `now` in milliseconds since 1970. Without `knowledge` nothing is said of consents, registrations and clocks. */
export async function preflight(prepared: Prepared, now: number, knowledge?: CallKnowledge): Promise<Preflight> {
  const around = knowledge === undefined ? nothingAround : await lookUp(prepared, knowledge, false)
  const facts = factsBefore(prepared, now, around, knowledge)
  return { facts, findings: [...prepared.findings, ...findingsOf(facts)] }
}
