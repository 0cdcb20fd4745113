/** The rows of the error reference that are left, one under the other, with the chosen one in full. */
import { useMemo } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import type { Column } from '../ui/data-table.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { LongTable } from '../ui/long-table.tsx'
import { ErrorPage } from './error-page.tsx'
import { changeErrorsView } from './errors-view.ts'

const columns: readonly Column<ErrorView>[] = [
  { id: 'status', head: 'Status', width: 'w-16', cell: ({ http }) => http },
  {
    id: 'code',
    head: 'Code',
    width: 'w-48',
    cell: ({ code }) => <span className="font-mono text-sm">{code ?? 'no code'}</span>,
  },
  {
    id: 'words',
    head: 'Words',
    cell: ({ detail, title, meaning }) => {
      const words = detail ?? meaning ?? title ?? ''
      return <span title={words}>{words}</span>
    },
  },
  { id: 'area', head: 'Area', width: 'w-32 max-xl:hidden', cell: ({ area }) => <span title={area}>{area}</span> },
]

export function ErrorList({
  rows,
  chosen,
  everyBank,
  bankName,
}: {
  readonly rows: readonly ErrorView[]
  readonly chosen: ErrorView
  /** Rows of several banks: a column says which. */
  readonly everyBank: boolean
  readonly bankName: (id: string) => string
}) {
  const shown = useMemo<readonly Column<ErrorView>[]>(
    () =>
      everyBank
        ? [{ id: 'bank', head: 'Bank', width: 'w-32', cell: ({ bank }) => bankName(bank) }, ...columns]
        : columns,
    [everyBank, bankName],
  )
  return (
    <ListAndDetail
      label="Error row"
      list={
        <LongTable
          label="Error rows"
          columns={shown}
          rows={rows}
          keyOf={({ id }) => id}
          selected={chosen.id}
          onChoose={({ id }) => changeErrorsView({ selected: id })}
        />
      }
      detail={<ErrorPage key={chosen.id} row={chosen} bankName={bankName} />}
    />
  )
}
