/** Notices when whoever started this program has gone, and when they press Enter. */
import { fstatSync } from 'node:fs'

const pollMilliseconds = 500

export interface ParentEvents {
  onGone(why: string): void
  /** A line came on standard input. */
  onEnter(): void
}

function standardInputIsPiped(): boolean {
  try {
    const stat = fstatSync(0)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** @param parentPid the process to watch; left out, the one that started this program. */
export function watchParent(parentPid: number | undefined, { onGone, onEnter }: ParentEvents): void {
  const startedBy = process.ppid
  const timer = setInterval(() => {
    // An orphan gets a new parent at once, while its old parent's id can be taken again by another program.
    if (parentPid === undefined ? process.ppid !== startedBy : isGone(parentPid)) onGone('the parent process is gone')
  }, pollMilliseconds)
  timer.unref()
  const piped = standardInputIsPiped()
  // A file or /dev/null says nothing by its end.
  if (!piped && !process.stdin.isTTY) return
  process.stdin.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('\n')) onEnter()
  })
  process.stdin.on('error', () => onGone('standard input failed'))
  if (piped) process.stdin.on('end', () => onGone('standard input was closed'))
}
