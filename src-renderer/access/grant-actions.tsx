/** Refresh and revoke, in the row of a grant: the one spends the refresh token, the other asks first. */
import type { MouseEvent } from 'react'
import type { Grant } from '#shared/contract/access.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { grants, keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { useAction } from '../ui/use-action.ts'
import { useNow } from '../ui/use-now.ts'
import { canRefresh } from './grant-state.ts'

/** The row is a button of its own: what is pressed in it must not choose it too. */
const alone = (work: () => void) => (event: MouseEvent) => {
  event.stopPropagation()
  work()
}

export function GrantActions({
  grant,
  onRevoke,
  onFault,
}: {
  readonly grant: Grant
  readonly onRevoke: (grant: Grant) => void
  readonly onFault: (fault: Fault | null) => void
}) {
  const named = [grant.scope, grant.customer].filter(Boolean).join(', ')
  const now = useNow()
  const refresh = useAction(async () => {
    const store = keyStore.getState().value
    if (store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
    onFault(null)
    try {
      await api.access.refresh({ grant: grant.id })
    } catch (fault) {
      onFault(fault as Fault)
    }
    await grants.refresh()
  })
  return (
    <span className="flex gap-1">
      <Button
        kind="quiet"
        className="h-6"
        busy={refresh.busy}
        disabled={!canRefresh(grant, now)}
        aria-label={`Refresh ${named}`}
        onClick={alone(() => void refresh.run())}
      >
        Refresh
      </Button>
      <Button
        kind="quiet"
        className="h-6 text-bad!"
        aria-label={`Revoke ${named}`}
        onClick={alone(() => onRevoke(grant))}
      >
        Revoke
      </Button>
    </span>
  )
}
