/** The registrations kept here, of every bank and environment. */
import type { Registration } from '#shared/contract/access.ts'
import { banks, registrations } from '../live-data.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { localDate } from '../ui/local-time.ts'
import { Section } from '../ui/section.tsx'

function place({ bank, environment }: Registration): string {
  const known = banks.getState().value?.find(({ id }) => id === bank)
  const name = known?.environments.find(({ id }) => id === environment)?.name ?? environment
  return `${known?.name ?? bank} · ${name}`
}

const columns: readonly Column<Registration>[] = [
  { id: 'place', head: 'Bank', width: 'w-52', cell: (row) => <span title={place(row)}>{place(row)}</span> },
  {
    id: 'client',
    head: 'client_id',
    width: 'w-48',
    cell: ({ clientId }) => (
      <span className="font-mono" title={clientId}>
        {clientId}
      </span>
    ),
  },
  { id: 'identity', head: 'Identity', width: 'w-28', cell: ({ identityName }) => identityName },
  {
    id: 'callbacks',
    head: 'Callbacks',
    cell: ({ callbackUris }) => (
      <span className="font-mono" title={callbackUris.join('\n')}>
        {callbackUris.join(', ')}
      </span>
    ),
  },
  { id: 'since', head: 'Since', width: 'w-28', cell: ({ registeredAt }) => localDate(registeredAt) },
]

export function RegistrationList() {
  const { value } = registrations()
  return (
    <Section title="Kept registrations" flush>
      {value === null || value.length === 0 ? (
        <p className="p-3 text-muted">
          None yet. A registration tells a bank which certificate and which callbacks belong to your organisation.
        </p>
      ) : (
        <div className="min-w-[50rem]">
          <DataTable
            label="Kept registrations"
            columns={columns}
            rows={value}
            keyOf={({ bank, environment, clientId }) => `${bank} ${environment} ${clientId}`}
          />
        </div>
      )}
    </Section>
  )
}
