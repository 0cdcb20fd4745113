/** Local sandbox: the simulated banks on this machine; whether they run, where, for whom, and at what time. */
import { useEffect } from 'react'
import { sandboxStatus } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { RunningView } from './running-view.tsx'
import { useSandboxSwitch } from './use-sandbox-switch.ts'

export function SandboxPane() {
  const { value, fault } = sandboxStatus()
  const { start, stop } = useSandboxSwitch()
  const running = value?.running === true
  // It may have been started or stopped in a terminal, which does not say so here.
  useEffect(() => void sandboxStatus.refresh(), [])
  return (
    <>
      <PaneHead
        title="Local sandbox"
        actions={
          running && (
            <Button busy={stop.busy} onClick={() => void stop.run()}>
              {stop.busy ? 'Stopping …' : 'Stop'}
            </Button>
          )
        }
      >
        {value !== null && <Badge tone={running ? 'good' : 'neutral'}>{running ? 'running' : 'not running'}</Badge>}
        {running && (
          <span className="truncate text-muted">
            Stopping it closes its ports; customers, payments and grants stay.
          </span>
        )}
      </PaneHead>
      <div className="flex flex-col gap-2 empty:hidden [&>*]:mx-3 [&>*]:mt-3">
        <FaultNotice
          fault={fault}
          title="It cannot be told whether the sandbox runs"
          action={<Button onClick={() => void sandboxStatus.refresh()}>Try again</Button>}
        />
        <FaultNotice fault={start.fault} title="The local sandbox did not start" />
        <FaultNotice fault={stop.fault} title="The local sandbox did not stop" />
      </div>
      {value === null && fault === null && <Loading what="Local sandbox" />}
      {value !== null && !running && (
        <EmptyState
          title="The local sandbox is not running"
          action={
            <Button kind="primary" busy={start.busy} onClick={() => void start.run()}>
              {start.busy ? 'Starting …' : 'Start'}
            </Button>
          }
        >
          It simulates the banks on this machine: TLS with client certificates, OAuth, signatures, customers and every
          documented error, without an account and without a network. The first start makes its keys and takes some
          seconds.
        </EmptyState>
      )}
      {value?.sandbox != null && running && <RunningView sandbox={value.sandbox} />}
    </>
  )
}
