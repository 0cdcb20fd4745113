/** What a person chose in Accounts: kept across reloads. */
import { keep, useApp } from '../app-state.ts'
import { everything, type TransactionFilter } from './arrange.ts'
import { type Sort, sortColumns } from './order.ts'

export interface AccountsView {
  /** Id of a grant; null: the one that is good for longest. */
  readonly grant: string | null
  /** Id of the account that is open. */
  readonly account: string | null
  readonly filter: TransactionFilter
  readonly sort: Sort | null
  /** Which of the profile's calls lists transactions. */
  readonly way: number
  readonly from: string
  readonly to: string
  readonly size: string
  readonly choice: string
  /** Parameters that nothing fills in. */
  readonly typed: Readonly<Record<string, string>>
}

const initial: AccountsView = {
  grant: null,
  account: null,
  filter: everything,
  sort: null,
  way: 0,
  from: '',
  to: '',
  size: '',
  choice: '',
  typed: {},
}

const keyOf = (bank: string, environment: string): string => `accounts ${bank} ${environment}`

function isSort(value: unknown): value is Sort {
  const { column, descending } = (value ?? {}) as Partial<Sort>
  return (sortColumns as readonly unknown[]).includes(column) && typeof descending === 'boolean'
}

/** What was kept by another version of the window is taken as far as it has the form. */
function taken(value: unknown): AccountsView {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const same = Object.entries(initial).filter(([key, usual]) => key in kept && typeof kept[key] === typeof usual)
  const view = { ...initial, ...Object.fromEntries(same.map(([key]) => [key, kept[key]])) }
  return {
    ...view,
    grant: typeof kept.grant === 'string' ? kept.grant : null,
    account: typeof kept.account === 'string' ? kept.account : null,
    sort: isSort(kept.sort) ? kept.sort : null,
    filter: { ...everything, ...view.filter },
    typed: { ...view.typed },
  }
}

/** Made once per value that is kept: what is filtered by it would otherwise be filtered with every letter typed elsewhere. */
const memory = new WeakMap<object, AccountsView>()
function viewOf(value: unknown): AccountsView {
  if (typeof value !== 'object' || value === null) return initial
  const known = memory.get(value) ?? taken(value)
  memory.set(value, known)
  return known
}

export function useAccountsView(bank: string, environment: string) {
  const kept = useApp(({ kept: all }) => all[keyOf(bank, environment)])
  const view = viewOf(kept)
  return [view, (change: Partial<AccountsView>) => changeView(bank, environment, change)] as const
}

export function changeView(bank: string, environment: string, change: Partial<AccountsView>): void {
  const name = keyOf(bank, environment)
  keep(name, { ...viewOf(useApp.getState().kept[name]), ...change })
}
