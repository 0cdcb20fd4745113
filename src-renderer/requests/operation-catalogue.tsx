/** Every operation of the bank by tag; search narrows it at once, the keyboard walks through it, Enter opens. */
import { useMemo, useRef, useState } from 'react'
import { useApp } from '../app-state.ts'
import { bankDetail, bankErrors, banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { wordsOf } from '../ui/matching-parts.ts'
import { Loading } from '../ui/notice.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { walkCatalogue } from './catalogue-keys.ts'
import { countOf, groupOperations } from './group-operations.ts'
import { openDraft } from './open-drafts.ts'
import { operationsAt } from './operation-details.ts'
import { OperationGroup } from './operation-group.tsx'
import { OtherBanks } from './other-banks.tsx'

function useFound(search: string) {
  const { bank, environment } = useApp()
  const resource = operationsAt(bank, environment)
  const { value, fault, loading } = resource()
  const tags = bankDetail(bank)().value?.tags
  const rows = bankErrors(bank)().value
  const errors = useMemo(() => new Map((rows ?? []).map((row) => [row.id, row])), [rows])
  const words = useMemo(() => wordsOf(search), [search])
  const groups = useMemo(() => groupOperations(value ?? [], words, tags ?? [], errors), [value, words, tags, errors])
  // The tags say the order: without them the groups would change places a moment later.
  return { value, fault, loading, resource, words, groups: tags === undefined && fault === null ? [] : groups }
}

function NothingFound({ bank, onClear }: { readonly bank: string; readonly onClear: () => void }) {
  return (
    <li className="flex flex-col items-start gap-2 px-3 py-2 text-muted">
      <p>
        No operation of {bank} has all these words, in its name, path, id, description or the errors it answers with.
      </p>
      <Button onClick={onClear}>Clear the search</Button>
    </li>
  )
}

export function OperationCatalogue() {
  const { bank } = useApp()
  const [search, setSearch] = useState('')
  const { value, fault, loading, resource, words, groups } = useFound(search)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLUListElement>(null)
  const count = countOf(groups)
  const name = banks().value?.find(({ id }) => id === bank)?.name ?? bank
  const first = groups[0]?.operations[0]?.operation
  const toggle = (tag: string) => {
    const next = new Set(closed)
    if (!next.delete(tag)) next.add(tag)
    setClosed(next)
  }
  const toSearch = () => list.current?.parentElement?.querySelector<HTMLInputElement>('input')?.focus()
  return (
    <section aria-label="Operations" className="flex min-h-0 flex-col border-r border-line bg-surface">
      <div className="flex h-9 shrink-0 items-center border-b border-line px-2 [&_input]:max-w-none">
        <SearchField
          label="Search operations"
          value={search}
          onChange={setSearch}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first !== undefined) openDraft(bank, first.id)
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            list.current?.querySelector('button')?.focus()
          }}
        />
      </div>
      <p role="status" aria-label="Operations found" className="h-6 shrink-0 px-3 text-sm leading-6 text-muted">
        {value === null ? '' : words.length === 0 ? `${count} of ${name}` : `${count} of ${value.length} of ${name}`}
      </p>
      <FaultNotice
        fault={fault}
        title="The operations could not be loaded"
        action={<Button onClick={() => void resource.refresh()}>Try again</Button>}
      />
      {value === null && loading && <Loading what="Operations" />}
      <ul
        ref={list}
        aria-label="Operations by tag"
        onKeyDown={(event) => walkCatalogue(event, toSearch)}
        className="min-h-0 flex-1 overflow-y-auto pb-1"
      >
        {groups.map((group, at) => (
          <OperationGroup
            key={group.tag}
            group={group}
            words={words}
            open={words.length > 0 || !closed.has(group.tag)}
            onToggle={() => toggle(group.tag)}
            first={at === 0}
          />
        ))}
        {value !== null && words.length > 0 && count === 0 && (
          <NothingFound bank={name} onClear={() => setSearch('')} />
        )}
        {words.length > 0 && <OtherBanks words={words} />}
      </ul>
    </section>
  )
}
