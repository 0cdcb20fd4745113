/** As whom the call is made: which identity and which grant it will use, and why; another or none can be chosen on purpose. */
import type { Grant } from '#shared/contract/access.ts'
import type { BankDetail, OperationDetail } from '#shared/contract/banks.ts'
import { show, useApp } from '../app-state.ts'
import { grants as allGrants, bankDetail, identities } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Prose } from '../ui/prose.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { neededScope } from './needed-scope.ts'
import { edit, type OpenDraft } from './open-drafts.ts'

function IdentityChoice({ draft, detail }: { readonly draft: OpenDraft; readonly detail: OperationDetail }) {
  const { identity } = useSelection()
  const all = identities().value ?? []
  if (!detail.clientCertificate && !detail.signed)
    return <p>The host “{detail.host}” asks for no client certificate: the call needs no identity.</p>
  const what = detail.clientCertificate
    ? `Its certificate is shown to the bank in the TLS handshake${detail.signed ? ', and its key signs the request' : ''}.`
    : 'Its key signs the request; the host asks for no client certificate.'
  return (
    <SelectField
      label="Identity"
      value={draft.identity ?? ''}
      onChange={(event) => edit(draft.id, { identity: event.target.value || null })}
      hint={draft.identity === 'none' ? 'No client certificate is sent, to see what the bank says then.' : what}
    >
      <option value="">
        {identity === null ? 'That of the top bar (none is chosen)' : `That of the top bar: ${identity.name}`}
      </option>
      {all.map(({ id, name, kind }) => (
        <option key={id} value={id}>
          {`${name} · ${kind === 'none' ? 'no PSD2 certificate' : kind}`}
        </option>
      ))}
      <option value="none">None: send no client certificate</option>
    </SelectField>
  )
}

function grantName({ scope, customer, identityName, accessTokenExpiresAt }: Grant, now: number): string {
  const left = countdown(accessTokenExpiresAt, now)
  return `${scope} · ${customer ?? 'customer not known'} · ${identityName} · ${left === 'over' ? 'token over' : left}`
}

function explained(grant: string | null, scope: string, automatic: Grant | undefined, now: number): string {
  if (grant === 'none') return 'No token is sent, to see what the bank says then.'
  if (grant !== null) return 'Chosen by you, whatever its scope.'
  return automatic === undefined
    ? `There is no grant of scope ${scope} for this bank, environment and identity.`
    : `Chosen: ${grantName(automatic, now)}: of scope ${scope}, the one that ends last.`
}

/** Why there is nothing to choose. */
function withoutToken(bank: BankDetail | null): string {
  if (bank?.flow === 'redirect-challenge' || bank?.flow === 'redirect-link')
    return `${bank.name} gives no tokens: the customer acts on a page the call leads to.`
  return bank?.flow === null ? `${bank.name} gives no tokens.` : 'The operation needs no token.'
}

function GrantChoice({ draft, detail }: { readonly draft: OpenDraft; readonly detail: OperationDetail }) {
  const { environment } = useApp()
  const selection = useSelection()
  const now = useNow()
  const scope = neededScope(detail, draft)
  const bank = bankDetail(draft.bank)().value
  if (scope === null) return <p>{withoutToken(bank)}</p>
  const here = (allGrants().value ?? []).filter(
    (grant) => grant.bank === draft.bank && grant.environment === environment,
  )
  const identity = draft.identity ?? selection.identity?.id
  const automatic = here
    .filter((grant) => grant.identity === identity && grant.scope.split(' ').includes(scope))
    .sort((a, b) => (a.accessTokenExpiresAt < b.accessTokenExpiresAt ? 1 : -1))[0]
  const gone = draft.grant !== null && draft.grant !== 'none' && !here.some(({ id }) => id === draft.grant)
  return (
    <>
      <SelectField
        label="Grant"
        value={draft.grant ?? ''}
        onChange={(event) => edit(draft.id, { grant: event.target.value || null })}
        hint={
          <>
            <p>{explained(draft.grant, scope, automatic, now)}</p>
            {bank?.tokenOrigin != null && <Prose text={bank.tokenOrigin} />}
          </>
        }
        problem={gone ? 'The chosen grant is not one of this bank and environment.' : null}
      >
        <option value="">{`Automatic: scope ${scope}`}</option>
        {here.map((grant) => (
          <option key={grant.id} value={grant.id}>
            {grantName(grant, now)}
          </option>
        ))}
        {gone && <option value={draft.grant ?? ''}>A grant that is not here</option>}
        <option value="none">None: send no token</option>
      </SelectField>
      {draft.grant === null && automatic === undefined && (
        <Button className="self-start" onClick={() => show('access')}>
          {bank?.flow === 'bearer' ? 'Go to Access to enter a token' : `Authorise scope ${scope}`}
        </Button>
      )}
    </>
  )
}

export function IdentityAndGrant(props: { readonly draft: OpenDraft; readonly detail: OperationDetail }) {
  return (
    <div className="flex max-w-xl flex-col items-stretch gap-4 p-3">
      <IdentityChoice {...props} />
      <GrantChoice {...props} />
    </div>
  )
}
