/** A table of any length: only the rows in sight are in the page, and what is in sight stays where it is when rows come. */
import { memo, useCallback, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
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

interface RowProps<Row> {
  readonly row: Row
  /** Index among all rows. */
  readonly at: number
  readonly id: string
  readonly chosen: boolean
  readonly columns: readonly Column<Row>[]
  readonly onChoose: (row: Row, at: number) => void
}

function PlainRow<Row>({ row, at, id, chosen, columns, onChoose }: RowProps<Row>) {
  return (
    <tr
      id={id}
      aria-rowindex={at + 2}
      aria-selected={chosen}
      onClick={() => onChoose(row, at)}
      className={`h-7 border-b border-line -outline-offset-2 outline-accent ${chosen ? 'bg-accent-soft group-focus-visible:outline-2' : 'hover:bg-raised'}`}
    >
      {columns.map(({ id: column, cell, width = '', end = false }) => (
        <td key={column} className={`truncate px-2 ${width} ${end ? 'text-right' : ''}`}>
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}

/** Scrolling and choosing render the rows that change, not all in sight. */
const BodyRow = memo(PlainRow) as typeof PlainRow

/** Index of a key, -1 for none; where it was before is looked at first, as there may be a hundred thousand. */
function placeOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string, key: string, before: number): number {
  const there = rows[before]
  return there !== undefined && keyOf(there) === key ? before : rows.findIndex((row) => keyOf(row) === key)
}

/** Where the chosen row stands: looked for when rows or choice change, not with every pixel scrolled. */
function useChosen<Row>({ rows, keyOf, selected, onChoose }: LongTableProps<Row>) {
  const last = useRef(-1)
  const latest = useRef(onChoose)
  latest.current = onChoose
  // biome-ignore lint/correctness/useExhaustiveDependencies: keyOf says the same of a row at any time
  const at = useMemo(() => (selected === null ? -1 : placeOf(rows, keyOf, selected, last.current)), [rows, selected])
  if (at >= 0) last.current = at
  const choose = useCallback((row: Row, index: number) => {
    last.current = index
    latest.current(row)
  }, [])
  return { at, choose }
}

export function LongTable<Row>(props: LongTableProps<Row>) {
  const { label, columns, rows, keyOf, selected, onOpen, sort = null, onSort, arrangement = '' } = props
  const base = useId()
  const { box, top, height } = useViewport()
  const { at, choose } = useChosen(props)
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
    const index = placeOf(rows, keyOf, known.key, known.index)
    if (index >= 0 && index !== known.index) element.scrollTop += (index - known.index) * rowHeight
  }, [rows, box])
  useLayoutEffect(() => {
    const index = Math.floor(top / rowHeight)
    const row = rows[index]
    anchor.current = row === undefined ? null : { key: keyOf(row), index }
  })
  const inSight = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a table that gets lower keeps the chosen row in sight where it was
  useLayoutEffect(() => {
    if (inSight.current && at >= 0 && box.current !== null) reveal(box.current, at)
  }, [height])
  useLayoutEffect(() => {
    inSight.current = at >= 0 && at * rowHeight >= top && (at + 2) * rowHeight <= top + height
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
            else if (next !== null) choose(rows[next]!, next)
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
              <BodyRow
                key={keyOf(row)}
                row={row}
                at={first + index}
                id={`${base}-${first + index}`}
                chosen={first + index === at}
                columns={columns}
                onChoose={choose}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
