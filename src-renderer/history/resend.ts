/** Makes a call of History anew: as a request to look at first, or at once. */
import type { KeptExchange, LeftOut } from '#shared/contract/history.ts'
import type { Draft } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { choose } from '../app-state.ts'
import { banks } from '../live-data.ts'
import { openOperation } from '../open.ts'
import { notify } from '../ui/notifications.tsx'
import { changeHistoryView, historyView } from './history-view.ts'
import { leftOutSentence } from './left-out-words.ts'

export interface Resend {
  readonly draft: Draft
  readonly leftOut: readonly LeftOut[]
}

export const resendOf = (id: string): Promise<Resend> => api.history.draft({ id })

export function openAsRequest({ draft, leftOut }: Resend): void {
  const { bank, environment, operation } = draft
  choose({ bank, environment })
  openOperation(operation, draft)
  if (leftOut.length > 0) notify('caution', 'The request is not whole', leftOut.map(leftOutSentence).join(' '))
}

/** Repeating them changes nothing at the bank (RFC 9110 section 9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A place the workbench does not know may be production. */
export function isProduction({ bank, environment }: Pick<Draft, 'bank' | 'environment'>): boolean {
  const known = banks.getState().value?.find(({ id }) => id === bank)
  return (known?.environments.find(({ id }) => id === environment)?.kind ?? 'production') === 'production'
}

/** Whether a person is asked first. */
export const mustAsk = ({ request: { method } }: KeptExchange, { draft, leftOut }: Resend): boolean =>
  !safe.has(method) || leftOut.length > 0 || isProduction(draft)

/** The exchange that came of it comes into sight, unless the person has gone on to another one meanwhile. */
function showOutcome(from: string, exchange: string, title: string): void {
  if (historyView().selected === from) changeHistoryView({ selected: exchange })
  else notify('neutral', title, 'It is the newest in History.')
}

/** @returns null when it got as far as an exchange. */
export async function sendAgain(from: string, { draft }: Resend): Promise<Fault | null> {
  try {
    const exchange = await api.requests.dispatch({ call: crypto.randomUUID(), draft })
    showOutcome(from, exchange.id, `${draft.operation} was answered`)
    return null
  } catch (error) {
    const fault = error as Fault
    const { exchange } = fault.details
    if (typeof exchange !== 'string') return fault
    showOutcome(from, exchange, `${draft.operation} got no answer`)
    return null
  }
}
