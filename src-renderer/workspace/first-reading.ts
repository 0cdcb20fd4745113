/** Finds the call that shows a new grant works: a GET of its scope that needs nothing but the token. */
import { useEffect, useState } from 'react'
import type { OperationDetail, OperationView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { bankOperations } from '../live-data.ts'

type Kind = keyof OperationDetail['notOffered']

const fits = (detail: OperationDetail, scope: string, kind: Kind): boolean =>
  detail.scope === scope &&
  !detail.browser &&
  detail.notOffered[kind] === null &&
  !detail.parameters.some(({ required, computed, in: place }) => required && computed === null && place !== 'header')

async function search(bank: string, operations: readonly OperationView[], scope: string, kind: Kind) {
  for (const { id, method, path } of operations) {
    if (method !== 'GET' || path.includes('{')) continue
    const detail = await api.banks.operation({ bank, operation: id })
    if (fits(detail, scope, kind)) return detail
  }
  return null
}

/** A bank's operations do not change while the window is open. */
const known = new Map<string, OperationDetail | null>()

/** undefined while it is looked for, null where the bank has none. */
export function useFirstReading(bank: string, scope: string | null, kind: Kind): OperationDetail | null | undefined {
  const operations = bankOperations(bank)().value
  const [, look] = useState(0)
  const key = `${bank} ${scope} ${kind}`
  useEffect(() => {
    if (operations === null || scope === null || known.has(key)) return
    let wanted = true
    const found = (detail: OperationDetail | null) => {
      known.set(key, detail)
      if (wanted) look((times) => times + 1)
    }
    // Without it the step offers Requests instead.
    search(bank, operations, scope, kind).then(found, () => found(null))
    return () => {
      wanted = false
    }
  }, [bank, operations, scope, kind, key])
  return scope === null ? null : known.get(key)
}
