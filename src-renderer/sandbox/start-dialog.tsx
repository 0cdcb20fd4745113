/** Starts the sandbox so that others reach it: where it listens, what they call this machine, on which ports. */
import type { SyntheticEvent } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { formText } from './form-text.ts'
import type { SandboxSwitch } from './use-sandbox-switch.ts'

function read(form: HTMLFormElement) {
  const data = new FormData(form)
  const text = (name: string) => formText(data, name)
  const hosts = text('hosts')
    .split(/[\s,]+/)
    .filter(Boolean)
  return { listen: text('listen'), hosts, ...(text('port') === '' ? {} : { port: Number(text('port')) }) }
}

export function StartDialog({
  start,
  onClose,
}: {
  readonly start: SandboxSwitch['start']
  readonly onClose: () => void
}) {
  const first = useFirstFocus<HTMLFormElement>()
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if ((await start.run(read(event.currentTarget))) !== null) onClose()
  }
  return (
    <Dialog title="Start for a workshop" onClose={onClose}>
      <form ref={first} className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
        <p className="text-muted">
          Others reach the banks over TLS and steer their own tenant with a token. Plain http stays on this machine.
        </p>
        <TextField
          label="Address to listen on"
          name="listen"
          required
          data-first-focus
          className="font-mono"
          defaultValue="0.0.0.0"
          hint="An address of this machine; 0.0.0.0 is all of them."
        />
        <TextField
          label="Names others call this machine by"
          name="hosts"
          className="font-mono"
          placeholder="workshop.example 192.0.2.10"
          hint="They go into the server certificate, the first one into the URLs."
        />
        <TextField
          label="First port (optional)"
          name="port"
          type="number"
          min={1024}
          max={65_000}
          placeholder="as last time, else any that are free"
        />
        <FaultNotice fault={start.fault} title="The sandbox did not start" />
        <div className="flex gap-2">
          <Button kind="primary" type="submit" busy={start.busy}>
            {start.busy ? 'Starting …' : 'Start'}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
