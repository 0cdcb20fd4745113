/** Rows of 28 px in a table that keeps its head in sight; a row can be a button's worth of choice. */
import type { KeyboardEvent, ReactNode } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly head: string
  /** Tailwind width, for example `w-24`; the widest column has none. */
  readonly width?: string
  readonly cell: (row: Row) => ReactNode
  /** Stands at the right, as figures do; in long tables. */
  readonly end?: boolean
  /** Its head is a button that sorts; in long tables. */
  readonly sortable?: boolean
}

export interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly selected?: string | null
  /** Rows can be chosen: click, Enter, arrow keys. */
  readonly onChoose?: (row: Row) => void
}

function moveFocus(event: KeyboardEvent<HTMLTableRowElement>): void {
  const row = event.currentTarget
  const target =
    event.key === 'ArrowDown' ? row.nextElementSibling : event.key === 'ArrowUp' ? row.previousElementSibling : null
  if (!(target instanceof HTMLElement)) return
  event.preventDefault()
  target.focus()
}

export function DataTable<Row>({ label, columns, rows, keyOf, selected = null, onChoose }: DataTableProps<Row>) {
  const first = rows[0]
  const stop = rows.some((row) => keyOf(row) === selected) ? selected : first === undefined ? null : keyOf(first)
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse">
      <thead className="sticky top-0 z-10 bg-page">
        <tr className="h-7 border-b border-line text-left text-sm text-muted">
          {columns.map(({ id, head, width = '' }) => (
            <th key={id} scope="col" className={`px-2 font-normal ${width}`}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = keyOf(row)
          return (
            <tr
              key={key}
              aria-selected={onChoose === undefined ? undefined : key === selected}
              tabIndex={onChoose === undefined ? undefined : key === stop ? 0 : -1}
              onClick={onChoose && (() => onChoose(row))}
              onKeyDown={
                onChoose &&
                ((event) => {
                  if (event.target !== event.currentTarget) return
                  if (event.key === 'Enter' || event.key === ' ') {
                    event.preventDefault()
                    onChoose(row)
                  } else moveFocus(event)
                })
              }
              className={`h-7 border-b border-line -outline-offset-2 ${key === selected ? 'bg-accent-soft' : onChoose ? 'hover:bg-raised' : ''}`}
            >
              {columns.map(({ id, cell }) => (
                <td key={id} className="truncate px-2">
                  {cell(row)}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
