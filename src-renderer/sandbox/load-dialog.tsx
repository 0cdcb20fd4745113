/** Asks before a saved state takes the place of what a tenant has, and says afterwards what came and what was left out. */

import { useState } from 'react'
import type { SnapshotLoaded } from '#shared/sandbox-state.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { bankName } from './bank-options.ts'
import type { SavedFile } from './saved-file.ts'

function Loaded({ loaded, onClose }: { readonly loaded: SnapshotLoaded; readonly onClose: () => void }) {
  const first = useFirstFocus<HTMLDivElement>()
  return (
    <div ref={first} className="flex flex-col gap-3">
      {Object.keys(loaded.banks).length === 0 && (
        <p>The file holds nothing a bank keeps. Clock, switches and faults are as it says.</p>
      )}
      <Facts
        facts={Object.entries(loaded.banks).map(([bank, count]) => [
          bankName(bank),
          `${count} ${count === 1 ? 'thing' : 'things'}`,
        ])}
      />
      {loaded.leftOut.length > 0 && (
        <ul aria-label="Left out" className="flex list-disc flex-col gap-1 pl-5 text-muted">
          {loaded.leftOut.map((sentence) => (
            <li key={sentence} className="wrap-anywhere">
              {sentence}
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button kind="primary" data-first-focus onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  )
}

function Question({
  tenant,
  file,
  onClose,
  onDone,
}: {
  readonly tenant: string
  readonly file: SavedFile
  readonly onClose: () => void
  readonly onDone: (loaded: SnapshotLoaded) => void
}) {
  const first = useFirstFocus<HTMLDivElement>()
  const load = useAction(async () => onDone(await api.sandbox.load({ tenant, snapshot: file.snapshot })))
  return (
    <div ref={first} className="flex flex-col gap-3">
      <Facts
        facts={[
          ['File', file.name],
          ['Saved', file.savedAt === null ? 'it does not say when' : localMoment(file.savedAt)],
          [
            'From tenant',
            <span key="tenant" className="font-mono text-sm">
              {file.tenant ?? 'not said'}
            </span>,
          ],
          ['Banks', file.banks.map(bankName).join(', ') || 'none'],
          ['Faults in it', String(file.faults)],
        ]}
      />
      <p>
        It takes the place of all that <span className="font-mono text-sm">{tenant}</span> has at these banks, with
        clock, switches and faults. Times are moved, so that what was fresh when it was saved is fresh again. Customers
        have to log in again.
      </p>
      <FaultNotice fault={load.fault} title="Nothing was loaded" />
      <div className="flex gap-2">
        <Button kind="danger" busy={load.busy} onClick={() => void load.run()}>
          {load.busy ? 'Loading …' : 'Replace the state'}
        </Button>
        <Button data-first-focus onClick={onClose}>
          Keep what there is
        </Button>
      </div>
    </div>
  )
}

export function LoadDialog({
  tenant,
  file,
  onClose,
  onLoaded,
}: {
  readonly tenant: string
  readonly file: SavedFile
  readonly onClose: () => void
  readonly onLoaded: () => void
}) {
  const [loaded, setLoaded] = useState<SnapshotLoaded | null>(null)
  const done = (result: SnapshotLoaded) => {
    setLoaded(result)
    onLoaded()
  }
  return (
    <Dialog title={loaded === null ? 'Load a saved state?' : 'The state is loaded'} onClose={onClose}>
      {loaded === null ? (
        <Question tenant={tenant} file={file} onClose={onClose} onDone={done} />
      ) : (
        <Loaded loaded={loaded} onClose={onClose} />
      )}
    </Dialog>
  )
}
