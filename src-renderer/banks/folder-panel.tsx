/** A bank's folder: its files to take along, the checks it has to pass, and removing it where it is the user's own. */
import { useState } from 'react'
import type { BankView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { CheckPanel } from './check-panel.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { canSaveFolders, saveFile, saveFolder, type TextFile } from './save-files.ts'

const kilobytes = (text: string): string => `${Math.max(1, Math.round(new Blob([text]).size / 1000))} kB`

function FileList({ files }: { readonly files: readonly TextFile[] }) {
  return (
    <ul aria-label="Files" className="max-w-xl rounded-md border border-line">
      {files.map((file) => (
        <li key={file.path} className="flex h-8 items-center gap-2 border-b border-line px-2 last:border-b-0">
          <span className="min-w-0 flex-1 truncate font-mono text-sm">{file.path}</span>
          <span className="text-muted">{kilobytes(file.text)}</span>
          <Button kind="quiet" aria-label={`Save ${file.path}`} onClick={() => saveFile(file)}>
            Save
          </Button>
        </li>
      ))}
    </ul>
  )
}

function ExportPart({ bank }: { readonly bank: BankView }) {
  const [files, setFiles] = useState<readonly TextFile[] | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const load = useAction(async () => setFiles((await api.banks.exportFolder({ bank: bank.id })).files))
  const toFolder = async (all: readonly TextFile[]) => {
    setRefused(null)
    try {
      if (await saveFolder(bank.id, all)) notify('good', `The folder ${bank.id} is saved`)
    } catch (error) {
      setRefused((error as Error).message)
    }
  }
  return (
    <DetailSection title="Export">
      <p className="max-w-prose text-muted">
        The files as they are. What you set for environments is not in them: it is kept beside the banks.
      </p>
      <div className="flex gap-2">
        <Button busy={load.busy} onClick={() => void load.run()}>
          {files === null ? 'Show the files' : 'Read them again'}
        </Button>
        {files !== null && canSaveFolders() && <Button onClick={() => void toFolder(files)}>Save folder …</Button>}
      </div>
      <FaultNotice fault={load.fault} title="The folder cannot be read" />
      {refused !== null && (
        <Notice tone="bad" title="The folder could not be saved">
          {refused} Save the files one by one.
        </Notice>
      )}
      {files !== null && <FileList files={files} />}
    </DetailSection>
  )
}

export function FolderPanel({ bank }: { readonly bank: BankView }) {
  const [removing, setRemoving] = useState(false)
  return (
    <div className="flex flex-col gap-4 p-4">
      <ExportPart bank={bank} />
      <CheckPanel bank={bank.id} />
      {bank.source === 'user' ? (
        <DetailSection title="Remove">
          <p className="max-w-prose text-muted">
            Takes the bank and its folder off this machine. Export it first to keep it.
          </p>
          <Button kind="danger" className="w-fit" onClick={() => setRemoving(true)}>
            Remove …
          </Button>
        </DetailSection>
      ) : (
        <p className="max-w-prose text-muted">
          A bank of the product is not changed or removed. What is different at yours is set under Environments.
        </p>
      )}
      {removing && <RemoveDialog bank={bank} onClose={() => setRemoving(false)} />}
    </div>
  )
}
