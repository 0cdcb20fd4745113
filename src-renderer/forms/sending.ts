/** A call a form makes: it goes on while other views are shown, and its answer is there when the form is looked at again. */
import { create } from 'zustand'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { exchangeOfFault } from '../exchange/exchange-line.tsx'

export interface Sending {
  readonly busy: boolean
  /** Name of the call, to cancel it by. */
  readonly call: string | null
  readonly draft: DraftInput | null
  readonly exchange: Exchange | null
  /** Why nothing left; null where an exchange says it. */
  readonly fault: Fault | null
}

const nothing: Sending = { busy: false, call: null, draft: null, exchange: null, fault: null }

const useAll = create<Readonly<Record<string, Sending>>>(() => ({}))

export const useSending = (name: string): Sending => useAll()[name] ?? nothing

export function setSending(name: string, change: Partial<Sending>): void {
  useAll.setState((all) => ({ [name]: { ...nothing, ...all[name], ...change } }))
}

export const clearSending = (name: string): void => useAll.setState({ [name]: nothing })

/** @returns null where it never left, or no answer came; the store says why */
export async function sendDraft(name: string, draft: DraftInput): Promise<Exchange | null> {
  if (useAll.getState()[name]?.busy === true) return null
  const call = crypto.randomUUID()
  setSending(name, { ...nothing, busy: true, call, draft })
  try {
    const exchange = await api.requests.dispatch({ call, draft })
    setSending(name, { busy: false, call: null, exchange })
    return exchange
  } catch (error) {
    const fault = error as Fault
    const exchange = await exchangeOfFault(fault)
    setSending(name, { busy: false, call: null, exchange, fault: exchange === null ? fault : null })
    return exchange
  }
}

export async function cancelSending(name: string): Promise<void> {
  const call = useAll.getState()[name]?.call
  if (call != null) await api.requests.cancel({ call })
}
