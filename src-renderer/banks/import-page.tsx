/** Adds a bank from an OpenAPI document or a bank folder: choose, look at what comes of it, answer, import. */
import type { BankView } from '#shared/contract/banks.ts'
import type { Fault } from '#shared/fault.ts'
import { choose, useApp } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { useNow } from '../ui/use-now.ts'
import { cancelImport, importBank, previewAgain, startOver, useBankImport } from './bank-import.ts'
import { changeBanksView } from './banks-view.ts'
import { ImportAnswersForm } from './import-answers.tsx'
import { ImportPreviewParts } from './import-preview.tsx'
import { ImportSources } from './import-sources.tsx'

function Running({ what, since }: { readonly what: string; readonly since: number }) {
  const seconds = Math.max(0, Math.floor((useNow() - since) / 1000))
  return (
    <div role="status" className="flex items-center gap-3 rounded-md border border-line px-3 py-2">
      <span
        aria-hidden="true"
        className="size-3 animate-spin rounded-full border-2 border-line-strong border-t-transparent"
      />
      <span className="flex-1">
        {what} … <span className="text-muted">{seconds > 0 ? `${seconds} s` : ''}</span>
      </span>
      <Button onClick={cancelImport}>Cancel</Button>
    </div>
  )
}

function missingFiles(fault: Fault | null): readonly string[] {
  const missing = fault?.details.missing
  return Array.isArray(missing) ? missing.filter((path): path is string => typeof path === 'string') : []
}

function Refused({ fault }: { readonly fault: Fault | null }) {
  const missing = missingFiles(fault)
  return (
    <>
      <FaultNotice
        fault={fault}
        title="It cannot be imported"
        action={fault !== null && fault.code !== 'IMPORT_REFUSED' && <Button onClick={previewAgain}>Try again</Button>}
      />
      {missing.length > 0 && (
        <div>
          <p>The document refers to these. Add them, or the folder they are in:</p>
          <ul aria-label="Missing files" className="list-disc pl-5 font-mono text-sm">
            {missing.slice(0, 50).map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

async function importAndShow(): Promise<void> {
  const bank = await importBank()
  if (bank === null) return
  notify('good', `${bank.name} was added`, 'Fill in where its hosts are, then call it.')
  const environment = bank.environments.find(({ kind }) => kind !== 'local-sandbox') ?? bank.environments[0]
  // Somebody who went on to another view keeps the bank they work with there.
  if (useApp.getState().view === 'banks')
    choose({ bank: bank.id, ...(environment === undefined ? {} : { environment: environment.id }) })
  changeBanksView({ bank: bank.id, environment: environment?.id ?? null, tab: 'environments', adding: false })
}

export function ImportPage({ banks }: { readonly banks: readonly BankView[] }) {
  const { preview, running, since, cancelled, fault, problem, files } = useBankImport()
  const step = running ?? (preview === null ? 'choose' : 'answer')
  const root = useFocusFollows<HTMLDivElement>(step, '[data-next-focus]')
  return (
    <div ref={root} className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
      <div className="flex items-center gap-2">
        <h2 className="text-lg">Add a bank</h2>
        <div className="flex-1" />
        {files.length > 0 && (
          <Button kind="quiet" onClick={startOver}>
            Start over
          </Button>
        )}
        <Button
          onClick={() => {
            startOver()
            changeBanksView({ adding: false })
          }}
        >
          Close
        </Button>
      </div>
      <ImportSources />
      {problem !== null && (
        <Notice tone="bad" title="Nothing was taken">
          {problem}
        </Notice>
      )}
      {running === 'preview' && <Running what="Reading the document" since={since} />}
      {cancelled && running === null && (
        <Notice
          title="Cancelled. Nothing was imported."
          action={preview === null && files.length > 0 && <Button onClick={previewAgain}>Read it again</Button>}
        />
      )}
      {preview === null && <Refused fault={fault} />}
      {preview !== null && (
        <>
          <ImportAnswersForm preview={preview} banks={banks} onImport={() => void importAndShow()} />
          {running === 'import' && <Running what="Importing" since={since} />}
          <ImportPreviewParts preview={preview} />
        </>
      )}
    </div>
  )
}
