/** What a grant is tied to: a certificate, a day's calls without the customer, one consent. */
import type { Grant } from '#shared/contract/access.ts'
import { bankDetail, identities } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { consents } from './access-data.ts'
import { chooseConsent } from './access-view.ts'
import { matchScope } from './scope-template.ts'

interface Of {
  readonly grant: Grant
}

/** RFC 8705 section 3: a call with another certificate on the connection is refused. */
export function Binding({ grant: { binding } }: Of) {
  const { value: all } = identities()
  if (binding === null) return 'the token does not say'
  const { sha256, matches } = binding
  const owner = all?.find((identity) => identity.sha256 === sha256)
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {matches === true && <Badge tone="good">the present one</Badge>}
      {matches === false && <Badge tone="bad">not the identity’s present one</Badge>}
      {matches === null &&
        (owner === undefined ? (
          <Badge tone="caution">of no identity here</Badge>
        ) : (
          <Badge tone="good">of {owner.name}</Badge>
        ))}
      <span className="font-mono" title={sha256}>
        SHA-256 {sha256.slice(0, 16)}…
      </span>
      {matches === false && <span>The bank will refuse it: ask the customer anew.</span>}
    </span>
  )
}

export function Unattended({ grant: { unattended } }: Of) {
  if (unattended === null) return null
  const { used, perDay, day } = unattended
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Badge tone={used >= perDay ? 'bad' : used === perDay - 1 ? 'caution' : 'neutral'}>
        {used} of {perDay} calls
      </Badge>
      <span>
        on {day} (UTC){used >= perDay && '; further ones need the customer present'}
      </span>
    </span>
  )
}

const days = (seconds: number): string => `${Math.round(seconds / 86_400)} days`

/** Where a bank has no consents of its own, what the customer agreed to is the grant. */
export function ConsentItself({ grant }: Of) {
  const { value: bank } = bankDetail(grant.bank)()
  if (bank === null || bank.flow !== 'oauth-code') return null
  if (bank.resources.some(({ kind }) => kind === 'consent')) return null
  const purpose = bank.scopes.find(({ scope }) => matchScope(scope, grant.scope) !== null)?.purpose
  const { lifetimes } = bank
  return (
    <p className="text-muted">
      This grant is the consent: {bank.name} keeps no other. {purpose}
      {lifetimes !== null &&
        ` An access token is good for ${Math.round(lifetimes.accessToken / 60)} minutes; each refresh brings the next and a new refresh token, until ${days(lifetimes.refreshToken)} after the customer agreed. Then the customer is asked anew.`}
    </p>
  )
}

export function ConsentOf({ id }: { readonly id: string }) {
  const consent = consents().value?.find((each) => each.id === id)
  if (consent === undefined) return 'a consent or payment that is not kept here any more'
  return (
    <button type="button" className="text-left text-accent underline" onClick={() => chooseConsent(consent.id)}>
      {consent.kind} <span className="font-mono wrap-anywhere">{consent.resource}</span>
    </button>
  )
}
