/** What would be sent and what would be wrong with it, a moment after the draft came to rest. */
import { useEffect, useState } from 'react'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { banks, grants, identities, registrations, sandboxStatus } from '../live-data.ts'
import { checkDraft, type DraftCheck } from './check-draft.ts'

export interface Preflight extends DraftCheck {
  /** Of the draft as it is now; false while it is worked out anew. */
  readonly current: boolean
}

/** Milliseconds without a change. */
const rest = 300

const empty: DraftCheck = {
  request: null,
  signature: null,
  findings: [],
  fault: null,
  obstacle: null,
  parameters: {},
  body: [],
}
const nothing: Preflight = { ...empty, current: false }

const draftOf = (others: string, body: string | undefined): DraftInput => ({
  ...(JSON.parse(others) as DraftInput),
  ...(body === undefined ? {} : { body }),
})

/** Null asks nothing. Keeps the last answer while a newer one is on its way, so that nothing jumps. */
export function usePreflight(draft: DraftInput | null): Preflight {
  const [state, setState] = useState(nothing)
  // Everything but the body is written down to be compared; a large body is compared as the text it is.
  const { body, ...others } = draft ?? {}
  const key = draft === null ? null : JSON.stringify(others)
  const running = sandboxStatus().value?.running
  const world = [banks().value, grants().value, identities().value, registrations().value, running]
  useEffect(() => {
    if (key === null) {
      setState(nothing)
      return
    }
    let wanted = true
    setState((before) => ({ ...before, current: false }))
    const timer = setTimeout(() => {
      checkDraft(api.requests.check, draftOf(key, body)).then(
        (check) => wanted && setState({ ...check, current: true }),
        (fault: unknown) => wanted && setState({ ...empty, fault: fault as Fault, current: true }),
      )
    }, rest)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [key, body, ...world])
  return state
}
