/** The transactions of an account: asked for, loaded page by page, narrowed down, added up, saved as a table. */
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useSending } from '../forms/sending.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading, Notice } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { saveFile } from '../ui/save-file.ts'
import { useAction } from '../ui/use-action.ts'
import { callNames } from './accounts-store.ts'
import { useAccountsView } from './accounts-view.ts'
import { readable } from './decimal.ts'
import { FailedCall } from './last-call.tsx'
import type { Account, Transaction } from './read-account.ts'
import { inSlices } from './slices.ts'
import type { Total } from './sums.ts'
import { TransactionDetail } from './transaction-detail.tsx'
import { FilterFields, isNarrowed } from './transaction-filter.tsx'
import { insisting, QuestionFields, questionOf, spanProblem, useAsked } from './transaction-question.tsx'
import { TransactionTable } from './transaction-table.tsx'
import { fileName, transactionsCsv } from './transactions-csv.ts'
import { askTransactions, morePages, type Question, type Shelf, stopLoading, useShelf } from './transactions-store.ts'
import type { AccountCalls } from './use-account-calls.ts'
import { type ArrangedRows, useArranged } from './use-arranged.ts'

const inGroups = new Intl.NumberFormat('en')
const counted = (count: number): string => inGroups.format(count).replaceAll(',', '\u202f')
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** How far loading came, and what goes on from there. */
function Paging({ name, shelf }: { readonly name: string; readonly shelf: Shelf }) {
  const { loading, next, pages, rows, bytes, cancelled } = shelf
  if (loading !== null)
    return (
      <>
        <span role="status" className="text-muted tabular-nums">
          {bytes === null
            ? `${counted(pages)} ${pages === 1 ? 'page' : 'pages'}, ${counted(rows.length)} entries …`
            : `${megabytes(bytes[0])} of ${megabytes(bytes[1])} …`}
        </span>
        <Button onClick={() => stopLoading(name)}>Stop</Button>
      </>
    )
  if (pages === 0) return null
  const more = next !== null && !('refused' in next)
  return (
    <>
      <span role="status" className="text-muted tabular-nums">
        {cancelled && 'Stopped. '}
        {more
          ? `${counted(pages)} ${pages === 1 ? 'page' : 'pages'}, ${counted(rows.length)} entries; there are more`
          : next === null
            ? `All ${counted(rows.length)} entries are here`
            : `${counted(rows.length)} entries; the rest cannot be asked for`}
      </span>
      {more && (
        <>
          <Button onClick={() => void morePages(name, 'page')}>Next page</Button>
          <Button onClick={() => void morePages(name, 'all')}>Load all</Button>
        </>
      )}
    </>
  )
}

function TotalLine({ currency, count, incoming, outgoing, balance }: Total) {
  return (
    <li className="flex flex-wrap gap-x-3 tabular-nums">
      <span>{counted(count)} entries</span>
      <span>in {readable(incoming)}</span>
      <span>out {readable(outgoing)}</span>
      <span className="font-semibold">
        {readable(balance)} {currency}
      </span>
    </li>
  )
}

function Totals({ arranged, all }: { readonly arranged: ArrangedRows; readonly all: number }) {
  const { totals, rows, unreadable, busy } = arranged
  return (
    <footer
      aria-busy={busy}
      className={`flex min-h-8 shrink-0 flex-wrap items-center gap-x-6 gap-y-1 border-t border-line bg-surface px-3 py-1 text-sm ${busy ? 'text-muted' : ''}`}
    >
      <span className="text-muted">
        {counted(rows.length)} of {counted(all)} shown
      </span>
      <ul aria-label="Totals" className="flex flex-wrap gap-x-6">
        {totals.map((total) => (
          <TotalLine key={total.currency} {...total} />
        ))}
      </ul>
      {unreadable > 0 && <span className="text-caution">{counted(unreadable)} without a readable amount</span>}
    </footer>
  )
}

function useExport(account: Account, rows: readonly Transaction[]) {
  return useAction(async () => {
    const text = await inSlices(transactionsCsv(rows), new AbortController().signal)
    if (text === null) return
    const name = fileName('transactions', account.iban || account.id, new Date().toISOString().slice(0, 10))
    saveFile(name, text, 'text/csv')
    notify(
      'good',
      `${counted(rows.length)} transactions were saved`,
      `${name}: direction and amount are columns of their own.`,
    )
  })
}

function Rows({
  calls,
  account,
  shelf,
}: {
  readonly calls: AccountCalls
  readonly account: Account
  readonly shelf: Shelf
}) {
  const [{ filter, sort }, change] = useAccountsView(calls.bank.id, calls.environment)
  const [selected, select] = useState<string | null>(null)
  const arranged = useArranged(shelf.rows, filter, sort)
  const save = useExport(account, arranged.rows)
  const chosen = useMemo(
    () => (selected === null ? null : (shelf.rows.find(({ key }) => key === selected) ?? null)),
    [selected, shelf.rows],
  )
  const lists = Object.keys(calls.profile.transactions?.lists ?? {})
  const table = useRef<HTMLDivElement>(null)
  const toTable = () => table.current?.querySelector<HTMLElement>('[role=grid]')?.focus()
  const close = () => {
    select(null)
    toTable()
  }
  const enter = () => {
    if (chosen === null && arranged.rows[0] !== undefined) select(arranged.rows[0].key)
    toTable()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || chosen === null || event.defaultPrevented) return
    event.preventDefault()
    close()
  }
  return (
    <>
      <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1">
        <FilterFields filter={filter} lists={lists} onChange={(next) => change({ filter: next })} onEnter={enter} />
        <span className="flex-1" />
        <Button busy={save.busy} disabled={arranged.rows.length === 0} onClick={() => void save.run()}>
          Export {counted(arranged.rows.length)} as CSV
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the transaction from wherever one is in table and detail */}
      <div className="flex min-h-0 flex-1" onKeyDown={press}>
        <div ref={table} className="flex min-h-0 min-w-0 flex-1 flex-col">
          {arranged.rows.length === 0 && isNarrowed(filter) && !arranged.busy && (
            <p className="p-3 text-muted">None of the {counted(shelf.rows.length)} entries that are here fits.</p>
          )}
          <TransactionTable
            rows={arranged.rows}
            sort={sort}
            arrangement={arranged.arrangement}
            selected={selected}
            onSort={(next) => change({ sort: next })}
            onChoose={({ key }) => select(key)}
          />
        </div>
        {chosen !== null && (
          <TransactionDetail key={chosen.key} calls={calls} account={account} row={chosen} onClose={close} />
        )}
      </div>
      <Totals arranged={arranged} all={shelf.rows.length} />
    </>
  )
}

export function TransactionsPanel({ calls, account }: { readonly calls: AccountCalls; readonly account: Account }) {
  const name = callNames.transactions(calls.book, account.id)
  const shelf = useShelf(name)
  const asked = useAsked(calls)
  const { exchange } = useSending(name)
  const [held, setHeld] = useState(false)
  if (asked === null) return null
  const { loading, pages, rows, next, fault, question } = shelf
  const problem = spanProblem(asked)
  const send = (question: Question) => {
    setHeld(false)
    void askTransactions(name, question)
  }
  const ask = () => (problem === null ? send(questionOf(calls, account, asked)) : setHeld(true))
  const insist = () => send(insisting(questionOf(calls, account, asked)))
  return (
    <section aria-label="Transactions of the account" className="flex min-h-0 flex-1 flex-col">
      <form
        noValidate
        className="flex min-h-9 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-3 py-1"
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
      >
        <QuestionFields calls={calls} asked={asked} />
        <Button type="submit" kind={pages === 0 ? 'primary' : 'plain'} disabled={loading !== null}>
          {pages === 0 ? 'Read transactions' : 'Read again'}
        </Button>
        <Paging name={name} shelf={shelf} />
      </form>
      <div className="flex max-h-[40%] shrink-0 flex-col gap-2 overflow-auto px-3 py-1 empty:hidden">
        {held && problem !== null && (
          <Notice
            tone="caution"
            title="It was not sent"
            action={<Button onClick={insist}>Send it all the same</Button>}
          >
            {problem}
          </Notice>
        )}
        <FailedCall name={name} onInsist={insist} />
        <FaultNotice fault={fault} title="The transactions could not be read" />
        {next !== null && 'refused' in next && (
          <Notice tone="caution" title="The next page is not asked for">
            {next.refused}
          </Notice>
        )}
      </div>
      {rows.length > 0 ? (
        <Rows calls={calls} account={account} shelf={shelf} />
      ) : loading !== null ? (
        <Loading what="The transactions are read" />
      ) : pages > 0 ? (
        <EmptyState title="No transactions">
          The bank has none for {question?.words ?? 'what was asked for'}. Ask for a longer time to see earlier ones.
        </EmptyState>
      ) : (
        exchange === null && (
          <EmptyState title="Nothing was read yet">
            Choose a time and read the transactions: booked ones and those that are only reserved.
          </EmptyState>
        )
      )}
    </section>
  )
}
