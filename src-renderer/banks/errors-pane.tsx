/** Errors: every bank's own error table, searched at once, with what each row means and what helps. */
import { type KeyboardEvent, useMemo } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { allErrors, banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { rowByKey } from '../ui/row-keys.ts'
import { matching, noFilter, searchable } from './error-filter.ts'
import { ErrorList } from './error-list.tsx'
import { ErrorToolbar } from './error-toolbar.tsx'
import { ErrorTopicList } from './error-topic-list.tsx'
import { changeErrorsView, useErrorsView } from './errors-view.ts'
import { useSoughtError } from './seek-error.ts'

/** Rows a page key jumps from the search field, where the table's height is not known. */
const page = 15

function useBankName(): (id: string) => string {
  const { value } = banks()
  return useMemo(() => (id: string) => value?.find((bank) => bank.id === id)?.name ?? id, [value])
}

function ErrorReference({ rows }: { readonly rows: readonly ErrorView[] }) {
  const view = useErrorsView()
  const { bank: atHand } = useApp()
  const bankName = useBankName()
  const table = useMemo(() => searchable(rows), [rows])
  const { words, area, status, code, shape } = view
  // Across banks a filter of one bank would leave nothing to compare.
  const bank = shape === 'topics' ? '' : view.bank
  const found = useMemo(
    () => matching(table, { words, bank, area, status, code }, atHand),
    [table, words, bank, area, status, code, atHand],
  )
  const chosen = found.find(({ id }) => id === view.selected) ?? found[0] ?? null
  const move = (event: KeyboardEvent) => {
    // Home and End belong to the text of the field; a table with columns is walked in itself.
    if (event.key === 'Home' || event.key === 'End' || shape === 'topics') return
    const next = rowByKey(event.key, chosen === null ? -1 : found.indexOf(chosen), found.length, page)
    if (next === null) return
    event.preventDefault()
    changeErrorsView({ selected: found[next]?.id ?? null })
  }
  return (
    <>
      <PaneHead title="Errors">
        <ErrorToolbar rows={rows} found={found.length} bankName={bankName} onKeyDown={move} />
      </PaneHead>
      {chosen === null ? (
        <EmptyState
          title="No row has all of this"
          action={<Button onClick={() => changeErrorsView({ ...noFilter, bank: '' })}>Show all rows</Button>}
        >
          Search looks at code, title, detail, meaning, cause, fix and operations; every word must occur.
        </EmptyState>
      ) : shape === 'topics' ? (
        <ErrorTopicList rows={found} chosen={chosen} bankName={bankName} />
      ) : (
        <ErrorList rows={found} chosen={chosen} everyBank={bank === ''} bankName={bankName} />
      )}
    </>
  )
}

export function ErrorsPane() {
  const resource = allErrors()
  const { value, fault } = resource()
  useSoughtError(value)
  if (value !== null && value.length > 0) return <ErrorReference rows={value} />
  return (
    <>
      <PaneHead title="Errors" />
      {fault !== null ? (
        <div className="p-3">
          <FaultNotice
            fault={fault}
            title="The error reference cannot be read"
            action={<Button onClick={() => void resource.refresh()}>Try again</Button>}
          />
        </div>
      ) : value === null ? (
        <Loading what="Error reference" />
      ) : (
        <EmptyState title="No bank documents errors">
          What a bank answers is shown as it comes, without a row to explain it.
        </EmptyState>
      )}
    </>
  )
}
