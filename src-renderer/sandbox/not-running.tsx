/** While no sandbox is used: what it is, and the three ways to one. */
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { AttachDialog } from './attach-dialog.tsx'
import { StartDialog } from './start-dialog.tsx'
import type { SandboxSwitch } from './use-sandbox-switch.ts'

export function NotRunning({ start }: { readonly start: SandboxSwitch['start'] }) {
  const [open, setOpen] = useState<'start' | 'attach' | null>(null)
  const close = () => setOpen(null)
  return (
    <EmptyState
      title="The local sandbox is not running"
      action={
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" busy={start.busy} onClick={() => void start.run({})}>
            {start.busy ? 'Starting …' : 'Start'}
          </Button>
          <Button
            disabled={start.busy}
            onClick={() => {
              start.clear()
              setOpen('start')
            }}
          >
            Start for a workshop …
          </Button>
          <Button disabled={start.busy} onClick={() => setOpen('attach')}>
            Attach to another machine’s …
          </Button>
        </div>
      }
    >
      It simulates the banks on this machine: TLS with client certificates, OAuth, signatures, customers and every
      documented error, without an account and without a network. The first start makes its keys and takes some seconds.
      {open === 'start' && <StartDialog start={start} onClose={close} />}
      {open === 'attach' && <AttachDialog onClose={close} />}
    </EmptyState>
  )
}
