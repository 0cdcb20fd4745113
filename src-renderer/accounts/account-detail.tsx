/** One account: its facts, its balances by type, and its transactions. */
import { useState } from 'react'
import { isObject, type Json, valueAt } from '../forms/json-value.ts'
import { useSending } from '../forms/sending.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { callNames, readBalances, readDetails, useBook } from './accounts-store.ts'
import { readable } from './decimal.ts'
import { groupedIban } from './grouped-iban.ts'
import { FailedCall } from './last-call.tsx'
import { type Account, type Balance, wordsOfType } from './read-account.ts'
import { TransactionsPanel } from './transactions-panel.tsx'
import type { AccountCalls } from './use-account-calls.ts'

function Balances({ balances }: { readonly balances: readonly Balance[] }) {
  if (balances.length === 0) return <p className="text-muted">The answer has no balance.</p>
  return (
    <ul aria-label="Balances" className="flex flex-wrap gap-x-6 gap-y-1">
      {balances.map(({ type, amount, currency, date }) => (
        <li key={`${type} ${currency}`} className="flex flex-col">
          <span className="text-sm text-muted">{wordsOfType(type)}</span>
          <span className="tabular-nums">
            <span className="font-semibold">{readable(amount)}</span> {currency}
          </span>
          {date !== '' && <span className="text-sm text-muted">{date.slice(0, 16).replace('T', ' ')}</span>}
        </li>
      ))}
    </ul>
  )
}

const words = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Every member the call about the account alone has, as it names them. */
function AllMembers({ answer, at }: { readonly answer: Json; readonly at: string }) {
  const found = valueAt(answer, at)
  const members = isObject(found) ? Object.entries(found).filter(([name]) => name !== '_links') : []
  return <Facts facts={members.map(([name, value]) => [name, words(value)] as const)} />
}

/** Said instead of asked; who wants to see the bank's refusal asks all the same. */
function NotCovered({ what, onAsk }: { readonly what: string; readonly onAsk: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p role="note" className="max-w-prose text-muted">
        The bank’s answer has no link to the {what} of this account: the consent does not cover them. A consent that
        lists this account under {what} does.
      </p>
      <Button kind="quiet" onClick={onAsk}>
        Ask for the {what} all the same
      </Button>
    </div>
  )
}

export function AccountDetail({ calls, account }: { readonly calls: AccountCalls; readonly account: Account }) {
  const { book, profile } = calls
  const { balances, details } = useBook(book)
  const own = { [profile.parameter]: account.id }
  const names = { balances: callNames.balances(book, account.id), details: callNames.details(book, account.id) }
  const reading = { balances: useSending(names.balances).busy, details: useSending(names.details).busy }
  const more = details[account.id]
  const known = balances[account.id]
  const [insisted, setInsisted] = useState(false)
  const askBalances = () => void readBalances(book, account.id, profile, calls.draft(profile.balances!.operation, own))
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex max-h-28 shrink-0 xl:max-h-72 flex-col gap-2 overflow-auto border-b border-line px-3 py-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2>{account.name || account.product || account.id}</h2>
          {account.status !== '' && (
            <Badge tone={account.status === 'enabled' ? 'neutral' : 'caution'}>{account.status}</Badge>
          )}
          {account.iban !== '' && <span className="font-mono">{groupedIban(account.iban)}</span>}
          {account.iban !== '' && <CopyButton text={() => account.iban} label="Copy the account number" />}
          <span className="flex-1" />
          {profile.details !== undefined && (
            <Button
              kind="quiet"
              busy={reading.details}
              onClick={() => void readDetails(book, account.id, calls.draft(profile.details!.operation, own))}
            >
              {more === undefined ? 'Read all of it' : 'Read all of it again'}
            </Button>
          )}
          {profile.balances !== undefined && account.covers?.balances !== false && (
            <Button busy={reading.balances} onClick={askBalances}>
              {known === undefined ? 'Read balances' : 'Read balances again'}
            </Button>
          )}
        </div>
        {profile.balances !== undefined && account.covers?.balances === false && (
          <NotCovered what="balances" onAsk={askBalances} />
        )}
        {known !== undefined && <Balances balances={known} />}
        <FailedCall name={names.balances} />
        {more !== undefined && profile.details !== undefined && <AllMembers answer={more} at={profile.details.at} />}
        <FailedCall name={names.details} />
      </header>
      {profile.transactions !== undefined &&
        (account.covers?.transactions === false && !insisted ? (
          <div className="p-3">
            <NotCovered what="transactions" onAsk={() => setInsisted(true)} />
          </div>
        ) : (
          <TransactionsPanel key={`${book} ${account.id}`} calls={calls} account={account} />
        ))}
    </div>
  )
}
