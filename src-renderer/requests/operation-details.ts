/** Operations with everything a form needs, loaded once each; a bank's data does not change while the window is open. */
import { create } from 'zustand'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { createResource, type Resource } from '../ui/resource.ts'

const made = new Map<string, Resource<OperationDetail>>()

export function operationDetail(bank: string, operation: string): Resource<OperationDetail> {
  const key = `${bank} ${operation}`
  const known = made.get(key)
  if (known !== undefined) return known
  const resource = createResource(() => api.banks.operation({ bank, operation }))
  made.set(key, resource)
  void resource.refresh()
  return resource
}

/** What the catalogue marks: where an operation is not offered, and that a browser opens it. */
export type Offer = Pick<OperationDetail, 'notOffered' | 'browser' | 'simulated'>

/** By bank, then by operation; filled in after the catalogue is on the screen. */
export const useOffers = create<Readonly<Record<string, Readonly<Record<string, Offer>>>>>(() => ({}))

const asked = new Set<string>()

export async function loadOffers(bank: string, operations: readonly string[]): Promise<void> {
  if (asked.has(bank)) return
  asked.add(bank)
  try {
    const details = await Promise.all(operations.map((operation) => api.banks.operation({ bank, operation })))
    useOffers.setState({
      [bank]: Object.fromEntries(
        details.map(({ id, notOffered, browser, simulated }) => [id, { notOffered, browser, simulated }]),
      ),
    })
  } catch {
    // The marks come with the next try; sending refuses what is not offered in any case.
    asked.delete(bank)
  }
}
