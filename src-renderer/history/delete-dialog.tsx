/** Asks before exchanges go, and says afterwards what went. */
import { type SyntheticEvent, useState } from 'react'
import { api } from '../api.ts'
import { recentHistory } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { deletedWords } from './deleted-words.ts'
import { exchangesCount } from './exchanges-count.ts'
import { unmark } from './history-marks.ts'
import { forgetRows, useRows } from './history-rows.ts'
import { changeHistoryView, historyView } from './history-view.ts'

/** Ids the engine takes at once. */
const most = 10_000
/** What is typed before everything goes. */
const word = 'delete all'

type Result = Awaited<ReturnType<typeof api.history.delete>>

async function deleteIds(ids: readonly string[]): Promise<Result> {
  let sum: Result = { deleted: 0, unknown: [], files: [], cleared: true }
  for (let at = 0; at < ids.length; at += most) {
    const part = await api.history.delete({ ids: ids.slice(at, at + most) })
    sum = {
      deleted: sum.deleted + part.deleted,
      unknown: [...sum.unknown, ...part.unknown],
      files: [...sum.files, ...part.files],
      cleared: sum.cleared && part.cleared,
    }
  }
  return sum
}

/** The row below takes the place of the one that was open. */
function leave(gone: ReadonlySet<string> | 'all'): void {
  const { selected, against } = historyView()
  const isGone = (id: string | null) => id !== null && (gone === 'all' || gone.has(id))
  const { rows } = useRows.getState()
  const at = rows.findIndex(({ id }) => id === selected)
  const left = gone === 'all' ? [] : rows.filter(({ id }) => !gone.has(id))
  const next = left.find(({ position }) => at >= 0 && position < rows[at]!.position) ?? left.at(-1)
  changeHistoryView({
    selected: isGone(selected) ? (at < 0 ? null : (next?.id ?? null)) : selected,
    against: isGone(against) ? null : against,
  })
  const ids = gone === 'all' ? new Set(rows.map(({ id }) => id)) : gone
  forgetRows(ids)
  unmark(ids)
}

export function DeleteDialog({
  ids,
  total,
  onClose,
}: {
  readonly ids: readonly string[] | 'all'
  /** How many there are in all. */
  readonly total: number
  readonly onClose: () => void
}) {
  const form = useFirstFocus<HTMLFormElement>()
  const [typed, setTyped] = useState('')
  const all = ids === 'all'
  const count = all ? total : ids.length
  const sure = !all || typed.trim().toLowerCase() === word
  const remove = useAction(async () => {
    const result = all ? await api.history.delete({ all: true }) : await deleteIds(ids)
    leave(all ? 'all' : new Set(ids))
    const { title, text } = deletedWords(result)
    notify(result.cleared ? 'neutral' : 'caution', title, text)
    onClose()
    await recentHistory.refresh()
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (sure) void remove.run()
  }
  return (
    <Dialog title={all ? 'Delete the whole history?' : `Delete ${exchangesCount(count)}?`} onClose={onClose}>
      <form ref={form} onSubmit={submit} className="flex flex-col gap-3">
        <p>
          {all ? `All ${exchangesCount(total)} go` : count === 1 ? 'It goes' : 'They go'} out of every file of the
          history, with request, answer, bodies and draft. This cannot be undone.
        </p>
        {all ? (
          <>
            <p>Copies made before an update and damaged histories that were put aside are deleted, too.</p>
            <TextField
              label={`Type “${word}” to confirm`}
              data-first-focus
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          </>
        ) : (
          <p>What the bank did because of {count === 1 ? 'it' : 'them'} stays as it is.</p>
        )}
        <FaultNotice fault={remove.fault} title="Nothing more was deleted" />
        <div className="flex gap-2">
          <Button kind="danger" type="submit" disabled={!sure} busy={remove.busy}>
            {all ? 'Delete everything' : `Delete ${exchangesCount(count)}`}
          </Button>
          <Button {...(all ? {} : { 'data-first-focus': true })} onClick={onClose}>
            Keep {!all && count === 1 ? 'it' : 'them'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
