/** Operations as they are in one environment, loaded when first asked for and anew when what is known of a bank changes. */
import { useRef } from 'react'
import type { OperationDetail, OperationView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { banks } from '../live-data.ts'
import { createResource, type Resource } from '../ui/resource.ts'

/** Every resource of this file that was asked for. */
const made = new Map<string, Resource<never>>()

/** What comes again as it was stays the same object, so that an editor built from it is not built anew. */
function unlessEqual<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let last: { readonly value: Value; readonly text: string } | null = null
  return async () => {
    const value = await load()
    const text = JSON.stringify(value)
    if (last?.text !== text) last = { value, text }
    return last.value
  }
}

function resourceNamed<Value>(key: string, load: () => Promise<Value>): Resource<Value> {
  const known = made.get(key) as Resource<Value> | undefined
  if (known !== undefined) return known
  const resource = createResource(unlessEqual(load))
  made.set(key, resource as unknown as Resource<never>)
  void resource.refresh()
  return resource
}

/** Paths, reasons and assumptions of a bank's operations are those of the environment. */
export const operationsAt = (bank: string, environment: string): Resource<OperationView[]> =>
  resourceNamed(`${bank} ${environment}`, () => api.banks.operations({ bank, environment }))

export const operationDetail = (bank: string, environment: string, operation: string): Resource<OperationDetail> =>
  resourceNamed(`${bank} ${environment} ${operation}`, () => api.banks.operation({ bank, environment, operation }))

/** The operation in the environment; while another environment's is on its way the one before stays, so that nothing jumps. */
export function useOperationDetail(bank: string, environment: string, operation: string) {
  const resource = operationDetail(bank, environment, operation)
  const { value, fault, loading } = resource()
  const before = useRef<OperationDetail | null>(null)
  if (value !== null) before.current = value
  return { detail: value ?? (loading ? before.current : null), fault, loading, retry: resource.refresh }
}

/** The engine told its list of banks anew: a folder or an environment of one may be another than before. */
banks.subscribe((state, before) => {
  if (state.value === before.value || before.value === null) return
  for (const resource of made.values()) void resource.refresh()
})
