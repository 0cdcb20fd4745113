/** Preflight of the signature: what a person set by hand that would not verify, and a signature that cannot be made. */
import { type CallFacts, headerOf } from '../call-facts.ts'
import { verifySent } from '../evidence/sent-signature.ts'
import { signatureHeader } from '../evidence/signature.ts'
import { type Rule, remedy, whenProven } from './rule.ts'

const missing: Rule = (facts) => {
  const name = signatureHeader(facts)
  if (facts.identity !== null || name === null || headerOf(facts.headers, name) !== null) return null
  if (facts.leftOut?.has(name.toLowerCase())) return null
  return {
    id: 'signature-missing',
    severity: 'error',
    message: `The bank wants the request signed (${name}) and it will not be.`,
    remedy: 'Choose an identity.',
    place: { kind: 'identity', name: null },
    remedies: [remedy.chooseIdentity(facts)],
  }
}

const byHand = (facts: CallFacts, name: string) => ({
  severity: 'error' as const,
  remedy: `Leave ${name} out: the workbench makes it over what is sent.`,
  place: { kind: 'header' as const, name },
  remedies: [remedy.removeHeader(facts, name)],
})

const digest = whenProven('digest-differs', (facts) => ({ id: 'digest-differs', ...byHand(facts, 'Digest') }))

/** What the workbench adds when it signs, and a signature set by hand was not made over. */
const signature: Rule = (facts) => {
  const name = signatureHeader(facts)
  if (name === null || headerOf(facts.headers, name) === null) return null
  const verified = verifySent(facts, facts.bank.profile.signing)
  if (verified === null || verified.problem === null) return null
  return {
    id: 'signature-not-verifying',
    message: `${name} was set by hand and ${verified.problem}.`,
    ...byHand(facts, name),
  }
}

const date = whenProven('date-off', (facts) => ({
  id: 'date-off',
  ...byHand(facts, 'Date'),
  severity: 'warning',
}))

export const signatureRules: readonly Rule[] = [missing, digest, signature, date]
