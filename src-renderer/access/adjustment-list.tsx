/** The consent as it was asked for beside the one the bank gave: what the bank changed is marked. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { isObject } from '../forms/json-value.ts'
import { sendDraft, useSending } from '../forms/sending.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { refreshAccess } from './access-data.ts'
import { type Adjustment, adjustments } from './adjustments.ts'
import type { CallAbout } from './calls-about.ts'
import { FaultRemedy } from './fault-remedy.tsx'
import { keyStoreOpen } from './key-store-open.ts'

type Document = Readonly<Record<string, unknown>>

function documentIn(text: string | null | undefined): Document | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Readings that are looked through for the newest of this consent. */
const mostReadings = 100

interface Compared {
  readonly asked: Document | null
  /** The newest reading; null where there is none. */
  readonly given: Document | null
}

async function compared({ exchange, bank, environment, resource }: Remembered, read: string): Promise<Compared> {
  const [creation, rows] = await Promise.all([
    api.history.show({ id: exchange }),
    api.history.list({ bank, environment, operation: read, status: '2xx', limit: mostReadings }),
  ])
  const newest = rows.find(({ url }) => url.includes(encodeURIComponent(resource)))
  const reading = newest === undefined ? null : await api.history.show({ id: newest.id })
  return { asked: documentIn(creation.request.body), given: documentIn(reading?.response?.body) }
}

const columns: readonly Column<Adjustment>[] = [
  { id: 'what', head: 'What', width: 'w-48', cell: ({ label, name }) => <span title={name}>{label}</span> },
  { id: 'asked', head: 'Asked for', cell: ({ asked }) => <span title={asked}>{asked}</span> },
  {
    id: 'given',
    head: 'Given',
    cell: ({ given, adjusted }) => (
      <span title={given} className={adjusted ? 'font-semibold' : ''}>
        {given}
      </span>
    ),
  },
  {
    id: 'mark',
    head: 'The bank',
    width: 'w-32',
    cell: ({ adjusted }) => (
      <Badge tone={adjusted ? 'caution' : 'neutral'}>{adjusted ? '≠ adjusted' : 'as asked'}</Badge>
    ),
  },
]

export function AdjustmentList({
  bank,
  consent,
  calls,
  parameters,
}: {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly calls: readonly CallAbout[] | null
  readonly parameters: Readonly<Record<string, string>>
}) {
  const read = bank.resources.find(({ kind }) => kind === consent.kind)?.read
  const name = `read ${consent.id}`
  const sending = useSending(name)
  const { value, fault } = useLoaded(
    read === undefined ? null : consent.id,
    () => compared(consent, read ?? ''),
    // A reading is told of by the moment the bank last answered.
    consent.seenAt,
  )
  if (read === undefined) return null
  const call = calls?.find(({ operation }) => operation.id === read)
  const rows = value?.asked == null || value.given === null ? [] : adjustments(value.asked, value.given)
  const send = async () => {
    if (call === undefined || !keyStoreOpen()) return
    const { environment, identity } = consent
    const detail = await api.banks.operation({ bank: bank.id, operation: read })
    const takes = ([header]: readonly [string, string]) => detail.parameters.some((each) => each.name === header)
    await sendDraft(name, {
      bank: bank.id,
      environment,
      operation: read,
      parameters: { ...call.parameters, ...Object.fromEntries(Object.entries(parameters).filter(takes)) },
      ...(identity === null ? {} : { identity }),
    })
    await refreshAccess()
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="flex-1">Asked for and given</h3>
        <Button busy={sending.busy} disabled={call === undefined} onClick={() => void send()}>
          Read it at the bank
        </Button>
      </div>
      {rows.length > 0 ? (
        <DataTable label="Asked for and given" columns={columns} rows={rows} keyOf={(row) => row.name} />
      ) : (
        <p className="text-muted">
          A bank may set an earlier last day, fewer calls or fewer accounts; reading the consent shows it.
        </p>
      )}
      <FaultNotice fault={fault} title="What was asked for is not kept any more" />
      <FaultNotice fault={sending.fault} title="It was not read" action={<FaultRemedy fault={sending.fault} />} />
      {sending.exchange !== null && <ExchangeLine exchange={sending.exchange} draft={sending.draft} />}
    </div>
  )
}
