/** Accounts: what customers let a TPP see of their accounts, read from the bank and looked at as accounts. */
import type { AccountProfile } from '#shared/account-profile.ts'
import type { BankDetail } from '#shared/contract/banks.ts'
import { show, useApp } from '../app-state.ts'
import { useSending } from '../forms/sending.ts'
import { bankDetail } from '../live-data.ts'
import { openConsentForm, openScope } from '../open.ts'
import { type Selection, useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { EmptyState, Loading, Notice } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { AccountDetail } from './account-detail.tsx'
import { AccountList } from './account-list.tsx'
import { AccountsHead } from './accounts-head.tsx'
import { callNames, readBalances, useBook } from './accounts-store.ts'
import { useAccountsView } from './accounts-view.ts'
import { FailedCall, LatestCall } from './last-call.tsx'
import type { Account } from './read-account.ts'
import { questionOf, useAsked } from './transaction-question.tsx'
import { askTransactions } from './transactions-store.ts'
import { type AccountCalls, consents, useAccountCalls } from './use-account-calls.ts'

/** Nothing can be read before a customer said yes: the way there follows from how the bank gives access. */
function NoGrant({ calls, selection }: { readonly calls: AccountCalls; readonly selection: Selection }) {
  const { bank, profile } = calls
  const scope = calls.operation(profile.list.operation)?.scope ?? ''
  const consent = bank.resources.find(({ kind }) => kind === 'consent')
  if (selection.identity === null)
    return (
      <EmptyState
        title="No identity is chosen"
        action={
          <Button kind="primary" onClick={() => show('keys')}>
            Open Keys
          </Button>
        }
      >
        The bank knows a TPP by its certificate: choose an identity above, or make one under Keys.
      </EmptyState>
    )
  const onlyScope = !/[{<]/.test(scope)
  const asked = (consents().value ?? []).some(
    ({ kind, bank: of, environment, final }) =>
      kind === 'consent' && of === bank.id && environment === calls.environment && !final,
  )
  return (
    <EmptyState
      title={`No customer has given access${onlyScope && scope !== '' ? ` of scope ${scope}` : ''} yet`}
      action={
        onlyScope && bank.flow === 'oauth-code' ? (
          <Button kind="primary" onClick={() => openScope(scope)}>
            Authorise a customer
          </Button>
        ) : (
          <Button kind="primary" onClick={consent === undefined || asked ? () => show('access') : openConsentForm}>
            {consent === undefined || asked ? 'Open Access' : 'Ask for a consent'}
          </Button>
        )
      }
    >
      {onlyScope
        ? 'A customer allows it in the browser at the bank’s page; what they allow is a grant.'
        : asked
          ? 'At this bank a customer allows it with a consent: the one that was asked for stands in Access, to be authorised.'
          : 'At this bank a customer allows it with a consent: ask for one, then have it authorised.'}
    </EmptyState>
  )
}

/** Parameters that neither grant nor profile fill in: asked for once, above the accounts. */
function OpenParameters({ calls }: { readonly calls: AccountCalls }) {
  const [{ typed }, change] = useAccountsView(calls.bank.id, calls.environment)
  if (calls.open.length === 0) return null
  return (
    <section
      aria-label="The bank also asks for"
      className="grid shrink-0 gap-x-4 gap-y-2 border-b border-line p-3 md:grid-cols-3"
    >
      {calls.open.map(({ name, description, example }) => (
        <TextField
          key={name}
          label={name}
          title={description}
          placeholder={example ?? ''}
          className="font-mono"
          value={typed[name] ?? ''}
          onChange={({ target }) => change({ typed: { ...typed, [name]: target.value } })}
        />
      ))}
    </section>
  )
}

function Nothing({ calls, selection }: { readonly calls: AccountCalls; readonly selection: Selection }) {
  const { busy, exchange, fault } = useSending(callNames.list(calls.book))
  if (!calls.ready) return <NoGrant calls={calls} selection={selection} />
  if (busy) return <Loading what="The accounts are read" />
  if (exchange !== null || fault !== null) return null
  return (
    <EmptyState title="The accounts were not read yet">
      {calls.header !== null && calls.bank.unattended !== null
        ? `While the customer is present the bank does not count calls; without them ${calls.bank.unattended.perDay} a day are allowed.`
        : 'They are read when you ask for it, and stay here while the window is open.'}
    </EmptyState>
  )
}

/** Opens an account; while the customer is there its balances and transactions come with it. */
function useOpenAccount(calls: AccountCalls): (account: Account) => void {
  const [, change] = useAccountsView(calls.bank.id, calls.environment)
  const { balances } = useBook(calls.book)
  const asked = useAsked(calls)
  return (account) => {
    change({ account: account.id })
    const free = calls.header === null || (calls.presence.present && calls.presence.address !== '')
    if (!free) return
    const { book, profile } = calls
    if (profile.balances !== undefined && account.covers?.balances !== false && balances[account.id] === undefined) {
      const own = { [profile.parameter]: account.id }
      void readBalances(book, account.id, profile, calls.draft(profile.balances.operation, own))
    }
    if (asked !== null && account.covers?.transactions !== false)
      void askTransactions(callNames.transactions(book, account.id), questionOf(calls, account, asked), { once: true })
  }
}

function Book({ calls, selection }: { readonly calls: AccountCalls; readonly selection: Selection }) {
  const { accounts, unreadable } = useBook(calls.book)
  const [{ account: openId }] = useAccountsView(calls.bank.id, calls.environment)
  const openAccount = useOpenAccount(calls)
  const open = accounts?.find(({ id }) => id === openId) ?? null
  return (
    <>
      <AccountsHead calls={calls} />
      <OpenParameters calls={calls} />
      <div className="flex max-h-[40%] shrink-0 flex-col gap-2 overflow-auto px-3 py-1 empty:hidden">
        <FailedCall name={callNames.list(calls.book)} />
        {unreadable !== null && (
          <Notice tone="bad" title="The answer could not be read">
            {unreadable}
          </Notice>
        )}
      </div>
      {accounts === null ? (
        <Nothing calls={calls} selection={selection} />
      ) : accounts.length === 0 ? (
        <EmptyState title="The answer has no account">The customer has none, or the consent covers none.</EmptyState>
      ) : (
        <div className="flex min-h-0 flex-1 border-t border-line">
          <div className="flex min-h-0 w-52 shrink-0 flex-col border-r border-line bg-surface xl:w-72">
            <AccountList accounts={accounts} open={openId} onOpen={openAccount} />
          </div>
          <section aria-label="Account" className="flex min-h-0 min-w-0 flex-1 flex-col">
            {open === null ? (
              <EmptyState title="Choose an account">
                Its balances and transactions are read when it is opened.
              </EmptyState>
            ) : (
              <AccountDetail key={open.id} calls={calls} account={open} />
            )}
          </section>
        </div>
      )}
      <LatestCall book={calls.book} />
    </>
  )
}

function OfBank({ bank, profile }: { readonly bank: BankDetail; readonly profile: AccountProfile }) {
  const selection = useSelection()
  const { calls, fault } = useAccountCalls(bank, profile, selection)
  if (calls === null)
    return (
      <>
        <PaneHead title="Accounts" />
        {fault === null ? <Loading what="The bank’s calls are read" /> : <FaultNotice fault={fault} />}
      </>
    )
  return <Book calls={calls} selection={selection} />
}

export function AccountsPane() {
  const { bank, environment } = useApp()
  const { value, fault } = bankDetail(bank)()
  const profile = value?.accounts ?? null
  if (value === null || profile === null)
    return (
      <>
        <PaneHead title="Accounts" />
        {fault !== null ? (
          <FaultNotice fault={fault} title="The bank could not be read" />
        ) : value === null ? (
          <Loading what="The bank is read" />
        ) : (
          <EmptyState title="Its accounts cannot be shown here">
            The bank’s profile does not say where its answers tell of accounts. Its calls are under Requests.
          </EmptyState>
        )}
      </>
    )
  return <OfBank key={`${bank} ${environment}`} bank={value} profile={profile} />
}
