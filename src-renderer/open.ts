/** Goes to one thing from anywhere: an operation, an exchange, an error row. The view that shows it picks the wish up. */
import { create } from 'zustand'
import type { DraftInput } from '#shared/contract/requests.ts'
import { show } from './app-state.ts'

export interface Wishes {
  /** Operation to open in Requests, with what is known of its draft. */
  readonly draft: (Partial<DraftInput> & { readonly operation: string }) | null
  readonly exchange: string | null
  readonly error: string | null
  /** Environment of a bank to fill in, at `field` of its override where one is named; `add`: the way to a new bank. */
  readonly environment: { readonly bank: string; readonly environment: string; readonly field?: string } | 'add' | null
}

export const useWishes = create<Wishes>(() => ({ draft: null, exchange: null, error: null, environment: null }))

export function openOperation(operation: string, draft: Partial<DraftInput> = {}): void {
  useWishes.setState({ draft: { ...draft, operation } })
  show('requests')
}

export function openExchange(exchange: string): void {
  useWishes.setState({ exchange })
  show('history')
}

export function openError(error: string): void {
  useWishes.setState({ error })
  show('errors')
}

/** @param field as `urls.resource` */
export function openEnvironment(bank: string, environment: string, field?: string): void {
  useWishes.setState({ environment: { bank, environment, ...(field === undefined ? {} : { field }) } })
  show('banks')
}

export function addBank(): void {
  useWishes.setState({ environment: 'add' })
  show('banks')
}

/** The wish was fulfilled. */
export const fulfilled = (wish: keyof Wishes): void => useWishes.setState({ [wish]: null })
