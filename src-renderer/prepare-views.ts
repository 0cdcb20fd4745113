/** Loads the code of the views that may be opened next, and the error reference, while nobody is waiting for anything, so that each opens at once. */
import { useEffect } from 'react'
import { allErrors } from './live-data.ts'
import type { View } from './views.tsx'

/** Milliseconds after the window can be used: what its first view reads comes before. */
const first = 400
/** Milliseconds between two where the browser does not say when it is idle. */
const between = 100

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 2000 })
    else setTimeout(resolve, between)
  })

async function prepareAll(views: readonly View[], signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, first))
  for (const { Pane } of views) {
    await idle()
    if (signal.aborted) return
    try {
      await Pane.prepare()
    } catch {
      // The engine cannot be reached: each view tries again when it is opened, and says so there.
      return
    }
  }
  await idle()
  // The one thing a view shows that is long and the same for everybody; asking for it loads it.
  if (!signal.aborted) allErrors()
}

/** @param views null while it is not known which the bank has */
export function usePreparedViews(views: readonly View[] | null): void {
  useEffect(() => {
    if (views === null) return
    const leaving = new AbortController()
    void prepareAll(views, leaving.signal)
    return () => leaving.abort()
  }, [views])
}
