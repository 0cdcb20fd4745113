/** The end of a program: everything is closed once, whatever asks for it and however often, and the end comes all the same. */

/** Milliseconds; the sandbox alone is given five seconds to stop. */
const closeDeadline = 7000

/** Calls `end` once, when `close` is done, has failed or hangs. */
export function createCloseOnce(close: () => Promise<void>, end: () => void): () => void {
  let closing = false
  return () => {
    if (closing) return
    closing = true
    // The program may end only later than it is told to.
    const timer = setTimeout(end, closeDeadline)
    const closed = () => {
      clearTimeout(timer)
      end()
    }
    close().then(closed, closed)
  }
}
