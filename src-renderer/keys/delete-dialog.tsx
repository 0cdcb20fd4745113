/** Asks before an identity goes, and names what goes with it. */
import type { IdentityView } from '#shared/contract/keys.ts'
import { api } from '../api.ts'
import { grants, identities, registrations } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`

export function DeleteDialog({ identity, onClose }: { readonly identity: IdentityView; readonly onClose: () => void }) {
  const first = useFirstFocus<HTMLDivElement>()
  const bound = (grants().value ?? []).filter((grant) => grant.identity === identity.id).length
  const registered = (registrations().value ?? []).filter(
    ({ clientId }) => clientId === identity.organizationIdentifier,
  ).length
  const remove = useAction(async () => {
    await api.keys.delete({ identity: identity.id })
    await identities.refresh()
    notify('neutral', `${identity.name} was deleted`)
    onClose()
  })
  return (
    <Dialog title={`Delete ${identity.name}?`} onClose={onClose}>
      <div className="flex flex-col gap-2">
        <p>The certificate, its chain and its private key are taken off this machine. This cannot be undone.</p>
        <p>The key was never exportable: unless you hold its file elsewhere, it is lost.</p>
        {bound > 0 && (
          <p>{count(bound, 'grant is', 'grants are')} bound to this certificate and cannot be used without it.</p>
        )}
        {registered > 0 && (
          <p>
            {count(registered, 'registration stays', 'registrations stay')} with the bank, under{' '}
            {identity.organizationIdentifier}.
          </p>
        )}
      </div>
      <FaultNotice fault={remove.fault} title="It was not deleted" />
      <div ref={first} className="flex gap-2">
        <Button kind="danger" busy={remove.busy} onClick={() => void remove.run()}>
          Delete identity and key
        </Button>
        <Button data-first-focus onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  )
}
