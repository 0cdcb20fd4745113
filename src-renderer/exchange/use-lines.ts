/** Reads lines in slices of a few milliseconds, so that a body of any size never holds the window up. */
import { useEffect, useState } from 'react'

export interface Lines {
  readonly lines: readonly string[]
  readonly done: boolean
  /** There is more than a window can scroll through. */
  readonly cut: boolean
}

/** Milliseconds of one slice. */
const slice = 8
/** Lines held at most: browsers stop scrolling at about 33 million pixels, and memory has an end. */
const most = 500_000

/** `start` makes the lines anew; give it a stable identity per text. */
export function useLines(start: () => Iterator<string>): Lines {
  const [state, setState] = useState<Lines>({ lines: [], done: false, cut: false })
  useEffect(() => {
    const iterator = start()
    const lines: string[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const work = () => {
      const until = performance.now() + slice
      let done = false
      while (!done && lines.length < most && performance.now() < until) {
        for (let each = 0; each < 200 && !done; each += 1) {
          const next = iterator.next()
          if (next.done === true) done = true
          else lines.push(next.value)
        }
      }
      const cut = !done && lines.length >= most
      // The array grows in place; what is handed out is a new object each time.
      setState({ lines, done: done || cut, cut })
      if (!done && !cut) timer = setTimeout(work)
    }
    work()
    return () => clearTimeout(timer)
  }, [start])
  return state
}
