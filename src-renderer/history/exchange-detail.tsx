/** One exchange of History in full, with what can be done with it. */
import type { KeptExchange } from '#shared/contract/history.ts'
import { api } from '../api.ts'
import { ExchangeView } from '../exchange/exchange-view.tsx'
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady } from '../shell/key-store-dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Loading, Notice } from '../ui/notice.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { ExchangeActions } from './exchange-actions.tsx'
import { OpenKeyStoreButton } from './history-notices.tsx'

/** Whether sealed bodies can be read changes with the key store. */
export function useKeyStoreReady(): boolean {
  const { value } = keyStore()
  return value !== null && isKeyStoreReady(value)
}

function BodiesNotice({ bodies }: { readonly bodies: KeptExchange['bodies'] }) {
  const ready = useKeyStoreReady()
  if (bodies === 'kept') return null
  const action = ready ? undefined : <OpenKeyStoreButton />
  return (
    <div className="p-2">
      {bodies === 'sealed' ? (
        <Notice tone="caution" title="The bodies are sealed" action={action}>
          {ready
            ? 'The key store that is open does not have their key.'
            : 'They were kept and show when the key store is open.'}
        </Notice>
      ) : (
        <Notice tone="caution" title="Kept without its bodies" action={action}>
          The key store was not open when it was made, and bodies are never written unsealed.
        </Notice>
      )}
    </div>
  )
}

export function ExchangeDetail({
  id,
  onCompare,
  onDelete,
}: {
  readonly id: string
  readonly onCompare: () => void
  readonly onDelete: () => void
}) {
  const ready = useKeyStoreReady()
  const { value, fault } = useLoaded(id, (exchange) => api.history.show({ id: exchange }), ready)
  if (fault !== null) {
    return (
      <div className="p-3">
        <FaultNotice fault={fault} title="This exchange cannot be shown" />
      </div>
    )
  }
  if (value === null) return <Loading what="Exchange" />
  return (
    <>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="min-w-0 flex-1 basis-64 text-base wrap-anywhere">
          {value.operation}{' '}
          <span className="font-normal text-muted">
            {localMoment(value.at)} · {value.bank} · {value.environment}
          </span>
        </h2>
        <ExchangeActions key={value.id} exchange={value} onCompare={onCompare} onDelete={onDelete} />
      </div>
      <BodiesNotice bodies={value.bodies} />
      <ExchangeView key={value.id} exchange={value} bodies={value.bodies === 'kept'} />
    </>
  )
}
