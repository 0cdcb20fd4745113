/** Search, filters and shape of the error reference. */
import { type KeyboardEvent, useMemo } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { bankAtHand, noFilter, valuesOf } from './error-filter.ts'
import { changeErrorsView, useErrorsView } from './errors-view.ts'

/** Areas, statuses and codes of the rows that the bank filter leaves: what leads nowhere is not offered. */
function useOptions(rows: readonly ErrorView[], bank: string) {
  return useMemo(() => {
    const left = bank === '' ? rows : rows.filter((row) => row.bank === bank)
    return {
      area: valuesOf(left, (row) => row.area),
      status: valuesOf(left, (row) => String(row.http)),
      code: valuesOf(left, (row) => row.code ?? ''),
    }
  }, [rows, bank])
}

function ShapeSwitch() {
  const { shape } = useErrorsView()
  const topics = shape === 'topics'
  return (
    <Button
      aria-pressed={topics}
      className={topics ? 'border-accent bg-accent-soft text-accent' : ''}
      onClick={() => changeErrorsView({ shape: topics ? 'rows' : 'topics' })}
    >
      Across banks
    </Button>
  )
}

export function ErrorToolbar({
  rows,
  found,
  bankName,
  onKeyDown,
}: {
  readonly rows: readonly ErrorView[]
  readonly found: number
  readonly bankName: (id: string) => string
  readonly onKeyDown: (event: KeyboardEvent) => void
}) {
  const { words, area, status, code, shape, ...view } = useErrorsView()
  const { bank: atHand } = useApp()
  const bank = shape === 'topics' ? '' : view.bank === bankAtHand ? atHand : view.bank
  const options = useOptions(rows, bank)
  const bankIds = useMemo(() => [...new Set(rows.map((row) => row.bank))], [rows])
  const narrowed = words !== '' || bank !== '' || area !== '' || status !== '' || code !== ''
  return (
    <>
      <SearchField
        label="Search code, text, cause or fix"
        value={words}
        onChange={(value) => changeErrorsView({ words: value })}
        onKeyDown={onKeyDown}
      />
      {shape === 'rows' && (
        <FilterSelect
          label="Bank of the rows"
          all="All banks"
          value={bank}
          options={bankIds.map((id) => [id, bankName(id)] as const)}
          // Areas and codes are words of one bank: they do not carry over.
          onChange={(value) =>
            changeErrorsView({ bank: value === atHand ? bankAtHand : value, area: '', status: '', code: '' })
          }
        />
      )}
      <FilterSelect
        label="Area"
        all="All areas"
        value={area}
        options={options.area}
        onChange={(value) => changeErrorsView({ area: value })}
      />
      <FilterSelect
        label="Status"
        all="All statuses"
        value={status}
        options={options.status}
        onChange={(value) => changeErrorsView({ status: value })}
      />
      <FilterSelect
        label="Code"
        all="All codes"
        value={code}
        options={options.code}
        onChange={(value) => changeErrorsView({ code: value })}
      />
      <ShapeSwitch />
      <span role="status" className="text-muted">
        {found === rows.length ? `${found} rows` : `${found} of ${rows.length} rows`}
      </span>
      {narrowed && (
        <Button kind="quiet" onClick={() => changeErrorsView({ ...noFilter, bank: '' })}>
          Show all
        </Button>
      )}
    </>
  )
}
