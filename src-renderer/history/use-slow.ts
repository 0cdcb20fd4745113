/** Says that work takes long enough to be told: what is done at once shows nothing, so that nothing flickers. */
import { useEffect, useState } from 'react'

/** Milliseconds. */
const long = 400

export function useSlow(working: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!working) return
    const timer = setTimeout(() => setSlow(true), long)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [working])
  return working && slow
}
