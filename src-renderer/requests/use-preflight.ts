/** What would be sent and what would be wrong with it, a moment after the draft came to rest. */
import { useEffect, useState } from 'react'
import type { DraftInput, Exchange, Finding } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { grants, identities, registrations, sandboxStatus } from '../live-data.ts'

export interface Preflight {
  readonly request: Exchange['request'] | null
  readonly findings: readonly Finding[]
  /** Why it could not be sent at all. */
  readonly fault: Fault | null
  /** Of the draft as it is now; false while it is worked out anew. */
  readonly current: boolean
}

/** Milliseconds without a change. */
const rest = 300

const nothing: Preflight = { request: null, findings: [], fault: null, current: false }

/** Null asks nothing. Keeps the last answer while a newer one is on its way, so that nothing jumps. */
export function usePreflight(draft: DraftInput | null): Preflight {
  const [state, setState] = useState(nothing)
  const key = draft === null ? null : JSON.stringify(draft)
  const world = [grants().value, identities().value, registrations().value, sandboxStatus().value?.running]
  useEffect(() => {
    if (key === null) {
      setState(nothing)
      return
    }
    let wanted = true
    setState((before) => ({ ...before, current: false }))
    const timer = setTimeout(() => {
      api.requests.preflight(JSON.parse(key) as DraftInput).then(
        ({ request, findings }) => wanted && setState({ request, findings, fault: null, current: true }),
        (fault: unknown) => wanted && setState({ request: null, findings: [], fault: fault as Fault, current: true }),
      )
    }, rest)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [key, ...world])
  return state
}
