/** History: every exchange that was made, newest first; new ones come in above without moving what is open. */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { show } from '../app-state.ts'
import { fulfilled, useWishes } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { rowByKey } from '../ui/row-keys.ts'
import { ComparePane, closeComparison } from './compare-pane.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { ExchangeDetail } from './exchange-detail.tsx'
import { isNarrowed, noFilter } from './history-filter.ts'
import { HistoryList } from './history-list.tsx'
import { HistoryNotices } from './history-notices.tsx'
import { useHistoryRows } from './history-rows.ts'
import { useHistoryStatus } from './history-status.ts'
import { HistoryToolbar } from './history-toolbar.tsx'
import { HistoryUpkeep } from './history-upkeep.tsx'
import { changeHistoryView, useHistoryView } from './history-view.ts'
import { RunningCalls } from './running-calls.tsx'

/** Rows a page key jumps from the search field, where the table's height is not known. */
const page = 15

const choose = (row: HistoryRow): void => changeHistoryView({ selected: row.id })

/** Opens the exchange another view asked for, even one that is older than the loaded rows. */
function useSoughtExchange(): void {
  const { exchange } = useWishes()
  useEffect(() => {
    if (exchange === null) return
    changeHistoryView({ ...noFilter, selected: exchange, against: null })
    fulfilled('exchange')
  }, [exchange])
}

/** Escape ends a comparison, unless a dialog or a field has a use for it. */
function useEscape(comparing: boolean): void {
  useEffect(() => {
    if (!comparing) return
    const press = (event: globalThis.KeyboardEvent) => {
      const taken = event.defaultPrevented || document.querySelector('dialog[open], [popover]:popover-open') !== null
      if (event.key === 'Escape' && !taken) closeComparison()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [comparing])
}

function NothingYet() {
  return (
    <EmptyState
      title="No exchange yet"
      action={
        <Button kind="primary" onClick={() => show('requests')}>
          Go to Requests
        </Button>
      }
    >
      Every call is kept here as it was sent and answered, with its secrets redacted.
    </EmptyState>
  )
}

type Delete = (ids: readonly string[]) => void

function Opened({ list, onDelete }: { readonly list: RefObject<HTMLElement | null>; readonly onDelete: Delete }) {
  const { selected, against } = useHistoryView()
  if (against !== null) return <ComparePane against={against} selected={selected} />
  if (selected === null)
    return (
      <EmptyState title="Choose an exchange">
        Its request, answer, TLS facts and timings show here. In the list, Space marks an exchange, to compare or delete
        it with others, and Delete deletes the one that is chosen.
      </EmptyState>
    )
  return (
    <ExchangeDetail
      id={selected}
      onDelete={() => onDelete([selected])}
      onCompare={() => {
        changeHistoryView({ against: selected })
        // The other row is chosen with the arrow keys at once.
        list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
      }}
    />
  )
}

const columns = {
  reading: 'grid-cols-[minmax(0,5fr)_minmax(0,7fr)] xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]',
  comparing: 'grid-cols-[18rem_minmax(0,1fr)] xl:grid-cols-[22rem_minmax(0,1fr)]',
}

function ListAndOpened({ onDelete }: { readonly onDelete: Delete }) {
  const view = useHistoryView()
  const list = useRef<HTMLDivElement>(null)
  const comparing = view.against !== null
  useEscape(comparing)
  return (
    <div className={`grid min-h-0 flex-1 ${comparing ? columns.comparing : columns.reading}`}>
      <div className="flex min-h-0 min-w-0 flex-col">
        <HistoryList
          ref={list}
          filter={view}
          selected={view.selected}
          comparing={comparing}
          onChoose={choose}
          onDelete={onDelete}
        />
      </div>
      <section
        aria-label={comparing ? 'Comparison' : 'Exchange'}
        className="flex min-h-0 min-w-0 flex-col overflow-auto border-l border-line bg-surface"
      >
        <Opened list={list} onDelete={onDelete} />
      </section>
    </div>
  )
}

export function HistoryPane() {
  useSoughtExchange()
  const view = useHistoryView()
  const { rows, more, key, loading, fault } = useHistoryRows(view)
  const { value: status } = useHistoryStatus()
  const [deleting, setDeleting] = useState<readonly string[] | 'all' | null>(null)
  const narrowed = isNarrowed(view)
  const empty = key !== null && rows.length === 0 && !narrowed && loading === null && fault === null
  const move = (event: KeyboardEvent) => {
    // Home and End belong to the text of the field.
    if (event.key === 'Home' || event.key === 'End') return
    const at = rows.findIndex(({ id }) => id === view.selected)
    const row = rows[rowByKey(event.key, at, rows.length, page) ?? -1]
    if (row === undefined) return
    event.preventDefault()
    choose(row)
  }
  const upkeep = status !== null && !empty && (
    <HistoryUpkeep
      status={status}
      found={narrowed ? rows.length : null}
      more={more}
      onDeleteAll={() => setDeleting('all')}
    />
  )
  return (
    <>
      <PaneHead title="History" actions={upkeep}>
        {!empty && <HistoryToolbar filter={view} rows={rows} onKeyDown={move} />}
      </PaneHead>
      <HistoryNotices status={status} />
      <RunningCalls />
      {key === null && fault === null && <Loading what="History" />}
      {empty ? <NothingYet /> : (key !== null || fault !== null) && <ListAndOpened onDelete={setDeleting} />}
      {deleting !== null && (
        <DeleteDialog ids={deleting} total={status?.exchanges ?? 0} onClose={() => setDeleting(null)} />
      )}
    </>
  )
}
