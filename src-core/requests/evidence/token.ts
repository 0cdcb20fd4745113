/** Evidence on the token: whether there was one, how old it was, and what it is for. */
import type { AccessProfile } from '#shared/access-profile.ts'
import { anyIdentity } from '#shared/any-identity.ts'
import { bankTime, type CallFacts, formOf, headerOf, seconds } from '../call-facts.ts'
import { type Judgement, no, open, type Predicate, yes } from './judgement.ts'

interface Claims {
  readonly exp?: unknown
  readonly scope?: unknown
}

const wellFormed = /^Bearer [A-Za-z0-9\-._~+/]+=*$/

/** Claims of a token in a header set by hand, where it is a JWT; nothing is verified (RFC 7519 section 3.1). */
function claimsOf({ headers, grant }: CallFacts): Claims | null {
  if (grant !== null) return null
  const part = /^Bearer [^.\s]+\.([^.\s]+)\.[^.\s]*$/.exec(headerOf(headers, 'authorization') ?? '')?.[1]
  if (part === undefined) return null
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Claims
  } catch {
    return null
  }
}

const lifetimesOf = (access: AccessProfile | undefined) =>
  access !== undefined && 'lifetimes' in access ? access.lifetimes : undefined

function whenItEnds(facts: CallFacts): number | null {
  if (facts.grant !== null) return Date.parse(facts.grant.accessTokenExpiresAt)
  const exp = claimsOf(facts)?.exp
  return typeof exp === 'number' ? exp * 1000 : null
}

function tokenExpired(facts: CallFacts): Judgement {
  const end = whenItEnds(facts)
  if (end === null) return open('How long the token lives is not known here.')
  const { grant, at, ahead } = facts
  const by = end > at && ahead !== null && Math.abs(ahead) > 60 ? ` by the bank’s clock, which is ${ahead} s ahead` : ''
  const left = seconds(end - bankTime(facts))
  const obtained = grant?.obtainedAt
  const age = obtained === undefined ? '' : ` was ${seconds(bankTime(facts) - Date.parse(obtained))} s old and`
  return left <= 0
    ? yes(`The access token${age} had ended ${-left} s before${by}.`)
    : no(`The access token${age} had ${left} s left.`)
}

/** A scope with everything after its first colon taken for an id, as ICA's `basket:<id>` and the Berlin Group's `AIS:<id>`. */
const kindOfScope = (scope: string): string => scope.split(':', 1)[0]!
const isOfKind = (one: string, scope: string): boolean =>
  one.includes(':') && scope.includes(':') && kindOfScope(one) === kindOfScope(scope)

/** What the token is for: as the grant says, else as a token says that was set by hand; null where neither does. */
function scopesOf(facts: CallFacts): string[] | null {
  const claimed = claimsOf(facts)?.scope
  return (facts.grant?.scope ?? (typeof claimed === 'string' ? claimed : null))?.split(' ') ?? null
}

function otherId(facts: CallFacts): Judgement {
  const { scope } = facts
  if (scope === null || !scope.includes(':')) return open('The scope the operation needs carries no id.')
  const has = scopesOf(facts)
  if (has === null) return open('Which scope the token has is not known here.')
  const alike = has.filter((one) => isOfKind(one, scope))
  if (alike.length === 0) return no(`The token has scope ${has.join(' ')}, which carries no id of that kind.`)
  return alike.includes(scope)
    ? no(`The token has scope ${scope}, with the id of the call.`)
    : yes(`The token has scope ${alike.join(' ')}; the call is about another id and needs ${scope}.`)
}

function otherScope(facts: CallFacts): Judgement {
  const { scope, operation } = facts
  if (scope === null) return open('The operation needs no scope.')
  const has = scopesOf(facts)
  if (has === null) return open('Which scope the token has is not known here.')
  const filled = (template: string) => template.replace(/\{([^}]+)\}/g, (_, name: string) => facts.values[name] ?? '')
  const wanted = [scope, ...operation.alternativeScopes.map(filled)]
  // Another id behind the same word is evidence of its own.
  return has.some((one) => wanted.includes(one) || isOfKind(one, scope))
    ? no(`The token has scope ${has.join(' ')}, of the kind the operation needs.`)
    : yes(`The token has scope ${has.join(' ')}; the operation needs ${scope}.`)
}

function otherCertificate({ grant, identity, outcome }: CallFacts): Judgement {
  if (grant === null) return open('Which certificate the token is bound to is not known here.')
  if (identity == null) return open('The call was made without an identity.')
  const used = outcome?.tls?.clientCertificate?.sha256 ?? identity.sha256
  if (grant.boundTo != null)
    return grant.boundTo === used
      ? no(`The token is bound to the certificate sent (SHA-256 ${used.slice(0, 16)}…).`)
      : yes(
          `The token is bound to the certificate ${grant.boundTo.slice(0, 16)}…; ${used.slice(0, 16)}… was used (RFC 8705 section 3).`,
        )
  if ([identity.id, anyIdentity].includes(grant.identity))
    return no(`The token was obtained with ${identity.name}, which made this call.`)
  return yes('The token was obtained with another identity than the one of this call (RFC 8705 section 3).')
}

function grantTooOld(facts: CallFacts): Judgement {
  const { grant, bank } = facts
  const lives = lifetimesOf(bank.profile.access)?.refreshToken
  const until = grant?.refreshTokenExpiresAt
  if (until == null || lives === undefined || lives === 0)
    return open('When the customer authenticated is not known here.')
  const days = Math.floor((bankTime(facts) - Date.parse(until)) / 86_400_000 + lives / 86_400)
  const allowed = Math.floor(lives / 86_400)
  return bankTime(facts) >= Date.parse(until)
    ? yes(`The customer authenticated ${days} days ago; the bank lets it last ${allowed} days.`)
    : no(`The customer authenticated ${days} days ago, within ${allowed} days.`)
}

function codeTooOld({ bank, codeSince, at }: CallFacts): Judgement {
  const lives = lifetimesOf(bank.profile.access)?.code
  if (codeSince === null) return open('The call exchanges no code.')
  if (lives === undefined || lives === 0) return open('How long a code lives the bank does not say.')
  const age = seconds(at - codeSince)
  if (age > lives) return yes(`The code has been here for ${age} s; it lives ${lives} s.`)
  // It may have waited in a browser before.
  return open(`The code has been here for ${age} s; it lives ${lives} s, and when the bank made it is not known.`)
}

function refreshTokenSpent(facts: CallFacts): Judgement {
  if (formOf(facts).get('grant_type') !== 'refresh_token') return open('The call uses no refresh token.')
  const { access } = facts.bank.profile
  const rotates = access !== undefined && 'refreshToken' in access && access.refreshToken === 'rotates'
  if (!rotates) return open('Refresh tokens of this bank may be used again.')
  const before = facts.around.earlier?.find(
    (call) => call.operation === facts.operation.id && call.status !== null && call.status < 300,
  )
  return before === undefined
    ? open('No earlier refresh is in history.')
    : open(`A refresh succeeded at ${before.at}; whether it spent this very token is not kept.`)
}

export const tokenEvidence = {
  'no-token'({ headers, grant }: CallFacts) {
    if (grant !== null) return no('The request carried the token of a grant.')
    return headerOf(headers, 'authorization') === null
      ? yes('The request had no Authorization header.')
      : no('The request had an Authorization header.')
  },
  'authorization-malformed'({ headers, grant }: CallFacts) {
    const value = headerOf(headers, 'authorization')
    if (value === null)
      return grant === null
        ? open('The request had no Authorization header.')
        : no('The token is sent as "Bearer" and the token.')
    return wellFormed.test(value)
      ? no('Authorization is "Bearer", one blank and a token.')
      : yes('Authorization is not "Bearer", one blank and a token (RFC 6750 section 2.1).')
  },
  'token-expired': tokenExpired,
  'token-other-scope': otherScope,
  'token-other-id': otherId,
  'token-other-certificate': otherCertificate,
  'refresh-token-spent': refreshTokenSpent,
  'grant-too-old': grantTooOld,
  'code-too-old': codeTooOld,
} satisfies Record<string, Predicate>
