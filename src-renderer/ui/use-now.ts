/** The time as state: every component that counts down ticks with the same clock. */
import { useSyncExternalStore } from 'react'

let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** Milliseconds since 1970, renewed every second while somebody looks. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)

/** `8:41`, or `over`. */
export function countdown(until: string, at: number): string {
  const seconds = Math.floor((Date.parse(until) - at) / 1000)
  if (seconds <= 0) return 'over'
  const minutes = Math.floor(seconds / 60)
  if (minutes >= 24 * 60) return `${Math.floor(minutes / (24 * 60))} d`
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`
}
