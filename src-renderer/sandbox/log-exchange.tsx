/** The way from the bank's side of a call to ours. */
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { openExchange, openSignature } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useOwnExchange } from './own-exchange.ts'

export function LogExchange({ entry }: { readonly entry: SandboxLogEntry }) {
  const { value: row, fault, loading } = useOwnExchange(entry)
  if (entry.requestId === null)
    return <p className="text-muted">It carried no X-Request-ID, so its exchange cannot be told in History.</p>
  if (fault !== null) return <FaultNotice fault={fault} title="History cannot be searched" />
  if (row !== null)
    return (
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => openExchange(row.id)}>Our exchange in History</Button>
        {entry.signature !== undefined && (
          <Button onClick={() => openSignature(row.id)}>Take our signature apart</Button>
        )}
      </div>
    )
  return (
    <p className="min-h-7 text-muted">
      {loading ? 'Looked for in History …' : 'History here has no exchange with this X-Request-ID.'}
    </p>
  )
}
