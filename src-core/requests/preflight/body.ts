/** Preflight of values against the bank's rules; the schemas were checked when the call was prepared. */

import type { CallFacts } from '../call-facts.ts'
import { type BrokenRule, brokenRules } from '../call-rules.ts'
import { type Rule, remedy } from './rule.ts'

const remedyOf = (facts: CallFacts, { place, instead }: BrokenRule) =>
  place.kind === 'parameter' && place.name !== null ? [remedy.setParameter(facts, place.name, instead)] : []

const bankRules: Rule = (facts) =>
  brokenRules(facts).map((broken) => ({
    id: broken.rule.rule,
    severity: broken.rule.severity,
    message: broken.sentence,
    remedy: broken.rule.reason,
    place: broken.place,
    remedies: remedyOf(facts, broken),
  }))

export const bodyRules: readonly Rule[] = [bankRules]
