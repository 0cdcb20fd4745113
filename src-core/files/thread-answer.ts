/** What a thread of ours says last. */
import { isFault } from '#shared/fault.ts'

/** Its result, a fault of the contract, or a mistake of ours. A thrown Fault loses its class on the way, so it travels as data. */
export type ThreadAnswer<Result> =
  | { readonly result: Result }
  | { readonly fault: { readonly code: string; readonly message: string; readonly details: Record<string, unknown> } }
  | { readonly mistake: string }

export function threadAnswer<Result>(work: () => Result): ThreadAnswer<Result> {
  try {
    return { result: work() }
  } catch (error) {
    if (isFault(error)) return { fault: error.toJSON() }
    return { mistake: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
