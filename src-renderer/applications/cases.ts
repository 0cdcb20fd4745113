/** What is known of each pre-authorization in work: which exchanges told of it and what was typed, kept across reloads by the grant it goes with. */
import { create } from 'zustand'
import type { Exchange } from '#shared/contract/exchange.ts'
import { api } from '../api.ts'
import { keep, useApp } from '../app-state.ts'
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady } from '../shell/key-store-dialog.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import type { Answers } from './questions.ts'

/** What an exchange is remembered for. */
export type Told =
  /** The answer that began the identification. */
  | 'begun'
  /** The last answer with the application. */
  | 'application'
  /** The last answer with the answers that count. */
  | 'answers'
  /** The last answer about signing, or about a page to fill in. */
  | 'signing'
  /** The answer that said where the customer goes back to. */
  | 'end'

/** Parts of the view; each shows the exchange of its last step. */
export type Part = 'identification' | 'application' | 'questions' | 'signing' | 'order' | 'end'

export interface Case {
  /** Whom it is about, where that is known. */
  readonly label: string | null
  /** Kind of application, of the bank's data. */
  readonly kind: string | null
  /** Path parameters of every call. */
  readonly parameters: Readonly<Record<string, string>>
  readonly way: string | null
  readonly identified: boolean
  /** Answers that were typed and not posted yet. */
  readonly typed: Answers
  /** Codes of the questions that were posted last, in their order. */
  readonly posted: readonly string[]
  /** Operation that began the signing or the page at hand, and when; `asking`: its order is asked for until it has ended. */
  readonly signing: { readonly operation: string; readonly begunAt: string; readonly asking?: boolean } | null
  readonly cancelled: boolean
  /** Ids of exchanges. */
  readonly told: Readonly<Partial<Record<Told, string>>>
  readonly lines: Readonly<Partial<Record<Part, string>>>
}

const fresh: Case = {
  label: null,
  kind: null,
  parameters: {},
  way: null,
  identified: false,
  typed: {},
  posted: [],
  signing: null,
  cancelled: false,
  told: {},
  lines: {},
}

interface Kept {
  readonly grant: string | null
  /** Addresses of identification pages, by bank, environment and way. */
  readonly pages: Readonly<Record<string, string>>
  readonly cases: Readonly<Record<string, Case>>
}

const name = 'applications'
const most = 20

function keptOf({ kept }: { readonly kept: Readonly<Record<string, unknown>> }): Kept {
  const { grant = null, pages = {}, cases = {} } = (kept[name] ?? {}) as Partial<Kept>
  return { grant, pages, cases }
}

const change = (part: Partial<Kept>) => keep(name, { ...keptOf(useApp.getState()), ...part })

export const useKept = (): Kept => keptOf(useApp())
export const chooseGrant = (grant: string): void => change({ grant })

export const keepPage = (key: string, address: string): void =>
  change({ pages: { ...keptOf(useApp.getState()).pages, [key]: address } })

export const caseOf = (grant: string): Case => ({ ...fresh, ...keptOf(useApp.getState()).cases[grant] })
export const useCase = (grant: string): Case => ({ ...fresh, ...keptOf(useApp()).cases[grant] })

export function changeCase(grant: string, part: Partial<Case>): void {
  const { [grant]: before, ...others } = keptOf(useApp.getState()).cases
  const older = Object.entries(others).slice(-(most - 1))
  change({ cases: { ...Object.fromEntries(older), [grant]: { ...fresh, ...before, ...part } } })
}

let shown: string | null = null
/** Whose case is on the screen, when Applications is. */
export const shownGrant = (): string | null => shown
export const noteShownGrant = (grant: string): void => {
  shown = grant
}

export const tell = (grant: string, what: Told, { id }: Exchange): void =>
  changeCase(grant, { told: { ...caseOf(grant).told, [what]: id } })

/** Exchanges of this page's life; those before a reload come from history. */
const useExchanges = create<Readonly<Record<string, Exchange>>>(() => ({}))

export function noteExchange(grant: string, part: Part, exchange: Exchange): void {
  useExchanges.setState({ [exchange.id]: exchange })
  changeCase(grant, { lines: { ...caseOf(grant).lines, [part]: exchange.id } })
}

async function recalled(id: string): Promise<Exchange | null> {
  const known = useExchanges.getState()[id]
  if (known !== undefined) return known
  const found = await api.history.show({ id }).catch(() => null)
  // What is sealed can be read when the key store is open again.
  if (found !== null && found.bodies !== 'sealed') useExchanges.setState({ [id]: found })
  return found
}

export interface ShownExchange {
  readonly exchange: Exchange | null
  readonly loading: boolean
}

/** @param id undefined: there is none */
export function useExchange(id: string | undefined): ShownExchange {
  const known = useExchanges()[id ?? '']
  const store = keyStore().value
  const ready = store !== null && isKeyStoreReady(store)
  const { value, loading } = useLoaded(id === undefined || known !== undefined ? null : id, recalled, ready)
  return { exchange: known ?? (value?.id === id ? value : null) ?? null, loading: known === undefined && loading }
}
