/** The grants kept here, and the one that is looked at. */
import { useState } from 'react'
import type { Grant } from '#shared/contract/access.ts'
import type { Fault } from '#shared/fault.ts'
import { useApp } from '../app-state.ts'
import { grants } from '../live-data.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { FaultRemedy } from './fault-remedy.tsx'
import { GrantDetail } from './grant-detail.tsx'
import { GrantTable } from './grant-table.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

function NoGrant() {
  return (
    <EmptyState title="No grant yet">
      A grant is what one customer lets you do: the tokens of one scope. The customer signs it at the bank, the tokens
      stay in the key store, and calls use them by themselves.
    </EmptyState>
  )
}

export function GrantList() {
  const { bank, environment } = useApp()
  const { value, fault } = grants()
  const [selected, setSelected] = useState<string | null>(null)
  const [revoking, setRevoking] = useState<Grant | null>(null)
  const [failed, setFailed] = useState<Fault | null>(null)
  const here = [...(value ?? [])]
    .filter((grant) => grant.bank === bank && grant.environment === environment)
    .sort((a, b) => (a.obtainedAt < b.obtainedAt ? 1 : -1))
  const chosen = here.find(({ id }) => id === selected) ?? null
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Section title={here.length === 0 ? 'Grants' : `Grants (${here.length})`} flush>
        {value === null && fault === null && <Loading what="Grants" />}
        {value === null && <FaultNotice fault={fault} title="The grants cannot be read" />}
        {value !== null && here.length === 0 && <NoGrant />}
        {here.length > 0 && (
          <GrantTable
            grants={here}
            selected={selected}
            onChoose={({ id }) => setSelected(id === selected ? null : id)}
            onRevoke={setRevoking}
            onFault={setFailed}
          />
        )}
      </Section>
      <FaultNotice fault={failed} title="The token was not refreshed" action={<FaultRemedy fault={failed} />} />
      {chosen !== null && <GrantDetail grant={chosen} />}
      {revoking !== null && <RevokeDialog grant={revoking} onClose={() => setRevoking(null)} />}
    </div>
  )
}
