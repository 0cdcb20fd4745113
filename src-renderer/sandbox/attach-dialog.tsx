/** Uses another machine's sandbox: its address, the token of one tenant, and the CA of its server certificates. */
import { type SyntheticEvent, useRef, useState } from 'react'
import { api } from '../api.ts'
import { banks, sandboxStatus } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { fieldProblem, otherThanFields } from '../ui/field-problem.ts'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { formText } from './form-text.ts'

interface CaFile {
  readonly name: string
  readonly pem: string
  readonly problem: string | null
}

/** Bytes: more than any CA has. */
const largest = 100_000

async function readCa(file: File): Promise<CaFile> {
  const text = file.size > largest ? '' : await file.text().catch(() => null)
  const { name } = file
  if (text === null) return { name, pem: '', problem: `${name} could not be read. Check its permissions.` }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return { name, pem: text, problem: null }
  return {
    name,
    pem: '',
    problem: `${name} holds no certificate in PEM. Its keeper saves one under Banks → CA to trust.`,
  }
}

function CaField({
  file,
  problem,
  onChoose,
}: {
  readonly file: CaFile | null
  readonly problem: string | null
  readonly onChoose: (file: CaFile) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    onChoose(await readCa(chosen))
  }
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <Button onClick={() => input.current?.click()}>Choose the CA file …</Button>
        <span className="min-w-0 flex-1 truncate text-muted">{file?.name ?? 'PEM, as its keeper saved it'}</span>
      </div>
      {(file?.problem ?? problem) !== null && (
        <div role="alert" className="text-sm text-bad">
          {file?.problem ?? problem}
        </div>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label="CA file"
        accept=".pem,.crt,.cer"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]).finally(() => {
            currentTarget.value = ''
          })
        }}
      />
    </div>
  )
}

export function AttachDialog({ onClose }: { readonly onClose: () => void }) {
  const first = useFirstFocus<HTMLFormElement>()
  const [file, setFile] = useState<CaFile | null>(null)
  const attach = useAction(async (control: string, token: string) => {
    const { tenant, banks: served } = await api.sandbox.attach({ control, token, ca: file?.pem ?? '' })
    const whom = tenant === null ? 'every tenant' : tenant
    notify('good', `Attached to ${control}`, `The token steers ${whom}, at ${served.length} banks.`)
    onClose()
    await Promise.all([sandboxStatus.refresh(), banks.refresh()])
  })
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    void attach.run(formText(data, 'control'), formText(data, 'token'))
  }
  const ready = file !== null && file.problem === null
  return (
    <Dialog title="Attach to another machine’s sandbox" onClose={onClose}>
      <form ref={first} className="flex flex-col gap-3" onSubmit={submit}>
        <p className="text-muted">Its keeper hands out all three: address, token and CA file.</p>
        <TextField
          label="Address"
          name="control"
          required
          data-first-focus
          className="font-mono"
          placeholder="https://workshop.example:24310"
          problem={fieldProblem(attach.fault, 'control')}
        />
        <TextField label="Token" name="token" type="password" required problem={fieldProblem(attach.fault, 'token')} />
        <CaField file={file} problem={fieldProblem(attach.fault, 'ca')} onChoose={setFile} />
        <FaultNotice fault={otherThanFields(attach.fault, ['control', 'token', 'ca'])} title="Not attached" />
        <div className="flex items-center gap-2">
          <Button kind="primary" type="submit" busy={attach.busy} disabled={!ready}>
            {attach.busy ? 'Attaching …' : 'Attach'}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          {file === null && <span className="text-muted">The CA file is still missing.</span>}
        </div>
      </form>
    </Dialog>
  )
}
