/** The row that the sandbox is being made to answer with: it goes on while other views are shown, and only one at a time. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { ProvokeEvent } from '#shared/contract/sandbox.ts'
import { api } from '../api.ts'
import { openOperation } from '../open.ts'
import { streamNamed } from '../ui/stream.ts'

/** Subject: id of the row. */
export const provoking = streamNamed<string, ProvokeEvent>('provoke')

export const startProvoking = (errorId: string): Promise<void> =>
  provoking.run(errorId, (signal) => api.sandbox.provoke({ errorId }, { signal }))

export type ProvokeStep = Extract<ProvokeEvent, { type: 'step' }>
export type ProvokeEnd = Extract<ProvokeEvent, { type: 'end' }>

export const stepsOf = (events: readonly ProvokeEvent[]): ProvokeStep[] =>
  events.filter((event) => event.type === 'step')

export const endOf = (events: readonly ProvokeEvent[]): ProvokeEnd | null =>
  events.find((event) => event.type === 'end') ?? null

export async function openProvoked({ id }: Exchange): Promise<void> {
  const { draft } = await api.history.draft({ id })
  openOperation(draft.operation, draft)
}
