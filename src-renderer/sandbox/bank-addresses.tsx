/** Where a simulated bank listens: one URL for each host of its document. */
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { banks } from '../live-data.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import type { Column } from '../ui/data-table.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Section } from '../ui/section.tsx'

interface Address {
  readonly host: string
  readonly url: string
}

const columns: readonly Column<Address>[] = [
  { id: 'host', head: 'Host', width: 'w-40 max-xl:w-28', cell: ({ host }) => host },
  {
    id: 'url',
    head: 'URL',
    cell: ({ url }) => (
      <span className="font-mono text-sm" title={url}>
        {url}
      </span>
    ),
  },
  {
    id: 'speaks',
    head: 'Speaks',
    width: 'w-44 max-xl:w-20',
    cell: ({ url }) =>
      url.startsWith('https:') ? (
        'TLS'
      ) : (
        <span title="For browsers on this machine, which would warn of the certificate">http, for browsers</span>
      ),
  },
  { id: 'copy', head: 'Copy', width: 'w-20', cell: ({ url }) => <CopyButton text={url} /> },
]

export function BankAddresses({ bank: { id, urls } }: { readonly bank: SandboxReady['banks'][number] }) {
  const name = banks().value?.find((each) => each.id === id)?.name ?? id
  return (
    <Section title={`Addresses of ${name}`} flush>
      <DataTable
        label={`Addresses of ${name}`}
        columns={columns}
        rows={Object.entries(urls).map(([host, url]) => ({ host, url }))}
        keyOf={({ host }) => host}
      />
    </Section>
  )
}
