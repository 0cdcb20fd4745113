/** Starts and stops the local sandbox; only what this workbench started can be stopped from here. */
import { api } from '../api.ts'
import { banks, sandboxStatus } from '../live-data.ts'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'

export function useSandboxSwitch() {
  const start = useAction(async () => {
    await api.sandbox.start({})
    await Promise.all([sandboxStatus.refresh(), banks.refresh()])
  })
  const stop = useAction(async () => {
    const { stopped } = await api.sandbox.stop()
    await Promise.all([sandboxStatus.refresh(), banks.refresh()])
    if (stopped) return
    notify(
      'caution',
      'The sandbox still runs',
      'It was started elsewhere, by "tpp sandbox" in a terminal: stop it there.',
    )
  })
  return { start, stop }
}
