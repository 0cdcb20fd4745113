/** What can be done with all a tenant has: saved as a file, replaced by a saved one, forgotten. */
import { useRef, useState } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { localDate } from '../ui/local-time.ts'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { LoadDialog } from './load-dialog.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { saveText } from './save-text.ts'
import { readSavedState, type SavedFile } from './saved-file.ts'

function useSave(tenant: string) {
  return useAction(async () => {
    try {
      const snapshot = await api.sandbox.snapshot({ tenant })
      const name = `sandbox-state-${tenant}-${localDate(snapshot.savedAt)}.json`
      saveText(name, `${JSON.stringify(snapshot, null, 2)}\n`, 'application/json')
      notify('good', 'The state is saved', `${name} loads into any tenant. It holds no token and no registration.`)
    } catch (fault) {
      notify('bad', 'The state was not saved', (fault as Error).message)
    }
  })
}

export function StateActions({
  tenant,
  sandbox,
  bank,
  onChanged,
}: {
  readonly tenant: string
  readonly sandbox: SandboxReady
  /** The bank that is looked at; empty: all. */
  readonly bank: string
  readonly onChanged: () => void
}) {
  const save = useSave(tenant)
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<SavedFile | null>(null)
  const [resetting, setResetting] = useState(false)
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    const read = await readSavedState(chosen)
    if ('problem' in read) notify('bad', `${chosen.name} is no saved state`, read.problem)
    else setFile(read)
  }
  return (
    <>
      <Button busy={save.busy} title="As a file that loads into any tenant" onClick={() => void save.run()}>
        Save
      </Button>
      <Button title="A file that was saved" onClick={() => input.current?.click()}>
        Load …
      </Button>
      <Button kind="danger" onClick={() => setResetting(true)}>
        Reset …
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Saved state"
        accept=".json,application/json"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]).finally(() => {
            currentTarget.value = ''
          })
        }}
      />
      {file !== null && <LoadDialog tenant={tenant} file={file} onClose={() => setFile(null)} onLoaded={onChanged} />}
      {resetting && (
        <ResetDialog
          tenant={tenant}
          sandbox={sandbox}
          bank={bank}
          onClose={() => setResetting(false)}
          onReset={onChanged}
        />
      )}
    </>
  )
}
