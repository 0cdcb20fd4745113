/** Goes to one thing from anywhere: an operation, an exchange, an error row. The view that shows it picks the wish up. */
import { create } from 'zustand'
import type { DraftInput } from '#shared/contract/requests.ts'
import { keep, show } from './app-state.ts'

/** What to change in the open draft of an operation; null: of whichever is in front. */
export interface Amendment {
  readonly bank: string
  readonly operation: string | null
  /** Null as its value: a person has to give it. */
  readonly parameter?: { readonly name: string; readonly value: string | null }
  /** Name of a header that is taken out. */
  readonly without?: string
  /** Part of the editor to show. */
  readonly part?: string
}

/** A call of a report that was opened; `text` is the report as it was given. */
export interface ReportedRequest {
  readonly text: string
  readonly entry: number
  readonly bank: string
}

export interface Wishes {
  readonly amendment: Amendment | null
  /** Scope to authorise in Access, its ids filled in. */
  readonly scope: string | null
  /** Operation to open in Requests, with what is known of its draft. */
  readonly draft: (Partial<DraftInput> & { readonly operation: string }) | null
  readonly exchange: string | null
  readonly error: string | null
  /** Request whose signature is taken apart: the id of an exchange, or a call of a report. */
  readonly signature: string | ReportedRequest | null
  /** Environment of a bank to fill in, at `field` of its override where one is named; `add`: the way to a new bank. */
  readonly environment: { readonly bank: string; readonly environment: string; readonly field?: string } | 'add' | null
}

export const useWishes = create<Wishes>(() => ({
  amendment: null,
  scope: null,
  draft: null,
  exchange: null,
  error: null,
  signature: null,
  environment: null,
}))

export function openOperation(operation: string, draft: Partial<DraftInput> = {}): void {
  useWishes.setState({ draft: { ...draft, operation } })
  show('requests')
}

export function amendDraft(amendment: Amendment): void {
  useWishes.setState({ amendment })
  show('requests')
}

export function openScope(scope: string): void {
  useWishes.setState({ scope })
  show('access')
}

/** @param consent the workbench's id of it; Access keeps which one is looked at. */
export function openConsent(consent: string): void {
  keep('access', { consent })
  show('access')
}

/** The form of a new consent, in Access. */
export function openConsentForm(): void {
  keep('new-consent', true)
  show('access')
}

export function openExchange(exchange: string): void {
  useWishes.setState({ exchange })
  show('history')
}

export function openError(error: string): void {
  useWishes.setState({ error })
  show('errors')
}

export function openSignature(signature: string | ReportedRequest): void {
  useWishes.setState({ signature })
  show('signature')
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
