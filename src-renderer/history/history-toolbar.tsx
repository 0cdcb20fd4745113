/** Search and filters over the loaded exchanges, and the way to older ones. */
import { type KeyboardEvent, useMemo } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { Button } from '../ui/button.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { noFilter, occurring, statusChoices } from './history-filter.ts'
import { changeHistoryView, useHistoryView } from './history-view.ts'

export function HistoryToolbar({
  rows,
  found,
  onKeyDown,
}: {
  readonly rows: readonly HistoryRow[]
  readonly found: number
  readonly onKeyDown: (event: KeyboardEvent) => void
}) {
  const { words, bank, status, error } = useHistoryView()
  const banks = useMemo(() => occurring(rows, (row) => row.bank), [rows])
  const errors = useMemo(() => occurring(rows, (row) => row.errorId), [rows])
  const narrowed = words !== '' || bank !== '' || status !== '' || error !== ''
  return (
    <>
      <SearchField
        label="Search operation, URL, error"
        value={words}
        onChange={(value) => changeHistoryView({ words: value })}
        onKeyDown={onKeyDown}
      />
      <FilterSelect
        label="Bank"
        all="All banks"
        value={bank}
        options={banks}
        onChange={(value) => changeHistoryView({ bank: value })}
      />
      <FilterSelect
        label="Status"
        all="All statuses"
        value={status}
        options={statusChoices}
        onChange={(value) => changeHistoryView({ status: value })}
      />
      <FilterSelect
        label="Error row"
        all="All error rows"
        value={error}
        options={errors}
        onChange={(value) => changeHistoryView({ error: value })}
      />
      <span role="status" className="text-muted">
        {found === rows.length ? `${found} exchanges` : `${found} of ${rows.length} exchanges`}
      </span>
      {narrowed && (
        <Button kind="quiet" onClick={() => changeHistoryView(noFilter)}>
          Show all
        </Button>
      )}
    </>
  )
}
