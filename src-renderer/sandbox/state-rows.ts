/** What the banks keep of a tenant as one list: narrowed down by bank, kind and words, with a key that stays. */
import type { SandboxItem, SandboxState, StateSection } from '#shared/sandbox-state.ts'
import { stateSections } from '#shared/sandbox-state.ts'

export interface StateRow {
  readonly key: string
  readonly bank: string
  readonly section: StateSection
  readonly item: SandboxItem
  /** When something last happened to it; null where no time is known. */
  readonly last: string | null
}

export interface StateFilter {
  readonly bank: string
  readonly section: StateSection | ''
  readonly words: string
}

const singular: Readonly<Record<StateSection, string>> = {
  accounts: 'account',
  payments: 'payment',
  baskets: 'basket',
  consents: 'consent',
  applications: 'application',
  authorisations: 'authorisation',
  tokens: 'token',
}
export const kindWord = (section: StateSection): string => singular[section]

/** Up to now: a token's end that is to come has not happened to it. */
const lastTime = ({ times }: SandboxItem, now: string): string | null =>
  Object.values(times)
    .filter((at) => at <= now)
    .reduce<string | null>((last, at) => (last === null || at > last ? at : last), null)

export function allRows({ banks, now }: SandboxState): readonly StateRow[] {
  return banks.flatMap((state) =>
    stateSections.flatMap((section) =>
      state[section].map((item, at) => ({
        // An id need not be unique among tokens of one grant.
        key: [state.bank, section, item.id, section === 'tokens' ? at : ''].join(' '),
        bank: state.bank,
        section,
        item,
        last: lastTime(item, now),
      })),
    ),
  )
}

const textOf = ({ bank, section, item: { id, title, status, facts } }: StateRow): string =>
  [bank, singular[section], id, title, status, ...Object.values(facts)].join(' ').toLowerCase()

export function filteredRows(rows: readonly StateRow[], { bank, section, words }: StateFilter): readonly StateRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if ((bank !== '' && row.bank !== bank) || (section !== '' && row.section !== section)) return false
    if (wanted.length === 0) return true
    const text = textOf(row)
    return wanted.every((word) => text.includes(word))
  })
}

/** How many there are of each kind at a bank, or at all of them. */
export function countsOf(rows: readonly StateRow[], bank: string): Readonly<Record<StateSection, number>> {
  const counts = Object.fromEntries(stateSections.map((section) => [section, 0])) as Record<StateSection, number>
  for (const row of rows) if (bank === '' || row.bank === bank) counts[row.section] += 1
  return counts
}
