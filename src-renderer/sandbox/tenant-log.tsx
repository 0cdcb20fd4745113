/** What the simulated banks received from a tenant and why they answered as they did, newest first, as it happens. */
import { useMemo, useState } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Split } from '../ui/split.tsx'
import { bankOptions } from './bank-options.ts'
import { LogEntry } from './log-entry.tsx'
import { filteredLog, isSameLog, logKeys, logStatuses } from './log-filter.ts'
import { LogTable } from './log-table.tsx'
import { changeSandboxView, useSandboxView } from './sandbox-view.ts'
import { usePolled } from './use-polled.ts'

/** Milliseconds between two looks. */
const pause = 2000

function useLog(tenant: string, following: boolean) {
  const { logBank: bank, logStatus: status, logWords: words } = useSandboxView()
  const polled = usePolled(() => api.sandbox.log({ tenant }), following ? pause : null, isSameLog)
  const entries = polled.value
  const keys = useMemo(() => logKeys(entries ?? []), [entries])
  const listed = useMemo(() => filteredLog(entries ?? [], { bank, status, words }), [entries, bank, status, words])
  return { ...polled, entries, keys, listed }
}

function Toolbar({
  sandbox,
  count,
  following,
  onFollow,
  onRefresh,
}: {
  readonly sandbox: SandboxReady
  readonly count: string
  readonly following: boolean
  readonly onFollow: (following: boolean) => void
  readonly onRefresh: () => void
}) {
  const { logBank, logStatus, logWords } = useSandboxView()
  return (
    <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3">
      <SearchField
        label="Search the log"
        value={logWords}
        onChange={(words) => changeSandboxView({ logWords: words })}
      />
      <FilterSelect
        label="Bank"
        all="All banks"
        value={logBank}
        options={bankOptions(sandbox)}
        onChange={(bank) => changeSandboxView({ logBank: bank })}
      />
      <FilterSelect
        label="Status"
        all="Any status"
        value={logStatus}
        options={logStatuses}
        onChange={(status) => changeSandboxView({ logStatus: status })}
      />
      <span role="status" className="min-w-0 flex-1 truncate text-muted">
        {count}
      </span>
      <Button
        aria-pressed={!following}
        onClick={() => onFollow(!following)}
        title={following ? 'Read every 2 s while this is in sight' : 'Nothing new is read until you go on'}
      >
        {following ? 'Pause' : 'Follow again'}
      </Button>
      <Button onClick={onRefresh}>Refresh now</Button>
    </div>
  )
}

const countWords = (listed: number, all: number): string =>
  listed === all ? `${all} ${all === 1 ? 'call' : 'calls'}` : `${listed} of ${all} calls`

export function TenantLog({
  tenant,
  sandbox,
  bases,
}: {
  readonly tenant: string
  readonly sandbox: SandboxReady
  readonly bases: readonly string[]
}) {
  const [following, setFollowing] = useState(true)
  const [selected, setSelected] = useState<string | null>(null)
  const { logShare } = useSandboxView()
  const { entries, fault, refresh, keys, listed } = useLog(tenant, following)
  const entry = listed.find((each) => keys.get(each) === selected)
  const table = (
    <LogTable
      entries={listed}
      bases={bases}
      keyOf={(each) => keys.get(each) ?? ''}
      selected={selected}
      onChoose={setSelected}
    />
  )
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Toolbar
        sandbox={sandbox}
        count={entries === null ? '' : `${countWords(listed.length, entries.length)}${following ? '' : ', paused'}`}
        following={following}
        onFollow={setFollowing}
        onRefresh={() => void refresh()}
      />
      {fault !== null && (
        <div className="p-3">
          <FaultNotice fault={fault} title="The log cannot be read; what is listed may be old" />
        </div>
      )}
      {entries === null && fault === null && <Loading what="Log" />}
      {entries?.length === 0 && (
        <EmptyState title="Nothing received yet">Calls this tenant makes to the local sandbox appear here.</EmptyState>
      )}
      {entries !== null && entries.length > 0 && listed.length === 0 && (
        <EmptyState
          title="No call fits"
          action={
            <Button onClick={() => changeSandboxView({ logBank: '', logStatus: '', logWords: '' })}>Show all</Button>
          }
        >
          {`Of ${entries.length} calls none fits what is asked for above.`}
        </EmptyState>
      )}
      {/* Split even while no call is chosen: the table must stay the same one, or the first arrow key would lose the focus. */}
      {listed.length > 0 && (
        <Split
          label="Height of the list of calls"
          share={logShare}
          onShare={(share) => changeSandboxView({ logShare: share })}
          above={table}
          below={
            entry === undefined ? (
              <div className="min-h-0 flex-1 overflow-auto bg-surface">
                <EmptyState title="No call is chosen">
                  Choose one to see its certificate, its headers, what the bank made of its signature, and why it
                  answered so.
                </EmptyState>
              </div>
            ) : (
              <LogEntry key={selected} entry={entry} />
            )
          }
        />
      )}
    </div>
  )
}
