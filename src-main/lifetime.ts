/** Locks the workbench with the machine and closes it before the program ends. */
import type { App, PowerMonitor } from 'electron'
import { createCloseOnce } from '#core/close-once.ts'

export function lockWithMachine(powerMonitor: PowerMonitor, platform: NodeJS.Platform, lock: () => void): void {
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('suspend', lock)
  if (platform === 'darwin') powerMonitor.on('user-did-resign-active', lock)
}

export function closeBeforeEnd(app: App, close: () => Promise<void>): void {
  const closeOnce = createCloseOnce(close, () => app.exit())
  // Not `before-quit`: the windows are still open then, have something to keep, and may yet stay.
  app.on('will-quit', (event) => {
    event.preventDefault()
    closeOnce()
  })
}
