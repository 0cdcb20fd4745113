/** The drafts that are open, which of them is in front, and every change to them. */
import { create } from 'zustand'
import { keep, useApp } from '../app-state.ts'
import { bankOperations } from '../live-data.ts'
import { forKeeping, fromKept } from './kept-drafts.ts'

export interface FreeHeader {
  readonly name: string
  readonly value: string
}

export interface OpenDraft {
  readonly id: string
  readonly bank: string
  readonly operation: string
  /** Path, query and header parameters by name; an empty value is not sent. */
  readonly parameters: Readonly<Record<string, string>>
  /** Headers beyond the operation's own, as typed. */
  readonly headers: readonly FreeHeader[]
  /** Names of headers that are left out, whoever makes them. */
  readonly omit: readonly string[]
  /** Sent instead of the operation's own; null: that one. */
  readonly method: string | null
  /** Path and query, sent instead of the operation's own; null: those. */
  readonly path: string | null
  readonly body: string
  /** null: the identity of the top bar; `none`: no client certificate. */
  readonly identity: string | null
  /** null: the one that fits; `none`: no token. */
  readonly grant: string | null
  /** Send although the schema says no. */
  readonly insist: boolean
  /** Part of the editor that is shown; null until one was chosen. */
  readonly part: string | null
  readonly revision: number
  /** Revision that was sent last; null before the first time. */
  readonly sent: number | null
  readonly call: { readonly id: string; readonly startedAt: string; readonly environment: string } | null
  /** Id of the last exchange. */
  readonly exchange: string | null
}

export interface OpenDrafts {
  readonly drafts: readonly OpenDraft[]
  /** Id of the draft in front. */
  readonly front: string | null
}

export type DraftContent = Partial<
  Pick<OpenDraft, 'parameters' | 'headers' | 'omit' | 'method' | 'path' | 'body' | 'identity' | 'grant' | 'insist'>
>

export const useDrafts = create<OpenDrafts>(() => fromKept(useApp.getState().kept.requests))

/** Whoever types in a draft has its operation in view, so its bank is known by then. */
function marksOf({ bank, operation }: OpenDraft): readonly string[] | null {
  const operations = bankOperations(bank).getState().value
  return operations === null ? null : (operations.find(({ id }) => id === operation)?.secrets ?? [])
}

useDrafts.subscribe((state) => keep('requests', forKeeping(state, marksOf)))

// What was kept can come after this file was loaded; what was opened meanwhile is not thrown away.
useApp.subscribe((state, before) => {
  if (state.kept.requests === before.kept.requests || useDrafts.getState().drafts.length > 0) return
  const recalled = fromKept(state.kept.requests)
  if (recalled.drafts.length > 0) useDrafts.setState(recalled)
})

function replace(id: string, change: (draft: OpenDraft) => OpenDraft): void {
  useDrafts.setState(({ drafts }) => ({ drafts: drafts.map((draft) => (draft.id === id ? change(draft) : draft)) }))
}

/** What will be sent changes: the draft differs from what was sent. */
export const edit = (id: string, content: DraftContent): void =>
  replace(id, (draft) => ({ ...draft, ...content, revision: draft.revision + 1 }))

/** What is known of it changes; the content does not. */
export const note = (
  id: string,
  facts: Partial<Pick<OpenDraft, 'part' | 'sent' | 'call' | 'exchange' | 'insist'>>,
): void => replace(id, (draft) => ({ ...draft, ...facts }))

export const bringToFront = (front: string): void => useDrafts.setState({ front })

export const findDraft = (id: string): OpenDraft | undefined =>
  useDrafts.getState().drafts.find((draft) => draft.id === id)

/** Opens the operation, or brings the draft of it to the front that is open already; with content it is always a new one. */
export function openDraft(bank: string, operation: string, content?: DraftContent): void {
  const open = useDrafts.getState().drafts.find((draft) => draft.bank === bank && draft.operation === operation)
  if (open !== undefined && content === undefined) {
    bringToFront(open.id)
    return
  }
  const draft: OpenDraft = {
    id: crypto.randomUUID(),
    bank,
    operation,
    parameters: {},
    headers: [],
    omit: [],
    method: null,
    path: null,
    body: '',
    identity: null,
    grant: null,
    insist: false,
    part: null,
    revision: 0,
    sent: null,
    call: null,
    exchange: null,
    ...content,
  }
  useDrafts.setState(({ drafts }) => ({ drafts: [...drafts, draft], front: draft.id }))
}

/** The neighbour comes to the front. A call under way goes on and ends in history. */
export function closeDraft(id: string): void {
  useDrafts.setState(({ drafts, front }) => {
    const at = drafts.findIndex((draft) => draft.id === id)
    const left = drafts.filter((draft) => draft.id !== id)
    return { drafts: left, front: front === id ? (left[Math.min(at, left.length - 1)]?.id ?? null) : front }
  })
}
