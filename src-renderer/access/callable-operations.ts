/** Which operations a grant opens, and the ids its scope fills in for them. */
import { useMemo } from 'react'
import type { Grant } from '#shared/contract/access.ts'
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import { matchScope } from './scope-template.ts'

/** A bank's operations do not change while the window is open. */
const known = new Map<string, Promise<readonly OperationDetail[]>>()

function detailsOf(bank: string): Promise<readonly OperationDetail[]> {
  const found =
    known.get(bank) ??
    api.banks
      .operations({ bank })
      .then((all) => Promise.all(all.map(({ id }) => api.banks.operation({ bank, operation: id }))))
  known.set(bank, found)
  found.catch(() => known.delete(bank))
  return found
}

export interface Callable {
  readonly operation: OperationDetail
  readonly parameters: Readonly<Record<string, string>>
}

function callable(details: readonly OperationDetail[], grant: Grant): Callable[] {
  const granted = grant.scope.split(' ')
  return details.flatMap((operation) => {
    const { scope } = operation
    if (scope === null) return []
    const ids = granted.map((each) => matchScope(scope, each)).find((match) => match !== null)
    return ids == null ? [] : [{ operation, parameters: ids }]
  })
}

/** null while they are loaded. */
export function useCallable(grant: Grant): {
  readonly callable: readonly Callable[] | null
  readonly fault: Fault | null
} {
  const { value, fault } = useLoaded(grant.bank, detailsOf)
  return { callable: useMemo(() => (value === null ? null : callable(value, grant)), [value, grant]), fault }
}
