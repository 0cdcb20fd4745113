/** Asks before a tenant's things at one bank, or at all of them, are forgotten. */
import { useState } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField } from '../ui/field.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { bankName, bankOptions } from './bank-options.ts'

export function ResetDialog({
  tenant,
  sandbox,
  bank,
  onClose,
  onReset,
}: {
  readonly tenant: string
  readonly sandbox: SandboxReady
  readonly bank: string
  readonly onClose: () => void
  readonly onReset: () => void
}) {
  const first = useFirstFocus<HTMLDivElement>()
  const [chosen, setChosen] = useState(bank)
  const where = chosen === '' ? 'every bank' : bankName(chosen)
  const reset = useAction(async () => {
    await api.sandbox.reset({ tenant, ...(chosen === '' ? {} : { bank: chosen }) })
    notify('neutral', `${tenant} starts anew at ${where}`)
    onReset()
    onClose()
  })
  return (
    <Dialog title="Reset what the banks keep?" onClose={onClose}>
      <div ref={first} className="flex flex-col gap-3">
        <SelectField label="Where" value={chosen} onChange={({ target }) => setChosen(target.value)}>
          <option value="">Every bank</option>
          {bankOptions(sandbox).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <p>
          {chosen === ''
            ? 'Payments, consents, tokens, registrations, log, switches and faults go at every bank, and the clock goes back to this machine’s time.'
            : `Payments, consents, tokens, the registration and the log go at ${where}. Clock, switches and faults stay, and so do the other banks.`}{' '}
          Certificates in the portals stay. Other tenants keep what they have. This cannot be undone; save the state as
          a file first if it may be wanted.
        </p>
        <FaultNotice fault={reset.fault} title="Nothing was reset" />
        <div className="flex gap-2">
          <Button kind="danger" busy={reset.busy} onClick={() => void reset.run()}>
            Reset {where}
          </Button>
          <Button data-first-focus onClick={onClose}>
            Keep it
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
