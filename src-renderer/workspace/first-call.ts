/** The call the Overview makes itself, and its answer: in memory only, for as long as the window is open. */
import { create } from 'zustand'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'

interface FirstCall {
  /** Name of the call under way; null when there is none. */
  readonly call: string | null
  readonly exchange: Exchange | null
  readonly fault: Fault | null
}

const nothing: FirstCall = { call: null, exchange: null, fault: null }
export const useFirstCall = create<FirstCall>(() => nothing)

export async function makeFirstCall(draft: DraftInput): Promise<void> {
  if (useFirstCall.getState().call !== null) return
  const call = crypto.randomUUID()
  useFirstCall.setState({ ...nothing, call })
  try {
    const exchange = await api.requests.dispatch({ call, draft })
    useFirstCall.setState({ call: null, exchange })
  } catch (fault) {
    useFirstCall.setState({ call: null, fault: fault as Fault })
  }
}

export async function cancelFirstCall(): Promise<void> {
  const { call } = useFirstCall.getState()
  if (call !== null) await api.requests.cancel({ call })
}

export const forgetFirstCall = (): void => useFirstCall.setState(nothing)
