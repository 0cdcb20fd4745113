/** Errors: the bank's own error table, searched at once, with what each row means and what helps. */
import { type KeyboardEvent, useMemo } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { bankErrors } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import type { Column } from '../ui/data-table.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { LongTable } from '../ui/long-table.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { rowByKey } from '../ui/row-keys.ts'
import { matching, noFilter, searchable } from './error-filter.ts'
import { ErrorPage } from './error-page.tsx'
import { ErrorToolbar } from './error-toolbar.tsx'
import { changeErrorsView, useErrorsView } from './errors-view.ts'
import { useSoughtError } from './seek-error.ts'

const columns: readonly Column<ErrorView>[] = [
  { id: 'status', head: 'Status', width: 'w-16', cell: ({ http }) => http },
  {
    id: 'code',
    head: 'Code',
    width: 'w-44',
    cell: ({ code }) => <span className="font-mono text-sm">{code}</span>,
  },
  { id: 'title', head: 'Title', width: 'w-28 max-2xl:hidden', cell: ({ title }) => title },
  { id: 'detail', head: 'Detail', cell: ({ detail }) => <span title={detail}>{detail}</span> },
  { id: 'area', head: 'Area', width: 'w-32 max-xl:hidden', cell: ({ area }) => area },
]

/** Rows a page key jumps from the search field, where the table's height is not known. */
const page = 15

function choose(row: ErrorView | undefined): void {
  if (row !== undefined) changeErrorsView({ selected: row.id })
}

function ErrorTable({ rows }: { readonly rows: readonly ErrorView[] }) {
  const view = useErrorsView()
  const table = useMemo(() => searchable(rows), [rows])
  const { words, area, status, code } = view
  const found = useMemo(() => matching(table, { words, area, status, code }), [table, words, area, status, code])
  const chosen = found.find(({ id }) => id === view.selected) ?? found[0] ?? null
  const move = (event: KeyboardEvent) => {
    // Home and End belong to the text of the field.
    if (event.key === 'Home' || event.key === 'End') return
    const next = rowByKey(event.key, chosen === null ? -1 : found.indexOf(chosen), found.length, page)
    if (next === null) return
    event.preventDefault()
    choose(found[next])
  }
  return (
    <>
      <PaneHead title="Errors">
        <ErrorToolbar rows={rows} found={found.length} onKeyDown={move} />
      </PaneHead>
      {chosen === null ? (
        <EmptyState
          title="No row has all of this"
          action={<Button onClick={() => changeErrorsView(noFilter)}>Show all rows</Button>}
        >
          Search looks at code, title, detail, cause and fix; every word must occur.
        </EmptyState>
      ) : (
        <ListAndDetail
          label="Error row"
          list={
            <LongTable
              label="Error rows"
              columns={columns}
              rows={found}
              keyOf={({ id }) => id}
              selected={chosen.id}
              onChoose={choose}
            />
          }
          detail={<ErrorPage key={chosen.id} row={chosen} />}
        />
      )}
    </>
  )
}

export function ErrorsPane() {
  const { bank } = useApp()
  const { bank: view } = useSelection()
  const resource = bankErrors(bank)
  const { value, fault } = resource()
  useSoughtError(value)
  if (value !== null && value.length > 0) return <ErrorTable rows={value} />
  return (
    <>
      <PaneHead title="Errors" />
      {fault !== null ? (
        <div className="p-3">
          <FaultNotice
            fault={fault}
            title="The error table cannot be read"
            action={<Button onClick={() => void resource.refresh()}>Try again</Button>}
          />
        </div>
      ) : value === null ? (
        <Loading what="Error table" />
      ) : (
        <EmptyState title="This bank documents no errors">
          What {view?.name ?? 'the bank'} answers is shown as it comes, without a row to explain it.
        </EmptyState>
      )}
    </>
  )
}
