/** The token that stands for a pre-authorization: entered, or taken from a customer of the local sandbox. */
import { useEffect } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { TokenForm } from '../access/token-form.tsx'
import { api } from '../api.ts'
import { grants, keyStore, sandboxCustomers } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'
import { changeCase, chooseGrant } from './cases.ts'
import { useSandboxPages } from './identification-section.tsx'

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  /** Path parameters of the calls. */
  readonly names: readonly string[]
}

/** Seconds the sandbox keeps a pre-authorization. */
const day = 86_400

function SandboxCustomers({ bank, environment, names }: Here) {
  const customers = sandboxCustomers(bank.id)
  const { value, fault } = customers()
  useEffect(() => void customers.refresh(), [customers])
  const take = useAction(async ({ name, parameters }: SandboxCustomer) => {
    const store = keyStore.getState().value
    if (store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
    const token = parameters.token ?? ''
    const grant = await api.access.enter({ bank: bank.id, environment: environment.id, token, expiresIn: day })
    const known = Object.entries(parameters).filter(([parameter]) => names.includes(parameter))
    changeCase(grant.id, { label: name, parameters: Object.fromEntries(known) })
    chooseGrant(grant.id)
    await grants.refresh()
  })
  const columns: readonly Column<SandboxCustomer>[] = [
    { id: 'name', head: 'Customer', width: 'w-40', cell: ({ name }) => name },
    { id: 'about', head: 'What this customer is for', cell: ({ about }) => <span title={about}>{about}</span> },
    {
      id: 'use',
      head: 'Use',
      width: 'w-20',
      cell: (customer) => (
        <Button
          kind="quiet"
          className="h-6"
          aria-label={`Use ${customer.name}`}
          busy={take.busy}
          onClick={() => void take.run(customer)}
        >
          Use
        </Button>
      ),
    },
  ]
  const usable = (value ?? []).filter(({ parameters }) => parameters.token !== undefined)
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="text-muted">
        Each customer of the local sandbox has a token; the pre-authorization it stands for lasts a day.
      </p>
      <FaultNotice fault={fault} title="The customers cannot be read" />
      <FaultNotice fault={take.fault} title="The token was not kept" />
      {usable.length > 0 && (
        <DataTable label="Customers of the local sandbox" columns={columns} rows={usable} keyOf={({ name }) => name} />
      )}
    </div>
  )
}

export function TokenSection({ bank, environment, names, open }: Here & { readonly open: boolean }) {
  const pages = useSandboxPages({ bank, environment })
  const path = bank.applications?.sandboxTokens
  const content = (
    <div className="flex flex-col gap-4">
      <TokenForm bank={bank} environment={environment} />
      {pages !== null && path !== undefined && (
        <div>
          <PageLink href={new URL(path, pages).href}>The sandbox’s page for a new token</PageLink>
        </div>
      )}
      {environment.kind === 'local-sandbox' && environment.ready && (
        <SandboxCustomers bank={bank} environment={environment} names={names} />
      )}
    </div>
  )
  if (open) return <Section title="The token of a pre-authorization">{content}</Section>
  return (
    <details className="rounded-md border border-line bg-surface">
      <summary className="px-3 py-1.5">Enter another token</summary>
      <div className="border-t border-line p-3">{content}</div>
    </details>
  )
}
