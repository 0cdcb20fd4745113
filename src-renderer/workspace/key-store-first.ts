/** Asks for the key store before work that needs it, and does the work as soon as it is open: one click, not two. */
import { useEffect, useRef, useState } from 'react'
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'

export interface KeyStoreFirst {
  /** The work waits for the key store. */
  readonly waiting: boolean
  readonly start: () => void
  readonly stop: () => void
}

export function useKeyStoreFirst(work: () => void): KeyStoreFirst {
  const [waiting, setWaiting] = useState(false)
  const store = keyStore().value
  const ready = store !== null && isKeyStoreReady(store)
  const latest = useRef(work)
  latest.current = work
  useEffect(() => {
    if (!waiting || !ready) return
    setWaiting(false)
    latest.current()
  }, [waiting, ready])
  const start = () => {
    if (ready) return work()
    setWaiting(true)
    openKeyStoreDialog()
  }
  return { waiting, start, stop: () => setWaiting(false) }
}
