// Notices that npm was ended: its signal stops at the shell between npm and us, and we would run on alone.

const interval = 300

/**
 * Acts once when the shell that npm started us with is gone; does nothing for a program started in another way,
 * whose parent may go as it likes.
 */
export function onParentGone(act) {
  if (!process.env.npm_lifecycle_event) return () => {}
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent && alive(parent)) return
    clearInterval(watch)
    act()
  }, interval)
  watch.unref()
  return () => clearInterval(watch)
}

/** True while there is a process of this number. */
export function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (failure) {
    return failure.code === 'EPERM'
  }
}
