/** Puts what a bank keeps into words: one item per thing, with what happened to it when. */
import type { SandboxBankState, SandboxItem } from '#shared/sandbox-state.ts'

export type BankSections = Omit<SandboxBankState, 'bank'>

export const emptyBankState: BankSections = {
  accounts: [],
  payments: [],
  baskets: [],
  consents: [],
  applications: [],
  authorisations: [],
  tokens: [],
}

type Fact = string | number | boolean | null | undefined

export interface ItemSeed {
  readonly id: string
  readonly title: string
  readonly status: string | null
  /** Milliseconds since 1970; what has not happened is left out. */
  readonly times?: Readonly<Record<string, number | null | undefined>>
  readonly facts?: Readonly<Record<string, Fact>>
}

const text = (fact: Exclude<Fact, null | undefined>): string =>
  typeof fact === 'boolean' ? (fact ? 'yes' : 'no') : String(fact)

export function item({ id, title, status, times = {}, facts = {} }: ItemSeed): SandboxItem {
  return {
    id,
    title,
    status,
    times: Object.fromEntries(
      Object.entries(times).flatMap(([name, at]) =>
        typeof at === 'number' ? [[name, new Date(at).toISOString()]] : [],
      ),
    ),
    facts: Object.fromEntries(
      Object.entries(facts).flatMap(([name, fact]) =>
        fact === null || fact === undefined || fact === '' ? [] : [[name, text(fact)]],
      ),
    ),
  }
}

/** Hundredths as the field writes them. */
export const money = (hundredths: number, currency: string): string => `${(hundredths / 100).toFixed(2)} ${currency}`

/** Newest first. */
export const byTime = <Thing>(things: Iterable<Thing>, at: (thing: Thing) => number): Thing[] =>
  [...things].sort((one, other) => at(other) - at(one))
