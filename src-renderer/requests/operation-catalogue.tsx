/** Every operation of the bank by tag; search narrows it at once, arrow keys walk through it, Enter opens. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useApp } from '../app-state.ts'
import { bankOperations } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { groupOperations, type OperationGroup } from './group-operations.ts'
import { openDraft } from './open-drafts.ts'
import { loadOffers } from './operation-details.ts'
import { OperationRow } from './operation-row.tsx'

/** Moves the focus among all buttons of the list, whatever group they stand in. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus()
}

function Group({
  group,
  open,
  onToggle,
  first,
}: {
  readonly group: OperationGroup
  readonly open: boolean
  readonly onToggle: () => void
  readonly first: boolean
}) {
  return (
    <li>
      <button
        type="button"
        tabIndex={first ? 0 : -1}
        aria-expanded={open}
        onClick={onToggle}
        className="flex h-7 w-full items-center gap-1 px-2 text-left font-semibold -outline-offset-2 hover:bg-raised"
      >
        <span aria-hidden="true" className="w-3 text-xs text-muted">
          {open ? '▾' : '▸'}
        </span>
        <span className="min-w-0 flex-1 truncate">{group.tag}</span>
        <span className="text-sm font-normal text-muted">{group.operations.length}</span>
      </button>
      {open && (
        <ul aria-label={group.tag}>
          {group.operations.map((operation) => (
            <OperationRow key={operation.id} operation={operation} />
          ))}
        </ul>
      )}
    </li>
  )
}

export function OperationCatalogue() {
  const { bank } = useApp()
  const operations = bankOperations(bank)
  const { value, fault, loading } = operations()
  const [words, setWords] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLUListElement>(null)
  const groups = useMemo(() => groupOperations(value ?? [], words), [value, words])
  useEffect(() => {
    if (value !== null)
      void loadOffers(
        bank,
        value.map(({ id }) => id),
      )
  }, [bank, value])
  const first = groups[0]?.operations[0]
  const toggle = (tag: string) => {
    const next = new Set(closed)
    if (!next.delete(tag)) next.add(tag)
    setClosed(next)
  }
  return (
    <section aria-label="Operations" className="flex min-h-0 flex-col border-r border-line bg-surface">
      <div className="flex h-9 shrink-0 items-center border-b border-line px-2 [&_input]:max-w-none">
        <SearchField
          label="Search operations"
          value={words}
          onChange={setWords}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first !== undefined) openDraft(bank, first.id)
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            list.current?.querySelector('button')?.focus()
          }}
        />
      </div>
      <FaultNotice
        fault={fault}
        title="The operations could not be loaded"
        action={<Button onClick={() => void operations.refresh()}>Try again</Button>}
      />
      {value === null && loading && <Loading what="Operations" />}
      <ul ref={list} aria-label="Operations by tag" onKeyDown={walk} className="min-h-0 flex-1 overflow-y-auto py-1">
        {groups.map((group, at) => (
          <Group
            key={group.tag}
            group={group}
            open={words !== '' || !closed.has(group.tag)}
            onToggle={() => toggle(group.tag)}
            first={at === 0}
          />
        ))}
        {value !== null && groups.length === 0 && (
          <li className="px-3 py-2 text-muted">No operation has these words.</li>
        )}
      </ul>
    </section>
  )
}
