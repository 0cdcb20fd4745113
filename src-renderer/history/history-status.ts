/** How the history as a whole is: how much there is, what was put aside, what waits for the key store. */
import { useEffect } from 'react'
import { api } from '../api.ts'
import { recentHistory } from '../live-data.ts'
import { createResource } from '../ui/resource.ts'

export const historyStatus = createResource(() => api.history.status())

/** Read anew whenever the history has changed. */
export function useHistoryStatus() {
  useEffect(() => {
    void historyStatus.refresh()
    return recentHistory.subscribe((now, before) => {
      if (now.value !== before.value) void historyStatus.refresh()
    })
  }, [])
  return historyStatus()
}
