/** Ends the sandbox when whoever started it has gone, so that no server is left behind. */
import { fstatSync } from 'node:fs'

const pollMilliseconds = 500

function standardInputIsPiped(): boolean {
  try {
    const stat = fstatSync(0)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false
  }
}

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return false
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ESRCH'
  }
}

/** @param parentPid the process to watch; left out, the one that started this program. */
export function watchParent(parentPid: number | undefined, onGone: (why: string) => void): void {
  const startedBy = process.ppid
  const timer = setInterval(() => {
    // An orphan gets a new parent at once, while its old parent's id can be taken again by another program.
    if (parentPid === undefined ? process.ppid !== startedBy : isGone(parentPid)) onGone('the parent process is gone')
  }, pollMilliseconds)
  timer.unref()
  if (!standardInputIsPiped()) return
  process.stdin.on('end', () => onGone('standard input was closed'))
  process.stdin.on('error', () => onGone('standard input failed'))
  process.stdin.resume()
}
