/** How much there is in History, how long it is kept, and the way to have less. */
import { useState } from 'react'
import type { HistoryStatus } from '#shared/contract/history.ts'
import { byteSize } from '../exchange/measures.ts'
import { Button } from '../ui/button.tsx'
import { exchangesCount } from './exchanges-count.ts'
import { RetentionDialog } from './retention-dialog.tsx'
import { retentionWords } from './retention-words.ts'

export function HistoryUpkeep({
  status,
  found,
  more,
  onDeleteAll,
}: {
  readonly status: HistoryStatus
  /** Exchanges listed of a narrowed history; null where it is not narrowed. */
  readonly found: number | null
  readonly more: boolean
  readonly onDeleteAll: () => void
}) {
  const [keeping, setKeeping] = useState(false)
  const { exchanges, bytes, retention, readOnly } = status
  return (
    <>
      <span role="status" className="text-muted">
        {found === null
          ? `${exchangesCount(exchanges)}, ${byteSize(bytes)}`
          : `${found.toLocaleString('en')}${more ? ' or more' : ''} of ${exchangesCount(exchanges)}`}
      </span>
      <Button disabled={readOnly !== null} onClick={() => setKeeping(true)}>
        Kept {retentionWords(retention)} …
      </Button>
      <Button kind="danger" disabled={readOnly !== null || exchanges === 0} onClick={onDeleteAll}>
        Delete all …
      </Button>
      {keeping && <RetentionDialog status={status} onClose={() => setKeeping(false)} />}
    </>
  )
}
