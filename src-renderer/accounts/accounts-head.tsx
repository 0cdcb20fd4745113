/** The first line of Accounts: whose accounts, whether the customer is there, and what is left of the day's calls without them. */
import type { Grant } from '#shared/contract/access.ts'
import { canRefresh, secondsLeft } from '../access/grant-state.ts'
import { api } from '../api.ts'
import { useSending } from '../forms/sending.ts'
import { grants as allGrants } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { inputClass } from '../ui/field.tsx'
import { notify } from '../ui/notifications.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { useAction } from '../ui/use-action.ts'
import { useNow } from '../ui/use-now.ts'
import { callNames, readAccounts, useBook } from './accounts-store.ts'
import { useAccountsView } from './accounts-view.ts'
import { type AccountCalls, consents } from './use-account-calls.ts'

/** A grant by its customer and scope, or by the consent it stands for. */
function grantWords(grant: Grant): string {
  const consent = consents
    .getState()
    .value?.find(
      ({ id, resource }) => [id, resource].includes(grant.consent ?? '') || grant.scope.endsWith(`:${resource}`),
    )
  const about =
    consent === undefined
      ? grant.scope
      : `consent ${consent.resource}${consent.status === null ? '' : ` (${consent.status})`}`
  return [grant.customer, about].filter(Boolean).join(' · ')
}

function GrantChoice({ calls }: { readonly calls: AccountCalls }) {
  const [, change] = useAccountsView(calls.bank.id, calls.environment)
  if (calls.grants.length === 0) return null
  return (
    <select
      aria-label="Grant"
      className={`${inputClass} max-w-64 min-w-0`}
      value={calls.grant?.id ?? ''}
      onChange={({ target }) => change({ grant: target.value, account: null })}
    >
      {calls.grants.map((grant) => (
        <option key={grant.id} value={grant.id}>
          {grantWords(grant)}
        </option>
      ))}
    </select>
  )
}

/** In plain words what the header does. */
function Presence({ calls }: { readonly calls: AccountCalls }) {
  const { header, presence } = calls
  const { present } = presence
  if (header === null) return null
  return (
    <>
      <label
        className="flex h-7 items-center gap-1.5 whitespace-nowrap"
        title={
          present
            ? `${header} is sent: the customer asked for this, and the bank does not count it.`
            : `${header} is not sent: nobody asked for this, and the bank counts it.`
        }
      >
        <input type="checkbox" checked={present} onChange={({ target }) => presence.setPresent(target.checked)} />
        Customer is present
      </label>
      {present ? (
        <input
          aria-label={`Address of the customer (${header})`}
          placeholder="IP address"
          className={`${inputClass} max-w-36 font-mono`}
          autoComplete="off"
          value={presence.address}
          onChange={({ target }) => presence.setAddress(target.value)}
        />
      ) : null}
    </>
  )
}

function Quota({
  grant,
  present,
  counts,
}: {
  readonly grant: Grant | null
  readonly present: boolean
  readonly counts: boolean
}) {
  const unattended = grant?.unattended
  if (unattended == null || !counts) return null
  const left = Math.max(0, unattended.perDay - unattended.used)
  const words = `${left} of ${unattended.perDay} calls without the customer left today`
  return (
    <Badge
      tone={left === 0 ? 'bad' : !present && left === 1 ? 'caution' : 'neutral'}
      title={`Made through this workbench on ${unattended.day} (UTC): ${unattended.used}. The bank may count others too.`}
    >
      {words}
    </Badge>
  )
}

function Refresh({ grant }: { readonly grant: Grant }) {
  const now = useNow()
  const refresh = useAction(async () => {
    await api.access.refresh({ grant: grant.id })
    await allGrants.refresh()
    notify('good', 'The token was refreshed')
  })
  if (!canRefresh(grant, now)) return null
  const left = secondsLeft(grant, now)
  return (
    <>
      <Button
        kind="quiet"
        busy={refresh.busy}
        title={
          refresh.fault?.message ??
          (left === 0 ? 'The access token is over.' : `The access token is good for ${left} s.`)
        }
        onClick={() => void refresh.run()}
      >
        Refresh token
      </Button>
      {refresh.fault !== null && <Badge tone="bad">not refreshed: {refresh.fault.code}</Badge>}
    </>
  )
}

export function AccountsHead({ calls }: { readonly calls: AccountCalls }) {
  const { book, profile, grant } = calls
  const { present } = calls.presence
  const { busy } = useSending(callNames.list(book))
  const known = useBook(book).accounts !== null
  const read = () => void readAccounts(book, profile, calls.draft(profile.list.operation))
  return (
    <PaneHead
      title="Accounts"
      actions={
        <>
          {grant !== null && <Refresh grant={grant} />}
          <Quota grant={grant} present={present} counts={calls.header !== null} />
          <Button kind={known ? 'plain' : 'primary'} busy={busy} disabled={!calls.ready} onClick={read}>
            {busy ? 'Reading …' : known ? 'Read again' : 'Read accounts'}
          </Button>
        </>
      }
    >
      <GrantChoice calls={calls} />
      <Presence calls={calls} />
    </PaneHead>
  )
}
