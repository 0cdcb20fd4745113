/** What was created at the bank with its status, whether that is final, and its age; newest first. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { StatusBadge } from '../access/status-badge.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { useNow } from '../ui/use-now.ts'
import { useAskedFor } from './use-asked-for.ts'

function Age({ at }: { readonly at: string }) {
  return shortMoment(at, useNow())
}

const productOf = ({ parameters }: Remembered): string => Object.values(parameters).join(' · ')

type Words = (thing: Remembered) => string | null

/** People tell payments apart by amount and payee, banks by the id. */
function Which({ thing, words }: { readonly thing: Remembered; readonly words: string | null }) {
  const id = <span className={`font-mono ${words === null ? '' : 'text-sm text-muted'}`}>{thing.resource}</span>
  return (
    <span title={words === null ? thing.resource : `${words}\n${thing.resource}`}>
      {words !== null && `${words} `}
      {id}
    </span>
  )
}

const columnsFor = (bank: BankDetail, things: readonly Remembered[], words: Words): readonly Column<Remembered>[] =>
  // A basket has no product: its column would take the room of the id.
  allColumns(bank, words).filter(({ id }) => id !== 'product' || things.some((thing) => productOf(thing) !== ''))

const allColumns = (bank: BankDetail, words: Words): readonly Column<Remembered>[] => [
  {
    id: 'resource',
    head: 'Id at the bank',
    cell: (thing) => <Which thing={thing} words={words(thing)} />,
  },
  {
    id: 'product',
    head: 'Product',
    width: 'w-28 xl:w-44',
    cell: (thing) => <span title={productOf(thing)}>{productOf(thing)}</span>,
  },
  {
    id: 'status',
    head: 'Status',
    width: 'w-32',
    cell: (thing) => <StatusBadge bank={bank} consent={thing} />,
  },
  { id: 'age', head: 'Created', width: 'w-20', cell: ({ createdAt }) => <Age at={createdAt} /> },
]

export function PaymentList({
  label,
  bank,
  things,
  selected,
  onChoose,
}: {
  readonly label: string
  readonly bank: BankDetail
  readonly things: readonly Remembered[]
  readonly selected: string | null
  readonly onChoose: (id: string) => void
}) {
  const words = useAskedFor(things)
  return (
    <DataTable
      label={label}
      columns={columnsFor(bank, things, words)}
      rows={things}
      keyOf={({ id }) => id}
      selected={selected}
      onChoose={({ id }) => onChoose(id)}
    />
  )
}
