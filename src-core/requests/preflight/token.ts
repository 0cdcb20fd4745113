/** Preflight of the token, of the code it is got with, and of the calls made without the customer. */
import { anyIdentity } from '#shared/any-identity.ts'
import type { Finding } from '#shared/contract/exchange.ts'
import { isCounted } from '#shared/presence.ts'
import { type CallFacts, headerOf } from '../call-facts.ts'
import { consentOf } from '../evidence/consent.ts'
import { type Rule, remedy, renewalRemedies, tokenRemedies, whenProven } from './rule.ts'

const place = ({ grant }: CallFacts): Finding['place'] => ({ kind: 'grant', name: grant?.id ?? null })

const missing: Rule = (facts) => {
  const { grant, scope, headers, operation, leftOut } = facts
  if (grant !== null || scope === null || operation.tokenOptional || headerOf(headers, 'authorization') !== null)
    return null
  if (leftOut?.has('authorization')) return null
  return {
    id: 'token-missing',
    severity: 'error',
    message: `The call needs a token of scope ${scope} and none will be sent.`,
    remedy: `Authorise scope ${scope}.`,
    place: place(facts),
    remedies: tokenRemedies(facts, scope),
  }
}

const age: Rule = (facts) => {
  const { grant, at } = facts
  if (grant === null) return null
  const left = Math.floor((Date.parse(grant.accessTokenExpiresAt) - at) / 1000)
  if (left >= 60) return null
  const again =
    grant.refreshable === false ? `Authorise scope ${grant.scope} again.` : `Refresh it: tpp access refresh ${grant.id}`
  const rest = { remedy: again, place: place(facts), remedies: renewalRemedies(facts) }
  return left <= 0
    ? { id: 'token-expired', severity: 'error', message: `The access token ended ${-left} s ago.`, ...rest }
    : { id: 'token-ending', severity: 'warning', message: `The access token ends in ${left} s.`, ...rest }
}

/** A token set by hand says itself when it ends. */
const ownToken = whenProven('token-expired', (facts) =>
  facts.grant !== null
    ? null
    : {
        id: 'token-expired',
        severity: 'error',
        remedy: 'Take the Authorization header out and use a living token.',
        place: { kind: 'header', name: 'Authorization' },
        remedies: [remedy.removeHeader(facts, 'Authorization')],
      },
)

const scope: Rule = (facts) => {
  const { grant, scope: needed, operation } = facts
  if (grant === null || needed === null || grant.scope.split(' ').includes(needed)) return null
  const filled = operation.alternativeScopes.map((each) =>
    each.replace(/\{([^}]+)\}/g, (_, name: string) => facts.values[name] ?? ''),
  )
  return {
    id: 'token-scope',
    severity: filled.some((each) => grant.scope.split(' ').includes(each)) ? 'note' : 'warning',
    message: `The token has scope ${grant.scope}; this call needs ${needed}.`,
    remedy: `Authorise scope ${needed}.`,
    place: place(facts),
    remedies: tokenRemedies(facts, needed),
  }
}

const identity: Rule = (facts) => {
  const { grant, identity: own } = facts
  if (grant === null || own == null || [own.id, anyIdentity].includes(grant.identity)) return null
  return {
    id: 'token-identity',
    severity: 'error',
    message: 'The token was issued to another identity and is bound to its certificate (RFC 8705 section 3).',
    remedy: 'Use the identity the grant was made with.',
    place: place(facts),
    remedies: [remedy.chooseIdentity(facts), ...tokenRemedies(facts, grant.scope)],
  }
}

const certificate: Rule = (facts) => {
  const { grant, identity: own } = facts
  if (grant?.boundTo == null || own == null || grant.boundTo === own.sha256) return null
  return {
    id: 'token-certificate',
    severity: 'error',
    message: `The token is bound to another certificate (SHA-256 ${grant.boundTo.slice(0, 16)}…) than ${own.name} has now (RFC 8705 section 3).`,
    remedy: 'Authorise again with this certificate, or use the one the grant was made with.',
    place: place(facts),
    remedies: [...tokenRemedies(facts, grant.scope), remedy.chooseIdentity(facts)],
  }
}

const code = whenProven('code-too-old', () => ({
  id: 'code-too-old',
  severity: 'error',
  remedy: 'Let the customer authorise again; the workbench exchanges the code at once.',
  place: { kind: 'body', name: null },
}))

const callback = whenProven('callback-not-registered', (facts) => ({
  id: 'callback-not-registered',
  severity: 'error',
  remedy: 'Register it with the bank, or use one of the registered ones.',
  place: { kind: 'body', name: null },
  remedies: [remedy.register(facts)],
}))

const unattended: Rule = (facts) => {
  const { bank, operation, headers, grant } = facts
  const quota = bank.profile.unattended
  if (quota === undefined) return null
  const header = quota.presentHeader
  if (!isCounted(bank.profile, operation) || headerOf(headers, header) !== null) return null
  const used = grant?.unattendedUsed ?? 0
  const perDay = Math.min(quota.perDay, consentOf(facts)?.frequencyPerDay ?? quota.perDay)
  const rest = {
    place: { kind: 'header', name: header } as const,
    remedies: [remedy.setParameter(facts, header, null)],
  }
  if (used >= perDay)
    return {
      id: 'unattended-used-up',
      severity: 'error',
      message: `${used} calls without the customer were made with this grant today (UTC); the bank allows ${perDay}.`,
      remedy: `Send ${header} when the customer is asking, or wait for the next day.`,
      ...rest,
    }
  return {
    id: 'unattended',
    severity: 'note',
    message: `Without ${header} this counts as a call without the customer: at most ${perDay} a day, ${used} used.`,
    remedy: `Send ${header} when the customer is asking.`,
    ...rest,
  }
}

export const tokenRules: readonly Rule[] = [
  missing,
  age,
  ownToken,
  scope,
  identity,
  certificate,
  code,
  callback,
  unattended,
]
