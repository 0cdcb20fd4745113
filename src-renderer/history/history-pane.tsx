/** History: every exchange that was made, newest first; new ones come in above without moving what is open. */
import { type KeyboardEvent, useEffect, useMemo } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { show } from '../app-state.ts'
import { fulfilled, useWishes } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { rowByKey } from '../ui/row-keys.ts'
import { useAction } from '../ui/use-action.ts'
import { ExchangeDetail } from './exchange-detail.tsx'
import { matching, noFilter } from './history-filter.ts'
import { loadOlder, useHistoryRows } from './history-rows.ts'
import { HistoryTable } from './history-table.tsx'
import { HistoryToolbar } from './history-toolbar.tsx'
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
    changeHistoryView({ ...noFilter, selected: exchange })
    fulfilled('exchange')
  }, [exchange])
}

function Older({ cut, more }: { readonly cut: boolean; readonly more: boolean }) {
  const load = useAction(loadOlder)
  if (cut) return <p className="border-t border-line px-3 py-1 text-muted">Only the newest 1,000 are listed.</p>
  if (!more && load.fault === null) return null
  return (
    <div className="flex flex-col gap-2 border-t border-line p-1.5">
      <FaultNotice fault={load.fault} title="Older exchanges cannot be read" />
      <Button busy={load.busy} onClick={() => void load.run()}>
        {load.busy ? 'Loading …' : 'Load more'}
      </Button>
    </div>
  )
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

export function HistoryPane() {
  useSoughtExchange()
  const { rows, loaded, fault, refresh, more, cut } = useHistoryRows()
  const { words, bank, status, error, selected } = useHistoryView()
  const found = useMemo(() => matching(rows, { words, bank, status, error }), [rows, words, bank, status, error])
  const at = found.findIndex(({ id }) => id === selected)
  const move = (event: KeyboardEvent) => {
    // Home and End belong to the text of the field.
    if (event.key === 'Home' || event.key === 'End') return
    const row = found[rowByKey(event.key, at, found.length, page) ?? -1]
    if (row === undefined) return
    event.preventDefault()
    choose(row)
  }
  const list = (
    <>
      {found.length === 0 ? (
        <EmptyState
          title="No loaded exchange has all of this"
          action={<Button onClick={() => changeHistoryView(noFilter)}>Show all</Button>}
        />
      ) : (
        <HistoryTable rows={found} selected={selected} onChoose={choose} />
      )}
      <Older cut={cut} more={more} />
    </>
  )
  return (
    <>
      <PaneHead title="History">
        {rows.length > 0 && <HistoryToolbar rows={rows} found={found.length} onKeyDown={move} />}
      </PaneHead>
      <RunningCalls />
      {fault !== null && (
        <div className="p-3">
          <FaultNotice
            fault={fault}
            title="History cannot be read"
            action={<Button onClick={() => void refresh()}>Try again</Button>}
          />
        </div>
      )}
      {!loaded && fault === null && <Loading what="History" />}
      {loaded && rows.length === 0 && <NothingYet />}
      {rows.length > 0 && (
        <ListAndDetail
          label="Exchange"
          list={list}
          detail={
            selected === null ? (
              <EmptyState title="Choose an exchange">Its request, answer, TLS facts and timings show here.</EmptyState>
            ) : (
              <ExchangeDetail id={selected} />
            )
          }
        />
      )}
    </>
  )
}
