/** The request whose signature is taken apart: an own exchange or a pasted one, whose text stays in memory alone. */
import { create } from 'zustand'
import type { ExplainedSignature } from '#shared/contract/signature-debug.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'

export type SignatureSource =
  | { readonly kind: 'exchange'; readonly id: string }
  | {
      readonly kind: 'pasted'
      readonly text: string
      readonly bank: string
      readonly name: string | null
      /** Which call of a report of many; the likeliest where left out. */
      readonly entry?: number
    }

interface SignatureView {
  readonly source: SignatureSource | null
  readonly explained: ExplainedSignature | null
  readonly running: boolean
  readonly fault: Fault | null
}

const nothing: SignatureView = { source: null, explained: null, running: false, fault: null }
export const useSignature = create<SignatureView>(() => nothing)

let stop = new AbortController()

/** @param bank of a pasted source: empty where it shall be found from the request */
export async function explain(source: SignatureSource): Promise<void> {
  stop.abort()
  const own = new AbortController()
  stop = own
  useSignature.setState({ source, running: true, fault: null })
  const input =
    source.kind === 'exchange'
      ? { exchange: source.id }
      : {
          text: source.text,
          ...(source.bank === '' ? {} : { bank: source.bank }),
          ...(source.entry === undefined ? {} : { entry: source.entry }),
        }
  try {
    const explained = await api.requests.explainSignature(input, { signal: own.signal })
    if (stop === own) useSignature.setState({ explained, running: false })
  } catch (fault) {
    if (stop === own) useSignature.setState({ explained: null, fault: fault as Fault, running: false })
  }
}

export function forgetRequest(): void {
  stop.abort()
  useSignature.setState(nothing)
}
