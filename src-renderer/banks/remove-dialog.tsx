/** Asks for its name before a bank of the user's own goes, and says what stays. */
import { type SyntheticEvent, useState } from 'react'
import type { BankView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { choose, useApp } from '../app-state.ts'
import { banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { changeBanksView } from './banks-view.ts'
import { bankDraftName, changeDraft, environmentDraftName } from './environment-drafts.ts'

/** Calls go to a bank that is there; what was half-typed about this one is of no use any more. */
function leave({ id, environments }: BankView): void {
  changeDraft(bankDraftName(id), null)
  for (const environment of environments) changeDraft(environmentDraftName(id, environment.id), null)
  changeBanksView({ bank: null, environment: null, tab: 'facts' })
  if (useApp.getState().bank !== id) return
  const other = banks.getState().value?.find((each) => each.id !== id)
  if (other !== undefined) choose({ bank: other.id, environment: other.environments[0]?.id ?? 'sandbox' })
}

export function RemoveDialog({ bank, onClose }: { readonly bank: BankView; readonly onClose: () => void }) {
  const form = useFirstFocus<HTMLFormElement>()
  const [typed, setTyped] = useState('')
  const same = typed.trim() === bank.name
  const remove = useAction(async () => {
    await api.banks.remove({ bank: bank.id })
    leave(bank)
    await banks.refresh()
    notify('neutral', `${bank.name} was removed`)
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (same) void remove.run()
  }
  return (
    <Dialog title={`Remove ${bank.name}?`} onClose={onClose}>
      <form ref={form} onSubmit={submit} className="flex flex-col gap-3">
        <p>
          Its folder is deleted from this machine. History and grants stay, but calls to this bank can no longer be
          made.
        </p>
        <TextField
          label={`Type ${bank.name} to confirm`}
          data-first-focus
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <FaultNotice fault={remove.fault} title="It was not removed" />
        <div className="flex gap-2">
          <Button kind="danger" type="submit" disabled={!same} busy={remove.busy}>
            Remove bank
          </Button>
          <Button onClick={onClose}>Keep it</Button>
        </div>
      </form>
    </Dialog>
  )
}
