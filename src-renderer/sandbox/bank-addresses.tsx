/** Where the simulated banks listen, and the CA that signed their server certificates. */
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
  { id: 'host', head: 'Host', width: 'w-40', cell: ({ host }) => host },
  { id: 'url', head: 'URL', cell: ({ url }) => <span className="font-mono text-sm">{url}</span> },
  {
    id: 'copy',
    head: 'Copy',
    width: 'w-20',
    cell: ({ url }) => <CopyButton text={url} />,
  },
]

export function BankAddresses({ sandbox }: { readonly sandbox: SandboxReady }) {
  const names = new Map(banks().value?.map(({ id, name }) => [id, name]))
  return (
    <>
      {sandbox.banks.map(({ id, urls }) => (
        <Section key={id} title={`Addresses of ${names.get(id) ?? id}`} flush>
          <DataTable
            label={`Addresses of ${names.get(id) ?? id}`}
            columns={columns}
            rows={Object.entries(urls).map(([host, url]) => ({ host, url }))}
            keyOf={({ host }) => host}
          />
        </Section>
      ))}
      <Section title="CA of the server certificates" trailing={<CopyButton text={sandbox.ca} label="Copy path" />}>
        <p className="font-mono text-sm wrap-anywhere">{sandbox.ca}</p>
        <p className="text-muted">
          The workbench trusts it for the local sandbox and nowhere else. Other programs need this file:{' '}
          <code className="font-mono text-sm">curl --cacert</code>.
        </p>
      </Section>
    </>
  )
}
