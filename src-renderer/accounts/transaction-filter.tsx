/** Narrows down the transactions that are here; nothing is asked of the bank for it. */
import { Button } from '../ui/button.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { everything, type TransactionFilter } from './arrange.ts'
import { compactField } from './compact-field.ts'

const decimal = (text: string): string => text.replace(',', '.').replace(/[^\d.]/g, '')

export const isNarrowed = (filter: TransactionFilter): boolean => Object.values(filter).some((value) => value !== '')

export function FilterFields({
  filter,
  lists,
  onChange,
  onEnter,
}: {
  readonly filter: TransactionFilter
  readonly lists: readonly string[]
  readonly onChange: (filter: TransactionFilter) => void
  /** Down from the search: into the table. */
  readonly onEnter: () => void
}) {
  const set = (change: Partial<TransactionFilter>) => onChange({ ...filter, ...change })
  return (
    <>
      <SearchField
        label="Search transactions"
        value={filter.text}
        onChange={(text) => set({ text })}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          onEnter()
        }}
      />
      <FilterSelect
        label="Booked or pending"
        all="All lists"
        value={filter.list}
        options={lists.map((list) => [list, list] as const)}
        onChange={(list) => set({ list: list as TransactionFilter['list'] })}
      />
      <input
        type="date"
        aria-label="Shown from"
        title="Shown from this day"
        className={compactField}
        value={filter.from}
        onChange={({ target }) => set({ from: target.value })}
      />
      <input
        type="date"
        aria-label="Shown to"
        title="Shown to this day"
        className={compactField}
        value={filter.to}
        onChange={({ target }) => set({ to: target.value })}
      />
      <input
        aria-label="Least amount"
        placeholder="least"
        inputMode="decimal"
        className={`${compactField} w-20 text-right`}
        value={filter.least}
        onChange={({ target }) => set({ least: decimal(target.value) })}
      />
      <input
        aria-label="Largest amount"
        placeholder="largest"
        inputMode="decimal"
        className={`${compactField} w-20 text-right`}
        value={filter.most}
        onChange={({ target }) => set({ most: decimal(target.value) })}
      />
      {isNarrowed(filter) && (
        <Button kind="quiet" onClick={() => onChange(everything)}>
          Show all
        </Button>
      )}
    </>
  )
}
