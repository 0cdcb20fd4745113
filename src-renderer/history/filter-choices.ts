/** What each filter of History offers: what the workbench knows, and what else occurs in the exchanges that are listed. */
import { useMemo } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { banks, identities } from '../live-data.ts'
import type { HistoryFilter } from './history-filter.ts'

type Choices = readonly (readonly [value: string, name: string])[]

/** Values that occur and the chosen one, each once, by name. */
function choices(
  values: Iterable<string | null>,
  chosen: string,
  name: (value: string) => string = (value) => value,
): Choices {
  const all = new Set([...values, chosen].filter((value) => value !== null && value !== ''))
  return [...all].map((value) => [value!, name(value!)] as const).sort(([, a], [, b]) => a.localeCompare(b))
}

export interface FilterChoices {
  readonly bank: Choices
  readonly environment: Choices
  readonly operation: Choices
  readonly fault: Choices
  readonly error: Choices
  readonly identity: Choices
}

/** Rows looked through at most: what occurs at all occurs among the newest. */
const most = 2000

export function useFilterChoices(rows: readonly HistoryRow[], filter: HistoryFilter): FilterChoices {
  const known = banks().value
  const people = identities().value
  return useMemo(() => {
    const seen = rows.slice(0, most)
    const names = new Map((known ?? []).map(({ id, name }) => [id, name]))
    const identityNames = new Map((people ?? []).map(({ id, name }) => [id, name]))
    const here = (known ?? []).filter(({ id }) => filter.bank === '' || id === filter.bank)
    const environments = here.flatMap((bank) => bank.environments)
    const environmentNames = new Map(environments.map(({ id, name }) => [id, name]))
    return {
      bank: choices([...names.keys(), ...seen.map(({ bank }) => bank)], filter.bank, (id) => names.get(id) ?? id),
      environment: choices(
        [...environmentNames.keys(), ...seen.map(({ environment }) => environment)],
        filter.environment,
        (id) => environmentNames.get(id) ?? id,
      ),
      operation: choices(
        seen.map(({ operation }) => operation),
        filter.operation,
      ),
      fault: choices(
        seen.map(({ fault }) => fault),
        filter.fault === 'any' ? '' : filter.fault,
      ),
      error: choices(
        seen.map(({ errorId }) => errorId),
        filter.error,
      ),
      identity: choices(
        [...identityNames.keys(), ...seen.map(({ identity }) => identity)],
        filter.identity,
        (id) => identityNames.get(id) ?? `deleted ${id.slice(0, 8)}`,
      ),
    }
  }, [
    rows,
    filter.bank,
    filter.environment,
    filter.operation,
    filter.fault,
    filter.error,
    filter.identity,
    known,
    people,
  ])
}
