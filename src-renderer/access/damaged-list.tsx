/** Records of the data folder that cannot be read: named, and removed when somebody says so. */
import type { DamagedRecord } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'
import { damaged, refreshAccess } from './access-data.ts'

type Removal = (id: string) => Promise<unknown>

/** null: the next of its kind replaces it. */
const removals: Record<DamagedRecord['kind'], Removal | null> = {
  grant: (grant) => api.access.revoke({ grant }),
  flow: (flow) => api.access.abandon({ flow }),
  consent: (consent) => api.access.forgetConsent({ consent }),
  registration: null,
}

function Row({ record: { id, kind, message } }: { readonly record: DamagedRecord }) {
  const removal = removals[kind]
  const remove = useAction(async () => {
    await removal?.(id)
    notify('neutral', 'The damaged record was removed', 'What the bank has stays there.')
    await refreshAccess()
  })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-0">
      <div className="min-w-40 flex-1">
        <p>
          {kind} <span className="font-mono wrap-anywhere">{id}</span>
        </p>
        <p className="text-sm wrap-anywhere text-muted">{message}</p>
        {removal === null && <p className="text-sm text-muted">Registering again replaces it.</p>}
      </div>
      {removal !== null && (
        <Button kind="danger" busy={remove.busy} aria-label={`Remove ${kind} ${id}`} onClick={() => void remove.run()}>
          Remove
        </Button>
      )}
      <FaultNotice fault={remove.fault} title="It was not removed" />
    </li>
  )
}

/** Of every bank: which one a damaged record belongs to cannot be read. */
export function DamagedList() {
  const { value, fault } = damaged()
  if (value === null) return <FaultNotice fault={fault} title="Whether records are damaged is not known" />
  if (value.length === 0) return null
  return (
    <Section title={`Damaged records (${value.length})`} flush>
      <ul aria-label="Damaged records">
        {value.map((record) => (
          <Row key={`${record.kind} ${record.id}`} record={record} />
        ))}
      </ul>
    </Section>
  )
}
