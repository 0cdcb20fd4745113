/** A table of any length: only the rows in sight are in the page, and what is in sight stays where it is when rows come. */
import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { Column } from './data-table.tsx'
import { rowByKey } from './row-keys.ts'

/** Pixels; the head is as high. */
const rowHeight = 28
/** Rows kept ready above and below. */
const spare = 10

export interface LongTableProps<Row> {
  readonly label: string
  /** A column's `width` counts for its cells too, so that one can hide in a narrow window. */
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly selected: string | null
  /** Arrow keys choose as they move. */
  readonly onChoose: (row: Row) => void
  /** Enter on the chosen row. */
  readonly onOpen?: (row: Row) => void
  /** By which column the rows are sorted. */
  readonly sort?: { readonly column: string; readonly descending: boolean } | null
  readonly onSort?: (column: string) => void
  /** Another value: these are other rows or another order of them, to be seen from the top. */
  readonly arrangement?: string
}

function Head<Row>({
  column: { id, head, width = '', end = false, sortable = false },
  sort,
  onSort,
}: {
  readonly column: Column<Row>
  readonly sort: LongTableProps<Row>['sort']
  readonly onSort: LongTableProps<Row>['onSort']
}) {
  const sorted = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined
  const place = end ? 'text-right' : ''
  return (
    <th scope="col" aria-sort={sorted} className={`truncate px-2 font-normal ${width} ${place}`}>
      {sortable && onSort !== undefined ? (
        <button type="button" className="max-w-full truncate hover:text-ink" onClick={() => onSort(id)}>
          {head}
          <span aria-hidden="true">{sorted === undefined ? '' : sorted === 'descending' ? ' \u2193' : ' \u2191'}</span>
        </button>
      ) : (
        head
      )}
    </th>
  )
}

function useViewport() {
  const box = useRef<HTMLDivElement>(null)
  const [{ top, height }, setViewport] = useState({ top: 0, height: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const read = () => setViewport({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(read)
    observer.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    read()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [])
  return { box, top, height }
}

/** Scrolls just far enough that the row is in sight below the head. */
function reveal(box: HTMLDivElement, index: number): void {
  const top = index * rowHeight
  const room = box.clientHeight - 2 * rowHeight
  if (top < box.scrollTop) box.scrollTop = top
  else if (top > box.scrollTop + room) box.scrollTop = top - room
}

export function LongTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  selected,
  onChoose,
  onOpen,
  sort = null,
  onSort,
  arrangement = '',
}: LongTableProps<Row>) {
  const base = useId()
  const { box, top, height } = useViewport()
  const at = selected === null ? -1 : rows.findIndex((row) => keyOf(row) === selected)
  const first = Math.max(0, Math.floor(top / rowHeight) - spare)
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + spare)
  const anchor = useRef<{ key: string; index: number } | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another arrangement goes to the top
  useLayoutEffect(() => {
    anchor.current = null
    if (box.current !== null) box.current.scrollTop = 0
  }, [arrangement])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only other rows move what is in sight; keyOf says the same of a row at any time
  useLayoutEffect(() => {
    const known = anchor.current
    const element = box.current
    if (known === null || element === null || element.scrollTop === 0) return
    const index = rows.findIndex((row) => keyOf(row) === known.key)
    if (index >= 0 && index !== known.index) element.scrollTop += (index - known.index) * rowHeight
  }, [rows, box])
  useLayoutEffect(() => {
    const index = Math.floor(top / rowHeight)
    const row = rows[index]
    anchor.current = row === undefined ? null : { key: keyOf(row), index }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that others pushed out of sight is not brought back; only choosing one is
  useLayoutEffect(() => {
    if (at >= 0 && box.current !== null) reveal(box.current, at)
  }, [selected])

  return (
    <div ref={box} className="min-h-0 flex-1 overflow-auto">
      {/* The room of the rows that are not in the page. */}
      <div style={{ paddingTop: first * rowHeight, paddingBottom: (rows.length - last) * rowHeight }}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: one tab stop whose arrow keys choose a row is a grid
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-activedescendant={at >= first && at < last ? `${base}-${at}` : undefined}
          tabIndex={0}
          onKeyDown={(event) => {
            // A head that sorts is a button with keys of its own.
            if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLButtonElement) return
            const row = rows[at]
            const page = Math.max(1, Math.floor(height / rowHeight) - 2)
            const next = rowByKey(event.key, at, rows.length, page)
            if (event.key === 'Enter' && row !== undefined) onOpen?.(row)
            else if (next !== null) onChoose(rows[next]!)
            else return
            event.preventDefault()
          }}
          // The chosen row shows the focus; while none is in sight the table itself does.
          className={`group w-full table-fixed border-collapse ${at >= first && at < last ? 'outline-none' : '-outline-offset-2'}`}
        >
          <thead className="sticky top-0 z-10 bg-page">
            <tr aria-rowindex={1} className="h-7 text-left text-sm text-muted shadow-[inset_0_-1px_var(--line)]">
              {columns.map((column) => (
                <Head key={column.id} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(first, last).map((row, index) => (
              <tr
                key={keyOf(row)}
                id={`${base}-${first + index}`}
                aria-rowindex={first + index + 2}
                aria-selected={first + index === at}
                onClick={() => onChoose(row)}
                className={`h-7 border-b border-line -outline-offset-2 outline-accent ${first + index === at ? 'bg-accent-soft group-focus-visible:outline-2' : 'hover:bg-raised'}`}
              >
                {columns.map(({ id, cell, width = '', end = false }) => (
                  <td key={id} className={`truncate px-2 ${width} ${end ? 'text-right' : ''}`}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
