/** What a person has to know of the history as a whole: damage, what waits for the key store, why nothing is written. */
import type { HistoryStatus } from '#shared/contract/history.ts'
import { api } from '../api.ts'
import { keyStore, recentHistory } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Notice } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { exchangesCount } from './exchanges-count.ts'
import { historyStatus } from './history-status.ts'

type PutAside = HistoryStatus['putAside'][number]

function DamagedNotice({ aside }: { readonly aside: readonly PutAside[] }) {
  const [first] = aside
  const salvage = useAction(async (file: string) => {
    const { broughtBack } = await api.history.salvage({ file })
    notify('good', `${exchangesCount(broughtBack)} brought back`, `${file} stays where it is.`)
    await recentHistory.refresh()
  })
  const dismiss = useAction(async () => {
    historyStatus.setState({ value: await api.history.dismiss() })
  })
  if (first === undefined) return null
  return (
    <>
      <Notice
        tone="caution"
        title={
          aside.length === 1 ? 'A damaged history was put aside' : `${aside.length} damaged histories were put aside`
        }
        action={
          <Button kind="quiet" busy={dismiss.busy} onClick={() => void dismiss.run()}>
            Dismiss
          </Button>
        }
      >
        A new one was started. What can still be read of the old one can be brought back.
        <ul>
          {aside.map(({ file, at }) => (
            <li key={file} className="flex flex-wrap items-center gap-2 py-0.5">
              <span className="font-mono text-sm">{file}</span>
              <span className="text-muted">{localMoment(at)}</span>
              <Button busy={salvage.busy} onClick={() => void salvage.run(file)}>
                Bring back what can be read
              </Button>
            </li>
          ))}
        </ul>
      </Notice>
      <FaultNotice fault={salvage.fault ?? dismiss.fault} title="It could not be brought back" />
    </>
  )
}

export function OpenKeyStoreButton() {
  return <Button onClick={openKeyStoreDialog}>Open the key store</Button>
}

function KeyStoreNotice({ unsealed }: { readonly unsealed: number }) {
  const { value: store } = keyStore()
  if (store === null || isKeyStoreReady(store)) return null
  const earlier = `The bodies of ${exchangesCount(unsealed)} kept by an earlier version wait to be sealed.`
  return (
    <Notice
      tone="caution"
      title={store.vault === 'locked' || store.state === 'locked' ? 'The key store is locked' : 'Bodies are not kept'}
      action={<OpenKeyStoreButton />}
    >
      Bodies are sealed with a key from the key store. Until it is open, exchanges are kept without their bodies and
      kept bodies cannot be shown. {unsealed > 0 && earlier}
    </Notice>
  )
}

export function HistoryNotices({ status }: { readonly status: HistoryStatus | null }) {
  const unseen = status?.putAside.filter(({ seen }) => !seen) ?? []
  return (
    <div className="flex shrink-0 flex-col gap-2 border-b border-line p-2 empty:hidden">
      {status?.readOnly != null && (
        <Notice tone="caution" title="The history can be read and not written">
          {status.readOnly}
        </Notice>
      )}
      <DamagedNotice aside={unseen} />
      {status !== null && status.exchanges > 0 && <KeyStoreNotice unsealed={status.unsealed} />}
    </div>
  )
}
