/** Locks the workbench with the machine and closes it before the program ends. */
import type { App, PowerMonitor } from 'electron'

export function lockWithMachine(powerMonitor: PowerMonitor, platform: NodeJS.Platform, lock: () => void): void {
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('suspend', lock)
  if (platform === 'darwin') powerMonitor.on('user-did-resign-active', lock)
}

/** Milliseconds; the sandbox alone is given five seconds to stop. */
const closeDeadline = 7000

export function closeBeforeEnd(app: App, close: () => Promise<void>): void {
  let closing = false
  // Not `before-quit`: the windows are still open then, have something to keep, and may yet stay.
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    const end = () => app.exit()
    setTimeout(end, closeDeadline)
    close().then(end, end)
  })
}
