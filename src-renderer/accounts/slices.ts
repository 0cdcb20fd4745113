/** Work that would freeze the window if it were done at once: done in slices, between which the window answers. */

/** Milliseconds of one slice: well below a frame, so that typing and scrolling go on. */
const slice = 8

const channel = new MessageChannel()
const waiting: (() => void)[] = []
channel.port1.onmessage = () => waiting.shift()?.()

/** The next task; a timer would wait four milliseconds each time. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve)
    channel.port2.postMessage(null)
  })

/**
 * Begins in a task of its own: what was pressed or typed to ask for it is shown before.
 * @param work yields whenever it may be interrupted
 * @returns null when it was aborted
 */
export async function inSlices<Result>(work: Iterator<unknown, Result>, signal: AbortSignal): Promise<Result | null> {
  await nextTask()
  for (;;) {
    if (signal.aborted) return null
    const end = performance.now() + slice
    do {
      const step = work.next()
      if (step.done === true) return step.value
    } while (performance.now() < end)
    await nextTask()
  }
}
