/** The identities on this machine, as rows. */
import type { IdentityView } from '#shared/contract/keys.ts'
import { Badge } from '../ui/badge.tsx'
import type { Column } from '../ui/data-table.tsx'
import { LongTable } from '../ui/long-table.tsx'
import { organisation } from './organisation.ts'
import { ValidityBadge } from './validity-badge.tsx'

const columns: readonly Column<IdentityView>[] = [
  { id: 'name', head: 'Name', cell: ({ name }) => <span className="font-semibold">{name}</span> },
  { id: 'kind', head: 'Kind', width: 'w-20', cell: ({ kind }) => (kind === 'none' ? 'no PSD2' : kind) },
  {
    id: 'organisation',
    head: 'Organisation',
    width: 'max-xl:hidden',
    cell: ({ subject, organizationIdentifier }) => organisation(subject) ?? organizationIdentifier ?? 'none named',
  },
  {
    id: 'validity',
    head: 'Validity',
    width: 'w-28',
    cell: ({ notBefore, notAfter }) => <ValidityBadge notBefore={notBefore} notAfter={notAfter} />,
  },
  {
    id: 'warnings',
    head: 'Warnings',
    width: 'w-24',
    cell: ({ warnings }) =>
      warnings.length > 0 && (
        <Badge tone="caution" title={warnings.map(({ message }) => message).join('\n')}>
          {warnings.length}
        </Badge>
      ),
  },
]

export function IdentityList({
  identities,
  selected,
  onChoose,
}: {
  readonly identities: readonly IdentityView[]
  readonly selected: string | null
  readonly onChoose: (id: string) => void
}) {
  return (
    <LongTable
      label="Identities"
      columns={columns}
      rows={identities}
      keyOf={({ id }) => id}
      selected={selected}
      onChoose={({ id }) => onChoose(id)}
    />
  )
}
