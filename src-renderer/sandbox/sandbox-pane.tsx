/** Local sandbox: the simulated banks on this machine or another; whether they run, where, for whom, and at what time. */
import { useEffect } from 'react'
import { sandboxStatus } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { NotRunning } from './not-running.tsx'
import { RunningView } from './running-view.tsx'
import { type SandboxSwitch, useSandboxSwitch } from './use-sandbox-switch.ts'

function StopButton({
  attached,
  stop,
  detach,
}: Pick<SandboxSwitch, 'stop' | 'detach'> & { readonly attached: boolean }) {
  if (attached)
    return (
      <Button busy={detach.busy} onClick={() => void detach.run()}>
        {detach.busy ? 'Detaching …' : 'Detach'}
      </Button>
    )
  return (
    <Button busy={stop.busy} onClick={() => void stop.run()}>
      {stop.busy ? 'Stopping …' : 'Stop'}
    </Button>
  )
}

/** Words beside the title: what is used, and what becomes of it. */
function headWords(running: boolean, attached: string | null, shared: boolean): string {
  if (attached !== null) return `The sandbox at ${attached}. Detaching leaves everything there as it is.`
  if (!running) return ''
  return shared
    ? 'Others reach it. Stopping it closes its ports for all of them; state and tokens stay.'
    : 'Stopping it closes its ports; customers, payments and grants stay.'
}

export function SandboxPane() {
  const { value, fault } = sandboxStatus()
  const { start, stop, detach } = useSandboxSwitch()
  const running = value?.running === true
  const attached = value?.attached ?? null
  const words = headWords(running, attached, value?.sandbox?.shared !== undefined)
  // It may have been started or stopped in a terminal, which does not say so here.
  useEffect(() => void sandboxStatus.refresh(), [])
  return (
    <>
      <PaneHead
        title="Local sandbox"
        actions={running && <StopButton attached={attached !== null} stop={stop} detach={detach} />}
      >
        {value !== null && (
          <Badge tone={running ? 'good' : 'neutral'}>
            {attached === null ? (running ? 'running' : 'not running') : 'attached'}
          </Badge>
        )}
        <span className="truncate text-muted" title={words}>
          {words}
        </span>
      </PaneHead>
      <div className="flex flex-col gap-2 empty:hidden [&>*]:mx-3 [&>*]:mt-3">
        <FaultNotice
          fault={fault}
          title="It cannot be told whether the sandbox runs"
          action={<Button onClick={() => void sandboxStatus.refresh()}>Try again</Button>}
        />
        <FaultNotice fault={start.fault} title="The local sandbox did not start" />
        <FaultNotice fault={stop.fault} title="The local sandbox did not stop" />
        <FaultNotice fault={detach.fault} title="Still attached" />
      </div>
      {value === null && fault === null && <Loading what="Local sandbox" />}
      {value !== null && !running && <NotRunning start={start} />}
      {value?.sandbox != null && running && (
        <RunningView key={value.sandbox.control} sandbox={value.sandbox} attached={attached} />
      )}
    </>
  )
}
