/** The request whose signature is taken apart: an own exchange or a pasted one, whose text stays in memory alone. */
import { create } from 'zustand'
import type { ExplainedSignature } from '#shared/contract/signature-debug.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { archiveOf, type Change, changed, digestOf, fittingChanges, type SignedRequest } from './changes.ts'
import type { DecodedWord } from './encoded-word.ts'

export type SignatureSource =
  /** `changes`: ids of what is tried on it. */
  | { readonly kind: 'exchange'; readonly id: string; readonly changes?: readonly string[] }
  | {
      readonly kind: 'pasted'
      readonly text: string
      readonly bank: string
      readonly name: string | null
      /** Which call of a report of many; the likeliest where left out. */
      readonly entry?: number
    }

/** An own exchange on which changes can be tried. */
export interface Laboratory {
  /** Id of the exchange. */
  readonly id: string
  readonly request: SignedRequest
  /** As it was sent. */
  readonly whole: ExplainedSignature
  readonly fitting: readonly Change[]
  /** Whether the body is kept as it was sent; without secrets taken out it can be hashed. */
  readonly bodyKept: boolean
}

interface SignatureView {
  readonly source: SignatureSource | null
  /** null: of no own exchange, or of one that was not signed. */
  readonly laboratory: Laboratory | null
  readonly explained: ExplainedSignature | null
  /** A header's value that was pasted by itself. */
  readonly word: DecodedWord | null
  readonly running: boolean
  readonly fault: Fault | null
}

const nothing: SignatureView = {
  source: null,
  laboratory: null,
  explained: null,
  word: null,
  running: false,
  fault: null,
}
export const useSignature = create<SignatureView>(() => nothing)

let stop = new AbortController()

/** Body and digest are tried on what was sent to the letter: another body than the one that was hashed would differ by itself. */
async function laboratoryFor(id: string, whole: ExplainedSignature): Promise<Laboratory | null> {
  const { request, signature } = await api.history.show({ id })
  if (signature === null) return null
  const hashed = await digestOf(whole.digest?.algorithm ?? '', request.body ?? '')
  const bodyKept = hashed === signature.digestOfBody
  const fitting = await fittingChanges(request, whole)
  return { id, request, whole, bodyKept, fitting: fitting.filter(({ hashes }) => bodyKept || hashes !== true) }
}

async function inputOf(source: SignatureSource): Promise<Parameters<typeof api.requests.explainSignature>[0]> {
  if (source.kind === 'exchange') {
    const { laboratory } = useSignature.getState()
    const { id, changes = [] } = source
    if (changes.length === 0 || laboratory?.id !== id) return { exchange: id }
    const { request, whole } = laboratory
    const { bank, environment, operation } = whole
    const text = archiveOf(await changed(request, new Set(changes), whole))
    return { text, bank, environment, ...(operation === null ? {} : { operation }) }
  }
  return {
    text: source.text,
    ...(source.bank === '' ? {} : { bank: source.bank }),
    ...(source.entry === undefined ? {} : { entry: source.entry }),
  }
}

/** @param bank of a pasted source: empty where it shall be found from the request */
export async function explain(source: SignatureSource): Promise<void> {
  stop.abort()
  const own = new AbortController()
  stop = own
  const { laboratory } = useSignature.getState()
  const same = source.kind === 'exchange' && laboratory?.id === source.id
  useSignature.setState({ source, laboratory: same ? laboratory : null, word: null, running: true, fault: null })
  try {
    const explained = await api.requests.explainSignature(await inputOf(source), { signal: own.signal })
    const tried =
      same || source.kind !== 'exchange'
        ? useSignature.getState().laboratory
        : await laboratoryFor(source.id, explained).catch(() => null)
    if (stop === own) useSignature.setState({ explained, laboratory: tried, running: false })
  } catch (fault) {
    if (stop === own) useSignature.setState({ explained: null, fault: fault as Fault, running: false })
  }
}

export function showWord(word: DecodedWord): void {
  stop.abort()
  useSignature.setState({ ...nothing, word })
}

export function forgetRequest(): void {
  stop.abort()
  useSignature.setState(nothing)
}
