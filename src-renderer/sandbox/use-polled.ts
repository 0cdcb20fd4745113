/** Reads again every few seconds while somebody looks, one reading at a time; the last good value stays through a fault. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Fault } from '#shared/fault.ts'

export interface Polled<Value> {
  /** null until the first answer. */
  readonly value: Value | null
  /** Of the newest reading. */
  readonly fault: Fault | null
  readonly refresh: () => Promise<void>
}

/**
 * @param pause milliseconds between two readings; null: only when asked.
 * @param same whether a reading brought nothing new: then nothing is drawn again.
 */
export function usePolled<Value>(
  read: () => Promise<Value>,
  pause: number | null,
  same: (one: Value, other: Value) => boolean = () => false,
): Polled<Value> {
  const [state, setState] = useState<Omit<Polled<Value>, 'refresh'>>({ value: null, fault: null })
  const latest = useRef({ read, same })
  latest.current = { read, same }
  const reading = useRef<Promise<void> | null>(null)
  const gone = useRef(false)
  const readOnce = useCallback(async () => {
    try {
      const value = await latest.current.read()
      if (gone.current) return
      setState((before) => {
        const unchanged = before.value !== null && before.fault === null && latest.current.same(before.value, value)
        return unchanged ? before : { value, fault: null }
      })
    } catch (fault) {
      if (!gone.current) setState(({ value }) => ({ value, fault: fault as Fault }))
    }
  }, [])
  const poll = useCallback(async () => {
    if (document.hidden || reading.current !== null) return
    reading.current = readOnce()
    await reading.current
    reading.current = null
  }, [readOnce])
  /** Whoever asks wants what is there now, not what a reading under way began with. */
  const refresh = useCallback(async () => {
    await reading.current
    await readOnce()
  }, [readOnce])
  useEffect(() => {
    gone.current = false
    void poll()
    const timer = pause === null ? undefined : setInterval(() => void poll(), pause)
    return () => {
      gone.current = true
      clearInterval(timer)
    }
  }, [poll, pause])
  return { ...state, refresh }
}
