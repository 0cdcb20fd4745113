/** Loads what belongs to a key and keeps the last one shown until the next is there, so that nothing jumps. */
import { useEffect, useState } from 'react'
import type { Fault } from '#shared/fault.ts'

export interface Loaded<Value> {
  /** May still be of the key before, while `loading`. */
  readonly value: Value | null
  readonly fault: Fault | null
  readonly loading: boolean
}

/** @param version loads again when it changes. */
export function useLoaded<Value>(
  key: string | null,
  load: (key: string) => Promise<Value>,
  version?: unknown,
): Loaded<Value> {
  const [state, setState] = useState<Loaded<Value>>({ value: null, fault: null, loading: key !== null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is made anew with every render and means the same; `version` asks for another load
  useEffect(() => {
    if (key === null) {
      setState({ value: null, fault: null, loading: false })
      return
    }
    let wanted = true
    setState((before) => ({ ...before, loading: true }))
    load(key).then(
      (value) => wanted && setState({ value, fault: null, loading: false }),
      (fault: unknown) => wanted && setState({ value: null, fault: fault as Fault, loading: false }),
    )
    return () => {
      wanted = false
    }
  }, [key, version])
  return state
}
