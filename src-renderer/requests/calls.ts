/** Sends drafts and brings their answers back, also to a window that was reloaded meanwhile. */
import { create } from 'zustand'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { runningCalls } from '../live-data.ts'
import { findDraft, note, type OpenDraft, useDrafts } from './open-drafts.ts'

/** How the last call of a draft ended: with an exchange, or with a fault before there was one. */
export interface Outcome {
  readonly exchange: Exchange | null
  readonly fault: Fault | null
}

/** By id of the draft. */
export const useOutcomes = create<Readonly<Record<string, Outcome>>>(() => ({}))

/** Calls this page waits for itself; after a reload there are none, and they are followed from outside. */
const awaited = new Set<string>()

function settle(id: string, call: string, outcome: Outcome): void {
  // Closed, or sent anew since: nobody looks at this outcome any more.
  if (findDraft(id)?.call?.id !== call) return
  useOutcomes.setState({ [id]: outcome })
  note(id, { call: null, exchange: outcome.exchange?.id ?? null })
}

/** Another answer to the same draft takes the place of the one that led to it. */
export function replaceOutcome(id: string, before: string, exchange: Exchange): void {
  const open = findDraft(id)
  // Sent anew meanwhile, or closed: its own answer counts.
  if (open === undefined || open.call !== null || open.exchange !== before) return
  useOutcomes.setState({ [id]: { exchange, fault: null } })
  note(id, { exchange: exchange.id })
}

/** A fault of a call that reached the wire names its exchange. */
async function exchangeOf(fault: Fault): Promise<Exchange | null> {
  const { exchange } = fault.details
  if (typeof exchange !== 'string') return null
  return api.history.show({ id: exchange }).catch(() => null)
}

export async function sendDraft(id: string, draft: DraftInput): Promise<void> {
  const open = findDraft(id)
  if (open === undefined || open.call !== null) return
  const call = crypto.randomUUID()
  awaited.add(call)
  note(id, {
    sent: open.revision,
    call: { id: call, startedAt: new Date().toISOString(), environment: draft.environment ?? 'sandbox' },
  })
  try {
    settle(id, call, { exchange: await api.requests.dispatch({ call, draft }), fault: null })
  } catch (error) {
    const fault = error as Fault
    // INTERNAL is also what a broken connection to the engine looks like: the call goes on there.
    if (fault.code === 'INTERNAL') {
      awaited.delete(call)
      await followCalls(fault)
    } else settle(id, call, { exchange: await exchangeOf(fault), fault })
  } finally {
    awaited.delete(call)
  }
}

export const cancelCall = (draft: OpenDraft): Promise<unknown> =>
  draft.call === null ? Promise.resolve() : api.requests.cancel({ call: draft.call.id })

const lost = new Fault(
  'EXCHANGE_UNKNOWN',
  'The call is not under way any more and history does not have it: the workbench was stopped before it ended. Whether the bank received it is not known.',
)

/** The newest exchange of this call's operation since the call began. */
async function fromHistory({ bank, operation, call }: OpenDraft): Promise<Exchange | null> {
  if (call === null) return null
  const rows = await api.history.list({ bank, limit: 200 })
  const row = rows.find(
    (each) => each.operation === operation && each.environment === call.environment && each.at >= call.startedAt,
  )
  return row === undefined ? null : api.history.show({ id: row.id })
}

/** Looks after calls of drafts nobody in this page waits for. */
export async function followCalls(reason: Fault = lost): Promise<void> {
  const followed = useDrafts.getState().drafts.filter(({ call }) => call !== null && !awaited.has(call.id))
  if (followed.length === 0) return
  const running = new Set((await api.requests.running()).map(({ call }) => call))
  for (const draft of followed) {
    if (draft.call === null || running.has(draft.call.id)) continue
    const exchange = await fromHistory(draft)
    settle(draft.id, draft.call.id, { exchange, fault: exchange === null ? reason : null })
  }
}

/** Every end of a call makes the engine tell its list anew. */
runningCalls.subscribe((state, before) => {
  if (state.value !== before.value && !state.loading) void followCalls().catch(() => {})
})

/** The exchange a draft remembers, after a reload. */
export async function recallExchange(id: string, exchange: string): Promise<void> {
  if (useOutcomes.getState()[id] !== undefined) return
  const found = await api.history.show({ id: exchange }).catch(() => null)
  if (found !== null && useOutcomes.getState()[id] === undefined)
    useOutcomes.setState({ [id]: { exchange: found, fault: null } })
}
