/** Makes room for a participant and shows the token that steers this one tenant, with what else is handed over. */
import { type SyntheticEvent, useState } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import type { TenantToken } from '#shared/sandbox-state.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'

function Wanted({
  suggested,
  onClose,
  onDone,
}: {
  readonly suggested: string
  readonly onClose: () => void
  readonly onDone: (made: TenantToken) => void
}) {
  const first = useFirstFocus<HTMLFormElement>()
  const [tenant, setTenant] = useState(suggested)
  const make = useAction(async () => onDone(await api.sandbox.tenantToken({ tenant: tenant.trim() })))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void make.run()
  }
  return (
    <form ref={first} className="flex flex-col gap-3" onSubmit={submit}>
      <p className="text-muted">
        It steers the clock, faults, log and state of this organizationIdentifier, and no other’s.
      </p>
      <TextField
        label="organizationIdentifier"
        placeholder="PSDSE-FINA-5560123456"
        className="font-mono"
        data-first-focus
        required
        maxLength={100}
        value={tenant}
        onChange={({ target }) => setTenant(target.value)}
      />
      <FaultNotice fault={make.fault} title="No token was made" />
      <div className="flex gap-2">
        <Button kind="primary" type="submit" busy={make.busy} disabled={tenant.trim() === ''}>
          Make the token
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

function Made({
  made: { tenant, token },
  sandbox: { shared },
  onClose,
}: {
  readonly made: TenantToken
  readonly sandbox: SandboxReady
  readonly onClose: () => void
}) {
  const first = useFirstFocus<HTMLDivElement>()
  return (
    <div ref={first} className="flex flex-col gap-3">
      <p>
        For <span className="font-mono text-sm">{tenant}</span>. Hand it over with the address and the CA file (Banks →
        CA to trust).
      </p>
      <p className="rounded-md border border-line bg-raised p-2 font-mono text-sm wrap-anywhere">{token}</p>
      <p className="text-muted">
        {shared === undefined
          ? 'Nobody else reaches this sandbox yet; the token will be good once it is started for a workshop.'
          : `Address: ${shared.control}.`}{' '}
        The window shows it now and keeps it nowhere. Asked for again it is the same one.
      </p>
      <div className="flex gap-2">
        <CopyButton text={token} label="Copy the token" />
        <Button kind="primary" data-first-focus onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  )
}

export function TokenDialog({
  sandbox,
  suggested,
  onClose,
  onMade,
}: {
  readonly sandbox: SandboxReady
  readonly suggested: string
  readonly onClose: () => void
  readonly onMade: () => void
}) {
  const [made, setMade] = useState<TenantToken | null>(null)
  const done = (token: TenantToken) => {
    setMade(token)
    onMade()
  }
  return (
    <Dialog title="Token for a participant" onClose={onClose}>
      {made === null ? (
        <Wanted suggested={suggested} onClose={onClose} onDone={done} />
      ) : (
        <Made made={made} sandbox={sandbox} onClose={onClose} />
      )}
    </Dialog>
  )
}
