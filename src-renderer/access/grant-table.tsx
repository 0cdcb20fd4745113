/** The grants of this bank and environment, with their tokens counting down. */
import type { Grant } from '#shared/contract/access.ts'
import type { Fault } from '#shared/fault.ts'
import { Badge } from '../ui/badge.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { localDate } from '../ui/local-time.ts'
import { countdown, useNow } from '../ui/use-now.ts'
import { GrantActions } from './grant-actions.tsx'
import { canRefresh, tokenTone } from './grant-state.ts'

function TokenLeft({ grant }: { readonly grant: Grant }) {
  const now = useNow()
  const tone = tokenTone(grant, now)
  return (
    <Badge tone={tone}>
      {countdown(grant.accessTokenExpiresAt, now)}
      {tone === 'caution' && ' · ends'}
    </Badge>
  )
}

function refreshUntil(grant: Grant, now: number): string {
  if (!grant.refreshable) return 'cannot be refreshed'
  if (!canRefresh(grant, now)) return 'over'
  return grant.refreshTokenExpiresAt === null ? 'no end known' : localDate(grant.refreshTokenExpiresAt)
}

function RefreshUntil({ grant }: { readonly grant: Grant }) {
  return refreshUntil(grant, useNow())
}

export function GrantTable({
  grants,
  selected,
  onChoose,
  onRevoke,
  onFault,
}: {
  readonly grants: readonly Grant[]
  readonly selected: string | null
  readonly onChoose: (grant: Grant) => void
  readonly onRevoke: (grant: Grant) => void
  readonly onFault: (fault: Fault | null) => void
}) {
  const columns: readonly Column<Grant>[] = [
    {
      id: 'scope',
      head: 'Scope',
      cell: ({ scope }) => (
        <span className="font-mono" title={scope}>
          {scope}
        </span>
      ),
    },
    { id: 'customer', head: 'Customer', width: 'w-32', cell: ({ customer }) => customer ?? 'not named' },
    {
      id: 'identity',
      head: 'Identity',
      width: 'w-28',
      cell: ({ identityName, binding }) =>
        binding?.matches === false ? <Badge tone="bad">other certificate</Badge> : identityName,
    },
    { id: 'token', head: 'Access token', width: 'w-28', cell: (grant) => <TokenLeft grant={grant} /> },
    { id: 'refresh', head: 'Refresh until', width: 'w-32', cell: (grant) => <RefreshUntil grant={grant} /> },
    {
      id: 'actions',
      head: 'Actions',
      width: 'w-40',
      cell: (grant) => <GrantActions grant={grant} onRevoke={onRevoke} onFault={onFault} />,
    },
  ]
  return (
    <div className="min-w-[46rem]">
      <DataTable
        label="Grants"
        columns={columns}
        rows={grants}
        keyOf={({ id }) => id}
        selected={selected}
        onChoose={onChoose}
      />
    </div>
  )
}
