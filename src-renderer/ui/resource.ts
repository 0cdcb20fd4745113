/** Something loaded from the engine: loading, ready or failed, with the last good value kept while it is loaded again. */
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import type { Fault } from '#shared/fault.ts'

export interface ResourceState<Value> {
  /** null until the first answer. */
  readonly value: Value | null
  readonly fault: Fault | null
  readonly loading: boolean
}

export type Resource<Value> = UseBoundStore<StoreApi<ResourceState<Value>>> & {
  /** Loads again; the newest call wins. */
  refresh(): Promise<void>
}

export function createResource<Value>(load: () => Promise<Value>): Resource<Value> {
  const store = create<ResourceState<Value>>(() => ({ value: null, fault: null, loading: false }))
  let newest = 0
  const refresh = async () => {
    newest += 1
    const mine = newest
    store.setState({ loading: true })
    try {
      const value = await load()
      if (mine === newest) store.setState({ value, fault: null, loading: false })
    } catch (fault) {
      if (mine === newest) store.setState({ fault: fault as Fault, loading: false })
    }
  }
  return Object.assign(store, { refresh })
}
