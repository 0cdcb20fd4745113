/** The list with its states: searching, stopped, nothing found, failed, and rows as far as they were read. */
import type { ReactNode, Ref } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Notice } from '../ui/notice.tsx'
import { filterKey, type HistoryFilter, isNarrowed, noFilter } from './history-filter.ts'
import { markAll } from './history-marks.ts'
import { readOlder, search, stopSearch, useRows } from './history-rows.ts'
import { HistoryTable } from './history-table.tsx'
import { changeHistoryView } from './history-view.ts'
import { MarksBar } from './marks-bar.tsx'
import { useSlow } from './use-slow.ts'

function Retry({ filter, children }: { readonly filter: HistoryFilter; readonly children: ReactNode }) {
  return <Button onClick={() => void search(filter)}>{children}</Button>
}

/** What stands above the rows when they are not what the filter asks for. */
function ListState({ filter }: { readonly filter: HistoryFilter }) {
  const { key, loading, stopped, fault } = useRows()
  const searching = loading === 'search' && key !== null
  const slow = useSlow(searching)
  if (fault !== null)
    return (
      <div className="p-2">
        <FaultNotice fault={fault} title="History cannot be read" action={<Retry filter={filter}>Try again</Retry>} />
      </div>
    )
  if (stopped)
    return (
      <div className="p-2">
        <Notice title="The search was stopped" action={<Retry filter={filter}>Search again</Retry>}>
          {key === filterKey(filter) ? '' : 'The rows below are those of the search before.'}
        </Notice>
      </div>
    )
  if (!slow) return null
  return (
    <div className="p-2">
      <Notice title="Searching" action={<Button onClick={stopSearch}>Stop</Button>} />
    </div>
  )
}

function Nothing({ filter }: { readonly filter: HistoryFilter }) {
  if (!isNarrowed(filter)) return null
  return (
    <EmptyState
      title="No exchange has all of this"
      action={<Button onClick={() => changeHistoryView(noFilter)}>Show all</Button>}
    >
      Words are looked for in URL, ids, names, codes and error titles, never in bodies. Of three characters or more, the
      beginning of one is enough.
    </EmptyState>
  )
}

export function HistoryList({
  filter,
  selected,
  comparing,
  onChoose,
  onDelete,
  ref,
}: {
  readonly filter: HistoryFilter
  readonly selected: string | null
  readonly comparing: boolean
  readonly onChoose: (row: HistoryRow) => void
  readonly onDelete: (ids: readonly string[]) => void
  readonly ref: Ref<HTMLDivElement>
}) {
  const { rows, loading, key } = useRows()
  return (
    <>
      <ListState filter={filter} />
      {rows.length === 0 ? (
        <Nothing filter={filter} />
      ) : (
        <HistoryTable
          // Another question begins at its top.
          key={key}
          ref={ref}
          rows={rows}
          selected={selected}
          comparing={comparing}
          onChoose={onChoose}
          onDelete={() => selected !== null && onDelete([selected])}
          onEnd={() => void readOlder()}
          onMarkAll={() => markAll(rows.map(({ id }) => id))}
        />
      )}
      {loading === 'older' && (
        <p className="shrink-0 border-t border-line px-3 py-1 text-muted">Reading older ones …</p>
      )}
      <MarksBar onDelete={onDelete} />
    </>
  )
}
