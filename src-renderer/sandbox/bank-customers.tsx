/** The customers a simulated bank knows, and how each signs in. */
import { useEffect } from 'react'
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { banks, sandboxCustomers } from '../live-data.ts'
import type { Column } from '../ui/data-table.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Section } from '../ui/section.tsx'

const columns: readonly Column<SandboxCustomer>[] = [
  { id: 'name', head: 'Name', width: 'w-44 max-xl:w-36', cell: ({ name }) => name },
  {
    id: 'parameters',
    head: 'Signs in with',
    width: 'w-60 max-xl:w-44',
    cell: ({ parameters }) => {
      const words = Object.entries(parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join('  ')
      return (
        <span className="font-mono text-sm" title={words}>
          {words}
        </span>
      )
    },
  },
  {
    id: 'about',
    head: 'What this customer is for',
    cell: ({ about }) => <span className="block py-1 whitespace-normal">{about}</span>,
  },
]

export function BankCustomers({ bank }: { readonly bank: string }) {
  const resource = sandboxCustomers(bank)
  const { value, fault } = resource()
  const name = banks().value?.find(({ id }) => id === bank)?.name ?? bank
  // What was loaded while no sandbox ran is a fault; this one is shown only while one does.
  useEffect(() => void resource.refresh(), [resource])
  return (
    <Section title={`Customers of ${name}`} flush>
      {value === null && fault === null && <p className="p-3 text-muted">Asking the bank …</p>}
      {fault !== null && (
        <div className="p-3">
          <FaultNotice fault={fault} title="The customers cannot be read" />
        </div>
      )}
      {fault === null && value?.length === 0 && <p className="p-3 text-muted">This bank has no customers.</p>}
      {fault === null && value !== null && value.length > 0 && (
        <DataTable label={`Customers of ${name}`} columns={columns} rows={value} keyOf={(customer) => customer.name} />
      )}
    </Section>
  )
}
