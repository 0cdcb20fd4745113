/** Work a person starts: under way, failed with its sentence, or done. */
import { useCallback, useRef, useState } from 'react'
import type { Fault } from '#shared/fault.ts'

export interface Action<Input extends unknown[], Result> {
  /** Resolves with null when it failed; a second run while one is under way is ignored. */
  readonly run: (...input: Input) => Promise<Result | null>
  readonly busy: boolean
  readonly fault: Fault | null
  readonly clear: () => void
}

export function useAction<Input extends unknown[], Result>(
  work: (...input: Input) => Promise<Result>,
): Action<Input, Result> {
  const [state, setState] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null })
  const running = useRef(false)
  const latest = useRef(work)
  latest.current = work
  const run = useCallback(async (...input: Input): Promise<Result | null> => {
    if (running.current) return null
    running.current = true
    setState({ busy: true, fault: null })
    try {
      const result = await latest.current(...input)
      setState({ busy: false, fault: null })
      return result
    } catch (fault) {
      setState({ busy: false, fault: fault as Fault })
      return null
    } finally {
      running.current = false
    }
  }, [])
  const clear = useCallback(() => setState((state) => ({ ...state, fault: null })), [])
  return { run, ...state, clear }
}
