/** One transaction: its fields, what the bank says of it alone, and its part of the answer as it was written. */
import { useMemo } from 'react'
import { prettyLines } from '../exchange/pretty-json.ts'
import { isObject, valueAt } from '../forms/json-value.ts'
import { useSending } from '../forms/sending.ts'
import { openExchange } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { callNames, readTransaction, useBook } from './accounts-store.ts'
import { readable } from './decimal.ts'
import { groupedIban } from './grouped-iban.ts'
import { FailedCall } from './last-call.tsx'
import type { Account, Transaction } from './read-account.ts'
import type { AccountCalls } from './use-account-calls.ts'

type Fact = readonly [string, string]

function factsOf(row: Transaction): readonly Fact[] {
  const left = row.signed.startsWith('-')
  const facts: Fact[] = [
    ['Amount', `${readable(row.signed)} ${row.currency}`],
    ['As sent', row.amount === row.signed ? '' : row.amount],
    ['List', row.list],
    ['Booked', row.bookingDate],
    ['Value date', row.valueDate],
    [left ? 'To' : 'From', row.party],
    ['Account', groupedIban(row.partyAccount)],
    ['Text', row.text],
    ['Id', row.id ?? ''],
  ]
  return facts.filter(([, value]) => value !== '')
}

function Raw({ text }: { readonly text: string }) {
  const lines = useMemo(() => [...prettyLines(text)].join('\n'), [text])
  return (
    <DetailSection title="Part of the answer" action={<CopyButton text={() => text} label="Copy this part" />}>
      <ScrollArea label="Transaction as JSON">
        <pre className="font-mono text-sm whitespace-pre-wrap wrap-anywhere">{lines}</pre>
      </ScrollArea>
    </DetailSection>
  )
}

/** Members that the call about it alone has and the list did not. */
function More({ calls, row }: { readonly calls: AccountCalls; readonly row: Transaction }) {
  const { details } = useBook(calls.book)
  const answer = details[row.key]
  const at = calls.profile.transactions?.details?.at
  if (answer === undefined || at === undefined) return null
  const found = valueAt(answer, at)
  const before = JSON.parse(row.raw) as Record<string, unknown>
  const added = isObject(found)
    ? Object.entries(found).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value))
    : []
  return (
    <DetailSection title="More than the list says">
      {added.length === 0 ? (
        <p className="text-muted">Nothing: the bank says the same of it alone.</p>
      ) : (
        <Facts
          facts={added.map(
            ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
          )}
        />
      )}
    </DetailSection>
  )
}

export function TransactionDetail({
  calls,
  account,
  row,
  onClose,
}: {
  readonly calls: AccountCalls
  readonly account: Account
  readonly row: Transaction
  readonly onClose: () => void
}) {
  const details = calls.profile.transactions?.details
  const name = callNames.transaction(calls.book, row.key)
  const { busy } = useSending(name)
  return (
    <section
      aria-label="Transaction"
      className="flex w-64 shrink-0 flex-col gap-3 overflow-auto border-l border-line bg-surface p-3 xl:w-88"
    >
      <div className="flex items-center gap-2">
        <h3 className="flex-1">Transaction</h3>
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      <Facts facts={factsOf(row)} />
      <div className="flex flex-wrap gap-2">
        {details !== undefined && row.id !== null && (
          <Button
            busy={busy}
            onClick={() =>
              void readTransaction(
                calls.book,
                row.key,
                calls.draft(details.operation, { [calls.profile.parameter]: account.id, [details.parameter]: row.id! }),
              )
            }
          >
            Read it alone
          </Button>
        )}
        <Button kind="quiet" onClick={() => openExchange(row.exchange)}>
          Open exchange
        </Button>
      </div>
      <FailedCall name={name} />
      <More calls={calls} row={row} />
      <Raw text={row.raw} />
    </section>
  )
}
