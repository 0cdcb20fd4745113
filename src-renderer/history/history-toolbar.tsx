/** Search and filters of History: every change is a new question to the engine. */
import type { KeyboardEvent, ReactNode } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { Button } from '../ui/button.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { DayField } from './day-field.tsx'
import { useFilterChoices } from './filter-choices.ts'
import { type HistoryFilter, isNarrowed, noFilter, statusChoices, timeChoices } from './history-filter.ts'
import { changeHistoryView } from './history-view.ts'

/** As wide before its options are known as after, so that nothing jumps. */
function Steady({ children }: { readonly children: ReactNode }) {
  return <div className="flex w-36 *:flex-1">{children}</div>
}

const change = (part: Partial<HistoryFilter>): void => changeHistoryView(part)

export function HistoryToolbar({
  filter,
  rows,
  onKeyDown,
}: {
  readonly filter: HistoryFilter
  readonly rows: readonly HistoryRow[]
  readonly onKeyDown: (event: KeyboardEvent) => void
}) {
  const offered = useFilterChoices(rows, filter)
  const select = (name: keyof typeof offered, label: string, all: string, first: typeof offered.bank = []) => (
    <Steady>
      <FilterSelect
        label={label}
        all={all}
        value={filter[name]}
        options={[...first, ...offered[name]]}
        onChange={(value) => change({ [name]: value })}
      />
    </Steady>
  )
  return (
    <>
      <SearchField
        label="Search operation, URL, error"
        value={filter.words}
        onChange={(words) => change({ words })}
        onKeyDown={onKeyDown}
      />
      {select('bank', 'Bank of the exchange', 'All banks')}
      {select('environment', 'Environment of the exchange', 'All environments')}
      {select('operation', 'Operation', 'All operations')}
      <Steady>
        <FilterSelect
          label="Status"
          all="All statuses"
          value={filter.status}
          options={statusChoices}
          onChange={(status) => change({ status })}
        />
      </Steady>
      {select('fault', 'Fault', 'All faults', [['any', 'Only with a fault']])}
      {select('error', 'Error row', 'All error rows')}
      {select('identity', 'Identity of the exchange', 'All identities')}
      <Steady>
        <FilterSelect
          label="Time"
          all="Any time"
          value={filter.time}
          options={timeChoices}
          onChange={(time) => change({ time })}
        />
      </Steady>
      {filter.time === 'between' && (
        <>
          <DayField label="First day" value={filter.from} onChange={(from) => change({ from })} />
          <DayField label="Last day" value={filter.to} onChange={(to) => change({ to })} />
        </>
      )}
      {isNarrowed(filter) && (
        <Button kind="quiet" onClick={() => change(noFilter)}>
          Show all
        </Button>
      )}
    </>
  )
}
