/** The same fault and what each bank answers to it; one tab stop, arrow keys go from answer to answer. */
import { Fragment, type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { answerTexts, type TopicRow } from './error-topics.ts'

interface Place {
  readonly row: number
  readonly column: number
}

const moves: Record<string, Place> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
  PageUp: { row: -10, column: 0 },
  PageDown: { row: 10, column: 0 },
}

const within = (value: number, count: number): number => Math.min(Math.max(value, 0), Math.max(count - 1, 0))

function placeByKey({ key, ctrlKey }: KeyboardEvent, at: Place, rows: number, columns: number): Place | null {
  if (key === 'Home') return { row: ctrlKey ? 0 : at.row, column: 0 }
  if (key === 'End') return { row: ctrlKey ? rows - 1 : at.row, column: columns - 1 }
  const move = moves[key]
  if (move === undefined) return null
  return { row: within(at.row + move.row, rows), column: within(at.column + move.column, columns) }
}

/** Codes are long words: they break where their words begin. */
function Answers({ rows }: { readonly rows: readonly ErrorView[] }) {
  if (rows.length === 0) return <span className="text-muted">no row</span>
  return answerTexts(rows).map((text) => (
    <span key={text} className="block wrap-anywhere">
      {text.split(/(?<=_)|(?=[A-Z][a-z])/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a code have no name but their place
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </span>
  ))
}

export function TopicTable({
  topics,
  banks,
  selected,
  onChoose,
}: {
  readonly topics: readonly TopicRow[]
  /** Ids and names in the order of the columns. */
  readonly banks: readonly (readonly [id: string, name: string])[]
  readonly selected: ErrorView | null
  readonly onChoose: (rows: readonly ErrorView[]) => void
}) {
  const base = useId()
  const [at, setAt] = useState<Place>({ row: 0, column: 0 })
  const here = { row: within(at.row, topics.length), column: within(at.column, banks.length) }
  const current = useRef<HTMLTableCellElement>(null)
  const answersAt = ({ row, column }: Place) => topics[row]?.answers.get(banks[column]?.[0] ?? '') ?? []
  // biome-ignore lint/correctness/useExhaustiveDependencies: only going to another cell brings it into sight
  useLayoutEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [here.row, here.column])
  const go = (place: Place) => {
    setAt(place)
    const answers = answersAt(place)
    if (answers.length > 0) onChoose(answers)
  }
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: one tab stop whose arrow keys go from cell to cell is a grid
        role="grid"
        aria-label="Same fault at every bank"
        aria-activedescendant={`${base}-${here.row}-${here.column}`}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.metaKey || event.altKey) return
          const next = placeByKey(event, here, topics.length, banks.length)
          if (next === null) return
          event.preventDefault()
          go(next)
        }}
        className="group w-full min-w-[44rem] table-fixed border-collapse outline-none"
      >
        <thead className="sticky top-0 z-10 bg-page">
          <tr className="h-7 text-left text-sm text-muted shadow-[inset_0_-1px_var(--line)]">
            <th scope="col" className="w-44 px-2 font-normal max-xl:w-36">
              Fault
            </th>
            {banks.map(([id, name]) => (
              <th key={id} scope="col" className="truncate px-2 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {topics.map(({ id, title }, row) => (
            <tr key={id} className="border-b border-line align-top">
              <th scope="row" className="px-2 py-1 text-left font-normal">
                {title}
              </th>
              {banks.map(([bank], column) => {
                const answers = answersAt({ row, column })
                const isHere = row === here.row && column === here.column
                const isChosen = answers.some((each) => each.id === selected?.id)
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
                  <td
                    key={bank}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a table that is a grid
                    role="gridcell"
                    tabIndex={-1}
                    id={`${base}-${row}-${column}`}
                    ref={isHere ? current : undefined}
                    aria-selected={isChosen}
                    onClick={() => go({ row, column })}
                    className={`px-2 py-1 font-mono text-sm -outline-offset-2 outline-accent ${isChosen ? 'bg-accent-soft' : answers.length > 0 ? 'hover:bg-raised' : ''} ${isHere ? 'group-focus-visible:outline-2' : ''}`}
                  >
                    <Answers rows={answers} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
