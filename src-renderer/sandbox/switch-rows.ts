/** The faults inside the banks that can be switched on, each with the rows of the error table it leads to. */
import type { ErrorView } from '#shared/contract/banks.ts'

/** Bank id → names of switches. */
export type Switches = Readonly<Record<string, readonly string[]>>

export interface SwitchRow {
  readonly bank: string
  readonly name: string
  readonly on: boolean
  /** Rows the bank answers with because of it, or only while it is on. */
  readonly rows: readonly ErrorView[]
}

const leadsTo = ({ bank, reproduce }: ErrorView, row: Pick<SwitchRow, 'bank' | 'name'>): boolean =>
  bank === row.bank && (reproduce.kind === 'switch' ? reproduce.how === row.name : reproduce.needs === row.name)

export const switchRows = (known: Switches, set: Switches, errors: readonly ErrorView[]): readonly SwitchRow[] =>
  Object.entries(known).flatMap(([bank, names]) =>
    names.map((name) => ({
      bank,
      name,
      on: set[bank]?.includes(name) === true,
      rows: errors.filter((error) => leadsTo(error, { bank, name })),
    })),
  )

/** What is set with one switch turned; banks with nothing switched on are left out. */
export function turned(set: Switches, bank: string, name: string, on: boolean): Record<string, string[]> {
  const others = (set[bank] ?? []).filter((each) => each !== name)
  const all = { ...set, [bank]: on ? [...others, name] : others }
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, names]) => names.length > 0)
      .map(([id, names]) => [id, [...names]]),
  )
}
