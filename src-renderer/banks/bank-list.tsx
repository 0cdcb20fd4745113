/** The banks of the workbench, shipped and the user's own, each with what it has and what of it is ready. */
import type { KeyboardEvent } from 'react'
import type { BankView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { bankDetail } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { count } from './banks-words.ts'
import { bankDraftName, environmentDraftName, useDrafts } from './environment-drafts.ts'

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus()
}

function useUnsaved({ id, environments }: BankView): boolean {
  const drafts = useDrafts()
  const own = [bankDraftName(id), ...environments.map((each) => environmentDraftName(id, each.id))]
  return own.some((name) => drafts.includes(name))
}

function BankRow({
  bank,
  selected,
  onChoose,
}: {
  readonly bank: BankView
  readonly selected: boolean
  readonly onChoose: () => void
}) {
  const { bank: used } = useApp()
  const unsaved = useUnsaved(bank)
  const country = bankDetail(bank.id)().value?.country
  const ready = bank.environments.filter((each) => each.ready)
  return (
    <li className="border-b border-line">
      <button
        type="button"
        aria-current={selected ? 'true' : undefined}
        onClick={onChoose}
        className={`flex w-full flex-col gap-0.5 px-3 py-1.5 text-left -outline-offset-2 ${selected ? 'bg-accent-soft' : 'hover:bg-raised'}`}
      >
        <span className="flex w-full min-w-0 items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-semibold">{bank.name}</span>
          {unsaved && <Badge tone="caution">unsaved</Badge>}
          {used === bank.id && <Badge tone="accent">in use</Badge>}
        </span>
        <span className="text-sm text-muted">
          {country === undefined ? '' : `${country} · `}
          {`${count(bank.operations, 'operation')} · ${count(bank.errors, 'error row')}`}
        </span>
        <span className="w-full truncate text-sm text-muted" title={ready.map(({ name }) => name).join(', ')}>
          {`${bank.source === 'user' ? 'yours' : 'shipped'} · `}
          {ready.length === 0 ? 'no environment ready' : `ready: ${ready.map(({ name }) => name).join(', ')}`}
        </span>
      </button>
    </li>
  )
}

export function BankList({
  banks,
  selected,
  onChoose,
}: {
  readonly banks: readonly BankView[]
  /** null while a bank is being added. */
  readonly selected: string | null
  readonly onChoose: (bank: string) => void
}) {
  return (
    <nav aria-label="Banks" className="min-h-0 overflow-y-auto border-r border-line">
      <ul onKeyDown={moveFocus}>
        {banks.map((bank) => (
          <BankRow key={bank.id} bank={bank} selected={bank.id === selected} onChoose={() => onChoose(bank.id)} />
        ))}
      </ul>
    </nav>
  )
}
