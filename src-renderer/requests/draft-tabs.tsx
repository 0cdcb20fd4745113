/** The open drafts as tabs: arrow keys move, Delete closes; a dot says that a draft differs from what was sent. */
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useApp } from '../app-state.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { bankOperations, banks } from '../live-data.ts'
import { bringToFront, closeDraft, type OpenDraft, useDrafts } from './open-drafts.ts'

export const panelId = 'draft-panel'
export const tabId = (draft: string): string => `draft-tab-${draft}`

function focusFront(): void {
  const { front } = useDrafts.getState()
  // After the tabs are drawn anew.
  if (front !== null) requestAnimationFrame(() => document.getElementById(tabId(front))?.focus())
}

function press(event: KeyboardEvent): void {
  const { drafts, front } = useDrafts.getState()
  const at = drafts.findIndex((draft) => draft.id === front)
  if (event.key === 'Delete' && front !== null) closeDraft(front)
  else {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const next = step === undefined ? undefined : drafts[(at + step + drafts.length) % drafts.length]
    if (next === undefined) return
    bringToFront(next.id)
  }
  event.preventDefault()
  focusFront()
}

function Tab({ draft, inFront }: { readonly draft: OpenDraft; readonly inFront: boolean }) {
  const { bank: shown } = useApp()
  const operation = bankOperations(draft.bank)().value?.find(({ id }) => id === draft.operation)
  const bankName = banks().value?.find(({ id }) => id === draft.bank)?.name ?? draft.bank
  const tab = useRef<HTMLButtonElement>(null)
  const title = operation?.title ?? draft.operation
  // The title comes after the tab and makes it wider.
  useEffect(() => {
    if (inFront && title !== '') tab.current?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [inFront, title])
  const changed = draft.sent !== null && draft.revision !== draft.sent
  return (
    <div
      role="presentation"
      className={`flex h-9 max-w-64 shrink-0 items-center border-r border-line ${inFront ? 'bg-page' : 'text-muted hover:text-ink'}`}
    >
      <button
        type="button"
        role="tab"
        id={tabId(draft.id)}
        aria-selected={inFront}
        aria-controls={panelId}
        aria-keyshortcuts="Delete"
        tabIndex={inFront ? 0 : -1}
        ref={tab}
        onClick={() => bringToFront(draft.id)}
        onAuxClick={(event) => event.button === 1 && closeDraft(draft.id)}
        className={`flex h-9 min-w-0 items-center gap-1.5 border-t-2 pr-1 pl-3 -outline-offset-2 ${inFront ? 'border-accent' : 'border-transparent'}`}
      >
        <MethodName method={operation?.method ?? ''} narrow />
        <span className="truncate">{title}</span>
        {draft.bank !== shown && <span className="shrink-0 text-sm text-muted">· {bankName}</span>}
        {draft.call !== null && (
          <span className="shrink-0 text-sm text-accent" title="Under way">
            …<span className="sr-only">under way</span>
          </span>
        )}
        {changed && (
          <span className="shrink-0 text-accent" title="Changed since it was sent">
            <span aria-hidden="true">●</span>
            <span className="sr-only">changed since it was sent</span>
          </span>
        )}
      </button>
      {/* For the mouse; the keyboard has Delete and the Close button of the draft. */}
      <button
        type="button"
        aria-hidden="true"
        tabIndex={-1}
        title="Close"
        onClick={() => closeDraft(draft.id)}
        className="mr-1 size-5 shrink-0 rounded-sm text-muted hover:bg-raised hover:text-ink"
      >
        ×
      </button>
    </div>
  )
}

export function DraftTabs() {
  const { drafts, front } = useDrafts()
  return (
    <div
      role="tablist"
      aria-label="Open requests"
      tabIndex={-1}
      onKeyDown={press}
      className="flex h-9 shrink-0 overflow-x-auto border-b border-line bg-surface"
    >
      {drafts.map((draft) => (
        <Tab key={draft.id} draft={draft} inFront={draft.id === front} />
      ))}
    </div>
  )
}
