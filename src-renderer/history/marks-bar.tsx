/** What can be done with the exchanges that are marked. */
import { Button } from '../ui/button.tsx'
import { exchangesCount } from './exchanges-count.ts'
import { markAll, useMarks } from './history-marks.ts'
import { useRows } from './history-rows.ts'
import { changeHistoryView } from './history-view.ts'

/** The older one stands on the left. */
function compareMarked(ids: readonly string[]): void {
  const { rows } = useRows.getState()
  const [newer, older] = rows.filter(({ id }) => ids.includes(id))
  if (newer !== undefined && older !== undefined) changeHistoryView({ against: older.id, selected: newer.id })
}

export function MarksBar({ onDelete }: { readonly onDelete: (ids: readonly string[]) => void }) {
  const { marked } = useMarks()
  const ids = [...marked]
  if (ids.length === 0) return null
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-surface px-3 py-1.5">
      <span role="status" className="flex-1">
        {exchangesCount(ids.length)} marked
      </span>
      {ids.length === 2 && <Button onClick={() => compareMarked(ids)}>Compare both</Button>}
      <Button kind="danger" onClick={() => onDelete(ids)}>
        Delete marked
      </Button>
      <Button kind="quiet" onClick={() => markAll([])}>
        Unmark
      </Button>
    </div>
  )
}
