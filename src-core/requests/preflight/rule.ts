/** What a preflight rule is, and how it says what it found. */
import type { Finding } from '#shared/contract/exchange.ts'
import type { EvidenceName } from '#shared/error-words.ts'
import type { Remedy } from '#shared/remedy.ts'
import type { CallFacts } from '../call-facts.ts'
import { evidence } from '../evidence/evidence.ts'

/** Nothing, one finding or several. */
export type Rule = (facts: CallFacts) => Finding | readonly Finding[] | null

/** What a finding has beside the sentence of its evidence. */
type Rest = Omit<Finding, 'message'>

/** A finding that is there when the evidence holds; its sentence is that of the evidence. */
export const whenProven =
  (name: EvidenceName, rest: (facts: CallFacts) => Rest | null): Rule =>
  (facts) => {
    const { holds, sentence } = evidence[name](facts)
    const more = holds === true ? rest(facts) : null
    return more === null ? null : { ...more, message: sentence }
  }

const target = ({ bank, environment }: CallFacts) => ({ bank: bank.id, environment: environment.id })

/** The remedies of the vocabulary with their usual labels. */
export const remedy = {
  chooseIdentity: (facts: CallFacts): Remedy => ({
    action: 'choose-identity',
    label: 'Choose an identity',
    target: target(facts),
  }),
  orderCertificate: (): Remedy => ({ action: 'order-certificate', label: 'Order a certificate', target: {} }),
  authorise: (facts: CallFacts, scope: string): Remedy => ({
    action: 'authorise-scope',
    label: `Authorise scope ${scope}`,
    target: { ...target(facts), scope },
  }),
  enterToken: (facts: CallFacts, scope: string | null): Remedy => ({
    action: 'enter-token',
    label: 'Enter a token',
    target: { ...target(facts), scope },
  }),
  refresh: (grant: string): Remedy => ({ action: 'refresh-grant', label: 'Refresh', target: { grant } }),
  register: (facts: CallFacts): Remedy => ({ action: 'register', label: 'Register', target: target(facts) }),
  setParameter: (facts: CallFacts, name: string, value: string | null): Remedy => ({
    action: 'set-parameter',
    label: value === null ? `Give ${name}` : `Set ${name} to ${value}`,
    target: { ...target(facts), operation: facts.operation.id, name, value },
  }),
  removeHeader: (facts: CallFacts, name: string): Remedy => ({
    action: 'remove-header',
    label: `Remove ${name}`,
    target: { ...target(facts), operation: facts.operation.id, name },
  }),
  fillIn: (facts: CallFacts, field: string | null): Remedy => ({
    action: 'fill-in-environment',
    label: 'Open the environment',
    target: { ...target(facts), field },
  }),
  readStatus: (consent: string): Remedy => ({
    action: 'read-status',
    label: 'Read the status',
    target: { consent },
  }),
  openConsent: (consent: string): Remedy => ({
    action: 'open-consent',
    label: 'Open the consent',
    target: { consent },
  }),
}

/** How a token of a scope is got at this bank: by the customer's authorisation, or entered by a person. */
export function tokenRemedies(facts: CallFacts, scope: string): Remedy[] {
  const flow = facts.bank.profile.access?.flow
  if (flow === 'bearer') return [remedy.enterToken(facts, scope)]
  return flow === 'oauth-code' || flow === 'oauth-sca' ? [remedy.authorise(facts, scope)] : []
}

/** A living token for a grant that ended: refreshed where it can be, else got anew. */
export function renewalRemedies(facts: CallFacts): Remedy[] {
  const { grant, scope } = facts
  if (grant === null) return scope === null ? [] : tokenRemedies(facts, scope)
  return grant.refreshable === false ? tokenRemedies(facts, grant.scope) : [remedy.refresh(grant.id)]
}
