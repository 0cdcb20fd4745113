/** Consents, payments and baskets with their status, newest first. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { Badge } from '../ui/badge.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { useNow } from '../ui/use-now.ts'
import { StatusBadge } from './status-badge.tsx'

function Created({ consent }: { readonly consent: Remembered }) {
  return shortMoment(consent.createdAt, useNow())
}

/** How many of the signers came to an end, whatever it was. */
function signed({ authorisations }: Remembered): string {
  if (authorisations.length === 0) return 'none known'
  return `${authorisations.filter(({ final }) => final).length} of ${authorisations.length} ended`
}

const columnsFor = (bank: BankDetail): readonly Column<Remembered>[] => [
  { id: 'kind', head: 'Kind', width: 'w-36', cell: ({ kind }) => kind },
  {
    id: 'resource',
    head: 'Id at the bank',
    cell: ({ resource }) => (
      <span className="font-mono" title={resource}>
        {resource}
      </span>
    ),
  },
  {
    id: 'status',
    head: 'Status',
    width: 'w-56',
    cell: (consent) => (
      <span className="flex items-center gap-1">
        <StatusBadge bank={bank} consent={consent} />
        {consent.replacedBy !== null && <Badge tone="caution">replaced</Badge>}
      </span>
    ),
  },
  { id: 'signers', head: 'Authorisations', width: 'w-28', cell: signed },
  { id: 'created', head: 'Created', width: 'w-24', cell: (consent) => <Created consent={consent} /> },
]

export function ConsentTable({
  bank,
  consents,
  selected,
  onChoose,
}: {
  readonly bank: BankDetail
  readonly consents: readonly Remembered[]
  readonly selected: string | null
  readonly onChoose: (consent: Remembered) => void
}) {
  return (
    <div className="min-w-[42rem]">
      <DataTable
        label="Consents and payments"
        columns={columnsFor(bank)}
        rows={consents}
        keyOf={({ id }) => id}
        selected={selected}
        onChoose={onChoose}
      />
    </div>
  )
}
