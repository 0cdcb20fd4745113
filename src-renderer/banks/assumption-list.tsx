/** What the bank's document does not say and the workbench decided, and what is known about it in an environment. */
import { useMemo, useState } from 'react'
import type { BankView, EnvironmentDetail } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { hasWords, wordsOf } from '../ui/matching-parts.ts'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { type Assumption, AssumptionRow, type Said } from './assumption-row.tsx'
import { adjustmentWords } from './assumption-words.ts'
import { environmentDetail, putEnvironment } from './environment-details.ts'
import { without } from './environment-form.ts'
import { EnvironmentChoice, useShownEnvironment } from './environments-panel.tsx'

/** Saves at once, on top of what is saved: unsaved changes of the environment's fields stay what they are. */
async function say(detail: EnvironmentDetail, id: string, said: Said | null): Promise<void> {
  const { override, bank, id: environment } = detail
  const assumptions = said === null ? without(override.assumptions, id) : { ...override.assumptions, [id]: said }
  putEnvironment(await api.banks.setEnvironment({ bank, environment, override: { ...override, assumptions } }))
}

const textOf = ({ id, text, reason, instead, adjust, operations }: Assumption): string =>
  [id, text, reason, instead ?? '', ...adjust.map(adjustmentWords), ...operations].join('\n')

function Rows({ detail }: { readonly detail: EnvironmentDetail }) {
  const [search, setSearch] = useState('')
  const [state, setState] = useState('')
  const words = useMemo(() => wordsOf(search), [search])
  const { assumptions } = detail
  const found = assumptions.filter((each) => (state === '' || each.state === state) && hasWords(textOf(each), words))
  const open = assumptions.filter((each) => each.state === 'assumed').length
  const showAll = () => {
    setSearch('')
    setState('')
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <SearchField label="Search assumptions" value={search} onChange={setSearch} />
        <FilterSelect
          label="State"
          all="All states"
          value={state}
          options={[
            ['assumed', 'Assumed'],
            ['confirmed', 'Confirmed'],
            ['differs', 'Differs'],
          ]}
          onChange={setState}
        />
        <p role="status" className="text-muted">
          {found.length === assumptions.length ? '' : `${found.length} shown · `}
          {`${open} of ${assumptions.length} open in ${detail.name}`}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState title="No assumption has all of this" action={<Button onClick={showAll}>Show all</Button>}>
          Search looks at the sentence, its reason, what it can be adjusted with and the ids of its operations.
        </EmptyState>
      ) : (
        <ScrollArea label="Assumptions" className="min-h-0 flex-1">
          <ul>
            {found.map((assumption) => (
              <AssumptionRow
                key={assumption.id}
                assumption={assumption}
                bank={detail.bank}
                environment={detail.id}
                words={words}
                onSay={(said) => say(detail, assumption.id, said)}
              />
            ))}
          </ul>
        </ScrollArea>
      )}
    </>
  )
}

export function AssumptionList({ bank }: { readonly bank: BankView }) {
  const environment = useShownEnvironment(bank)
  if (environment === null) return <p className="p-4 text-muted">This bank has no environment.</p>
  return (
    <>
      <EnvironmentChoice bank={bank} shown={environment.id} />
      <AssumptionsOf key={`${bank.id}/${environment.id}`} bank={bank.id} environment={environment.id} />
    </>
  )
}

function AssumptionsOf({ bank, environment }: { readonly bank: string; readonly environment: string }) {
  const resource = environmentDetail(bank, environment)
  const { value, fault } = resource()
  if (value === null)
    return fault === null ? (
      <Loading what="Assumptions" />
    ) : (
      <div className="p-4">
        <FaultNotice
          fault={fault}
          title="The assumptions cannot be read"
          action={<Button onClick={() => void resource.refresh()}>Try again</Button>}
        />
      </div>
    )
  if (value.assumptions.length === 0)
    return (
      <EmptyState title="Nothing is assumed">
        Everything the workbench does at this bank stands in the bank’s own document.
      </EmptyState>
    )
  return <Rows detail={value} />
}
