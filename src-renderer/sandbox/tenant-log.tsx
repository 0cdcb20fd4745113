/** What the simulated banks received from a tenant and why they answered as they did, newest first. */
import { useCallback, useEffect, useState } from 'react'
import type { Fault } from '#shared/fault.ts'
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { LogTable } from './log-table.tsx'

/** Milliseconds between two looks. */
const pause = 2000

interface Log {
  readonly entries: readonly SandboxLogEntry[] | null
  readonly fault: Fault | null
}

function useLog(tenant: string, following: boolean) {
  const [log, setLog] = useState<Log>({ entries: null, fault: null })
  const read = useCallback(async () => {
    try {
      setLog({ entries: await api.sandbox.log({ tenant }), fault: null })
    } catch (fault) {
      setLog(({ entries }) => ({ entries, fault: fault as Fault }))
    }
  }, [tenant])
  useEffect(() => {
    void read()
    if (!following) return
    const timer = setInterval(() => void (document.hidden || read()), pause)
    return () => clearInterval(timer)
  }, [read, following])
  return { ...log, read }
}

export function TenantLog({ tenant, bases }: { readonly tenant: string; readonly bases: readonly string[] }) {
  const [following, setFollowing] = useState(true)
  const { entries, fault, read } = useLog(tenant, following)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line px-3">
        <p className="min-w-0 flex-1 truncate text-muted">What the banks received and why they answered as they did</p>
        <label className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={following}
            onChange={() => setFollowing(!following)}
            className="accent-accent"
          />
          Refresh every 2 s
        </label>
        <Button onClick={() => void read()}>Refresh now</Button>
      </div>
      {fault !== null && (
        <div className="p-3">
          <FaultNotice fault={fault} title="The log cannot be read" />
        </div>
      )}
      {entries === null && fault === null && <Loading what="Log" />}
      {entries?.length === 0 && (
        <EmptyState title="Nothing received yet">Calls this tenant makes to the local sandbox appear here.</EmptyState>
      )}
      {entries !== null && entries.length > 0 && <LogTable entries={entries} bases={bases} />}
    </div>
  )
}
