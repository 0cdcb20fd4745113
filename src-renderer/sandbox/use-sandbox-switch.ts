/** Starts and stops the local sandbox; only what this workbench started can be stopped from here. */
import { api } from '../api.ts'
import { banks, sandboxStatus } from '../live-data.ts'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'

type StartWish = Parameters<typeof api.sandbox.start>[0]

const refreshed = () => Promise.all([sandboxStatus.refresh(), banks.refresh()])

export function useSandboxSwitch() {
  const start = useAction(async (wish: StartWish) => {
    const ready = await api.sandbox.start(wish)
    await refreshed()
    return ready
  })
  const stop = useAction(async () => {
    const { stopped } = await api.sandbox.stop()
    await refreshed()
    if (stopped) return
    notify(
      'caution',
      'The sandbox still runs',
      'It was started elsewhere, by "tpp sandbox" in a terminal: stop it there.',
    )
  })
  const detach = useAction(async () => {
    await api.sandbox.detach()
    await refreshed()
  })
  return { start, stop, detach }
}
export type SandboxSwitch = ReturnType<typeof useSandboxSwitch>
