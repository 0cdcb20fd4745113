/** What the banks keep of a tenant: every account, payment, consent and so on, with its status and what happened to it when. */
import { useMemo, useState } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { type SandboxState, type StateSection, stateSections } from '#shared/sandbox-state.ts'
import { api } from '../api.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { bankOptions } from './bank-options.ts'
import { changeSandboxView, useSandboxView } from './sandbox-view.ts'
import { StateActions } from './state-actions.tsx'
import { StateDetail } from './state-detail.tsx'
import { StateNothing } from './state-nothing.tsx'
import { allRows, countsOf, filteredRows, type StateRow } from './state-rows.ts'
import { StateTable } from './state-table.tsx'
import { usePolled } from './use-polled.ts'

/** Milliseconds between two looks: what calls change is seen without asking. */
const pause = 5000

/** The clock goes on by itself; what is kept does not. */
const sameState = (one: SandboxState, other: SandboxState): boolean =>
  one.offsetSeconds === other.offsetSeconds && JSON.stringify(one.banks) === JSON.stringify(other.banks)

function Toolbar({
  sandbox,
  rows,
  listed,
}: {
  readonly sandbox: SandboxReady
  readonly rows: readonly StateRow[]
  readonly listed: number
}) {
  const { stateBank, stateSection, stateWords } = useSandboxView()
  const counts = useMemo(() => countsOf(rows, stateBank), [rows, stateBank])
  return (
    <>
      <SearchField
        label="Search the state"
        value={stateWords}
        onChange={(words) => changeSandboxView({ stateWords: words })}
      />
      <FilterSelect
        label="Bank"
        all="All banks"
        value={stateBank}
        options={bankOptions(sandbox)}
        onChange={(bank) => changeSandboxView({ stateBank: bank })}
      />
      <FilterSelect
        label="Kind"
        all="All kinds"
        value={stateSection}
        options={stateSections.map((section) => [section, `${section} (${counts[section]})`] as const)}
        onChange={(section) => changeSandboxView({ stateSection: section as StateSection | '' })}
      />
      <span role="status" className="min-w-0 flex-1 truncate text-muted">
        {listed === rows.length ? rows.length : `${listed} of ${rows.length}`}
      </span>
    </>
  )
}

export function TenantState({
  tenant,
  sandbox,
  onChanged,
}: {
  readonly tenant: string
  readonly sandbox: SandboxReady
  readonly onChanged: () => void
}) {
  const { stateBank: bank, stateSection: section, stateWords: words } = useSandboxView()
  const { value, fault, refresh } = usePolled(() => api.sandbox.state({ tenant }), pause, sameState)
  const [selected, setSelected] = useState<string | null>(null)
  const rows = useMemo(() => (value === null ? [] : allRows(value)), [value])
  const listed = useMemo(() => filteredRows(rows, { bank, section, words }), [rows, bank, section, words])
  const row = rows.find(({ key }) => key === selected) ?? null
  const changed = () => {
    onChanged()
    void refresh()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <Toolbar sandbox={sandbox} rows={rows} listed={listed.length} />
        <StateActions tenant={tenant} sandbox={sandbox} bank={bank} onChanged={changed} />
      </div>
      {fault !== null && (
        <div className="p-3">
          <FaultNotice fault={fault} title="The state cannot be read; what is listed may be old" />
        </div>
      )}
      {value === null && fault === null && <Loading what="State" />}
      {value !== null && rows.length === 0 && (
        <EmptyState title="The banks keep nothing of this tenant yet">
          Accounts are opened when a customer first gives access; payments, consents and the rest come with the calls
          that make them. A saved state can be loaded.
        </EmptyState>
      )}
      {rows.length > 0 && listed.length === 0 && <StateNothing bank={bank} section={section} words={words} />}
      {listed.length > 0 && (
        <ListAndDetail
          wide
          label="Kept thing"
          list={<StateTable rows={listed} selected={selected} onChoose={setSelected} />}
          detail={
            row === null ? (
              <EmptyState title="Nothing chosen">Choose a row to see what the bank knows of it.</EmptyState>
            ) : (
              <StateDetail row={row} />
            )
          }
        />
      )}
    </div>
  )
}
