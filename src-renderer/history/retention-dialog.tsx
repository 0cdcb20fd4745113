/** How long exchanges are kept: by age, by number, or for ever; what a change deletes is said before it does. */
import { type SyntheticEvent, useState } from 'react'
import type { HistoryStatus, Retention } from '#shared/contract/history.ts'
import { api } from '../api.ts'
import { recentHistory } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import { exchangesCount } from './exchanges-count.ts'
import { historyStatus } from './history-status.ts'
import { limitOf, retentionWords } from './retention-words.ts'

/** As the contract bounds them. */
const mostDays = 36_500
const mostCount = 10_000_000
/** Rows the engine counts for us. */
const mostRows = 1000

const text = (value: number | null): string => (value === null ? '' : String(value))

async function outlived({ days, count }: Retention, exchanges: number): Promise<number> {
  const to = days === null ? null : new Date(Date.now() - days * 86_400_000).toISOString()
  const old = to === null ? 0 : (await api.history.list({ to, limit: mostRows })).length
  return Math.max(old, count === null ? 0 : exchanges - count)
}

function Consequence({ wanted, exchanges }: { readonly wanted: Retention | null; readonly exchanges: number }) {
  const key = wanted === null ? null : `${wanted.days} ${wanted.count}`
  const { value } = useLoaded(key, () => outlived(wanted!, exchanges))
  const many = value !== null && value >= mostRows
  return (
    <p role="status" className={value !== null && value > 0 ? 'text-caution' : 'text-muted'}>
      {wanted === null || value === null
        ? ' '
        : value === 0
          ? 'Nothing is deleted now.'
          : `${exchangesCount(value)}${many ? ' or more' : ''} will be deleted at once, and cannot be brought back.`}
    </p>
  )
}

const outOfRange = (most: number): string => `A whole number from 1 to ${most.toLocaleString('en')}, or nothing.`

export function RetentionDialog({ status, onClose }: { readonly status: HistoryStatus; readonly onClose: () => void }) {
  const [days, setDays] = useState(text(status.retention.days))
  const [count, setCount] = useState(text(status.retention.count))
  const [age, number] = [limitOf(days, mostDays), limitOf(count, mostCount)]
  const wanted = age === undefined || number === undefined ? null : { days: age, count: number }
  const save = useAction(async () => {
    if (wanted === null) return
    const { retention, deleted } = await api.history.keepFor(wanted)
    await historyStatus.refresh()
    notify(
      'good',
      `Kept ${retentionWords(retention)}`,
      deleted === 0 ? undefined : `${exchangesCount(deleted)} deleted.`,
    )
    onClose()
    await recentHistory.refresh()
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <Dialog title="How long exchanges are kept" onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label="Days"
          inputMode="numeric"
          autoFocus
          value={days}
          onChange={({ target }) => setDays(target.value)}
          hint="Older ones are deleted. Empty: however old."
          problem={age === undefined ? outOfRange(mostDays) : null}
        />
        <TextField
          label="Exchanges"
          inputMode="numeric"
          value={count}
          onChange={({ target }) => setCount(target.value)}
          hint="Only so many of the newest are kept. Empty: however many."
          problem={number === undefined ? outOfRange(mostCount) : null}
        />
        <Consequence wanted={wanted} exchanges={status.exchanges} />
        <FaultNotice fault={save.fault} title="It stays as it was" />
        <div className="flex gap-2">
          <Button kind="primary" type="submit" busy={save.busy} disabled={wanted === null}>
            {wanted === null ? 'Keep' : `Keep ${retentionWords(wanted)}`}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  )
}
