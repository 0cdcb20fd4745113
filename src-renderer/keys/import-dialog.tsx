/** Brings a certificate and its key in: sent once, kept nowhere in the window. */
import { type SyntheticEvent, useRef, useState } from 'react'
import type { IdentityView } from '#shared/contract/keys.ts'
import { api } from '../api.ts'
import { identities } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { fieldProblem, otherThanFields } from '../ui/field-problem.ts'
import { Notice } from '../ui/notice.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { addPem, missingField, separateKeys, type TakenInput, takeFields } from './import-fields.ts'
import { KeyStoreNotice } from './key-store-notice.tsx'
import { readPemFiles } from './read-pem-files.ts'

const fields = ['name', 'certificates', 'key', 'passphrase'] as const

export function ImportDialog({
  onClose,
  onDone,
}: {
  readonly onClose: () => void
  readonly onDone: (identity: IdentityView) => void
}) {
  const form = useFirstFocus<HTMLFormElement>()
  const files = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState<{ field: string; message: string } | null>(null)
  const [fileProblem, setFileProblem] = useState<string | null>(null)
  const send = useAction(async (input: TakenInput) => {
    const identity = await api.keys.import(input)
    await identities.refresh()
    onDone(identity)
  })
  const forgetProblems = () => {
    setMissing(null)
    setFileProblem(null)
    send.clear()
  }
  const take = async (chosen: FileList | null) => {
    const { text, problem } = await readPemFiles([...(chosen ?? [])])
    forgetProblems()
    setFileProblem(problem)
    if (form.current !== null && text !== '') addPem(form.current, text)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (form.current === null) return
    const first = missingField(form.current)
    setMissing(first)
    if (first === null) void send.run(takeFields(form.current))
  }
  const problemOf = (field: string) =>
    missing?.field === field ? missing.message : missing === null ? fieldProblem(send.fault, field) : null
  return (
    <Dialog title="Import a certificate and its key" onClose={onClose} wide>
      <KeyStoreNotice />
      <form
        ref={form}
        className="flex flex-col gap-3"
        onSubmit={submit}
        onInput={forgetProblems}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          if (event.dataTransfer.files.length === 0) return
          event.preventDefault()
          void take(event.dataTransfer.files)
        }}
      >
        <TextField label="Name" name="name" maxLength={80} data-first-focus problem={problemOf('name')} />
        <TextAreaField
          label="Certificate and chain, PEM"
          name="certificates"
          rows={5}
          placeholder={'-----BEGIN CERTIFICATE-----'}
          onInput={() => form.current !== null && separateKeys(form.current)}
          hint="Paste, or drop files anywhere here. A key pasted along moves to its own field."
          problem={problemOf('certificates')}
        />
        <TextAreaField
          label="Private key, PEM (not shown)"
          name="key"
          rows={3}
          className="[-webkit-text-security:disc]"
          problem={problemOf('key')}
        />
        <TextField
          label="Passphrase of the key, if it is encrypted"
          name="passphrase"
          type="password"
          autoComplete="off"
          problem={problemOf('passphrase')}
        />
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label="Certificate and key files"
          accept=".pem,.crt,.cer,.key,.txt"
          onChange={(event) => {
            const { currentTarget } = event
            void take(currentTarget.files).finally(() => {
              currentTarget.value = ''
            })
          }}
        />
        {fileProblem !== null && <Notice tone="bad" title={fileProblem} />}
        <FaultNotice fault={otherThanFields(send.fault, fields)} title="Nothing was imported" />
        {send.fault !== null && (
          <p className="text-muted">
            Nothing was stored. The fields were emptied when they were sent: paste or drop the files again.
          </p>
        )}
        <div className="flex gap-2">
          <Button kind="primary" type="submit" busy={send.busy}>
            Import
          </Button>
          <Button onClick={() => files.current?.click()}>Choose files …</Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
