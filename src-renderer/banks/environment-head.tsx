/** The first line of an environment: what it is, whether it is ready, and saving, dropping and resetting what was set. */
import { useState } from 'react'
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { choose, useApp } from '../app-state.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { kindWords } from './banks-words.ts'
import { putEnvironment } from './environment-details.ts'

const isEmpty = ({ identity, signing, proxy, ...records }: EnvironmentDetail['override']): boolean =>
  [identity, signing, proxy].every((each) => each === undefined) &&
  Object.values(records).every((each) => Object.keys(each).length === 0)

function ReadyBadge({ ready, kind }: Pick<EnvironmentDetail, 'ready' | 'kind'>) {
  if (ready) return <Badge tone="good">ready</Badge>
  return <Badge tone="caution">{kind === 'local-sandbox' ? 'not running' : 'URLs missing'}</Badge>
}

function ResetDialog({
  detail,
  onReset,
  onClose,
}: {
  readonly detail: EnvironmentDetail
  readonly onReset: () => void
  readonly onClose: () => void
}) {
  const first = useFirstFocus<HTMLDivElement>()
  const reset = useAction(async () => {
    putEnvironment(await api.banks.resetEnvironment({ bank: detail.bank, environment: detail.id }))
    onReset()
    notify('neutral', `${detail.name} is as in the bank’s document again`)
  })
  return (
    <Dialog title={`Reset ${detail.name}?`} onClose={onClose}>
      <p>
        Everything you set for this environment goes: URLs, names, values, paths, signing, identity, and what you said
        about its assumptions. The bank’s own folder stays as it is.
      </p>
      <FaultNotice fault={reset.fault} title="It was not reset" />
      <div ref={first} className="flex gap-2">
        <Button kind="danger" busy={reset.busy} onClick={() => void reset.run()}>
          Reset environment
        </Button>
        <Button data-first-focus onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  )
}

export function EnvironmentHead({
  detail,
  changed,
  busy,
  onDrop,
}: {
  readonly detail: EnvironmentDetail
  readonly changed: boolean
  readonly busy: boolean
  readonly onDrop: () => void
}) {
  const app = useApp()
  const [asking, setAsking] = useState(false)
  const root = useFocusFollows<HTMLDivElement>(String(changed), 'h3')
  const used = app.bank === detail.bank && app.environment === detail.id
  return (
    <div ref={root} className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
      <h3 tabIndex={-1}>{detail.name}</h3>
      {/* The choice above says ready or not, too. */}
      <span className="flex gap-2 max-xl:hidden">
        {detail.name.toLowerCase() !== kindWords[detail.kind] && <Badge>{kindWords[detail.kind]}</Badge>}
        <ReadyBadge ready={detail.ready} kind={detail.kind} />
      </span>
      {changed && <Badge tone="caution">unsaved changes</Badge>}
      <div className="flex-1" />
      <Button kind="quiet" disabled={used} onClick={() => choose({ bank: detail.bank, environment: detail.id })}>
        {used ? 'Used for calls' : 'Use for calls'}
      </Button>
      <Button kind="quiet" disabled={!changed || busy} onClick={onDrop}>
        Drop changes
      </Button>
      <Button kind="danger" disabled={isEmpty(detail.override)} onClick={() => setAsking(true)}>
        Reset …
      </Button>
      <Button kind="primary" type="submit" disabled={!changed} busy={busy}>
        Save
      </Button>
      {asking && (
        <ResetDialog
          detail={detail}
          onClose={() => setAsking(false)}
          onReset={() => {
            setAsking(false)
            onDrop()
          }}
        />
      )}
    </div>
  )
}
