/** Tabs by the ARIA pattern: one tab stop, arrow keys move, the panel is named by its tab. */
import { type KeyboardEvent, type ReactNode, useId } from 'react'

export interface Tab {
  readonly id: string
  readonly label: ReactNode
  readonly content: ReactNode
}

export function Tabs({
  label,
  tabs,
  selected,
  onSelect,
  trailing,
}: {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly selected: string
  readonly onSelect: (id: string) => void
  readonly trailing?: ReactNode
}) {
  const base = useId()
  const current = tabs.find((tab) => tab.id === selected) ?? tabs[0]
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0 || current === undefined) return
    event.preventDefault()
    const next = tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length]!
    onSelect(next.id)
    document.getElementById(`${base}-${next.id}`)?.focus()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center border-b border-line">
        <div role="tablist" aria-label={label} onKeyDown={move} className="flex min-w-0 flex-1 overflow-x-auto px-2">
          {tabs.map((tab) => (
            <button
              key={tab.id}
              id={`${base}-${tab.id}`}
              type="button"
              role="tab"
              aria-selected={tab === current}
              aria-controls={`${base}-panel`}
              tabIndex={tab === current ? 0 : -1}
              onClick={() => onSelect(tab.id)}
              className={`h-8 border-b-2 px-2.5 whitespace-nowrap -outline-offset-2 ${tab === current ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'}`}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {trailing}
      </div>
      <div
        id={`${base}-panel`}
        role="tabpanel"
        aria-labelledby={`${base}-${current?.id}`}
        className="flex min-h-0 flex-1 flex-col overflow-auto"
      >
        {current?.content}
      </div>
    </div>
  )
}
