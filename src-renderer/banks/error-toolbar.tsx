/** Search and filters over an error table. */
import { type KeyboardEvent, useMemo } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { Button } from '../ui/button.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { noFilter, valuesOf } from './error-filter.ts'
import { changeErrorsView, useErrorsView } from './errors-view.ts'

export function ErrorToolbar({
  rows,
  found,
  onKeyDown,
}: {
  readonly rows: readonly ErrorView[]
  readonly found: number
  readonly onKeyDown: (event: KeyboardEvent) => void
}) {
  const { words, area, status, code } = useErrorsView()
  const options = useMemo(
    () => ({
      area: valuesOf(rows, (row) => row.area),
      status: valuesOf(rows, (row) => String(row.http)),
      code: valuesOf(rows, (row) => row.code),
    }),
    [rows],
  )
  const narrowed = words !== '' || area !== '' || status !== '' || code !== ''
  return (
    <>
      <SearchField
        label="Search code, text, cause or fix"
        value={words}
        onChange={(value) => changeErrorsView({ words: value })}
        onKeyDown={onKeyDown}
      />
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
      <span role="status" className="text-muted">
        {found === rows.length ? `${found} rows` : `${found} of ${rows.length} rows`}
      </span>
      {narrowed && (
        <Button kind="quiet" onClick={() => changeErrorsView(noFilter)}>
          Show all
        </Button>
      )}
    </>
  )
}
