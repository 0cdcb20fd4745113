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

export function LongTable<Row>({ label, columns, rows, keyOf, selected, onChoose, onOpen }: LongTableProps<Row>) {
  const base = useId()
  const { box, top, height } = useViewport()
  const at = rows.findIndex((row) => keyOf(row) === selected)
  const first = Math.max(0, Math.floor(top / rowHeight) - spare)
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + spare)
  const anchor = useRef<{ key: string; index: number } | null>(null)

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
            if (event.ctrlKey || event.metaKey || event.altKey) return
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
              {columns.map(({ id, head, width = '' }) => (
                <th key={id} scope="col" className={`truncate px-2 font-normal ${width}`}>
                  {head}
                </th>
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
                {columns.map(({ id, cell, width = '' }) => (
                  <td key={id} className={`truncate px-2 ${width}`}>
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
