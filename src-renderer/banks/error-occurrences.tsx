/** Where an error row was met: the exchanges of my history it explains. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { recentHistory } from '../live-data.ts'
import { openExchange } from '../open.ts'
import { DetailSection } from '../ui/detail-section.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { LinkRow } from '../ui/link-row.tsx'
import { localMoment } from '../ui/local-time.ts'

/** Rows shown; History has them all. */
const most = 10

export function ErrorOccurrences({ row }: { readonly row: ErrorView }) {
  const { value, fault } = recentHistory()
  const found = (value ?? []).filter(({ errorId }) => errorId === row.id)
  return (
    <DetailSection title="In my history">
      <FaultNotice fault={fault} title="History cannot be read" />
      {value !== null && found.length === 0 && (
        <p className="text-muted">Not among the last {value.length} exchanges.</p>
      )}
      {found.length > 0 && (
        <ul className="rounded-md border border-line">
          {found.slice(0, most).map(({ id, at, operation, status, fault: failure }) => (
            <LinkRow
              key={id}
              name={`Open the exchange of ${localMoment(at)} in History`}
              onOpen={() => openExchange(id)}
              trailing={operation}
            >
              <span className="w-36 shrink-0">{localMoment(at)}</span>
              <HttpStatus status={status} fault={failure} />
            </LinkRow>
          ))}
        </ul>
      )}
      {found.length > most && <p className="text-sm text-muted">and {found.length - most} more in History</p>}
    </DetailSection>
  )
}
