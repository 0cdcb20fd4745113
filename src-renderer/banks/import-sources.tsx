/** Where the document comes from: files, a folder, a drop or pasted text, and which file is the one to begin with. */
import { useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'
import { addImportFiles, chooseMain, refuseFiles, useBankImport } from './bank-import.ts'
import { count } from './banks-words.ts'
import {
  chosenFiles,
  droppedFiles,
  mainCandidates,
  type NamedFile,
  pastedFile,
  readImportFiles,
} from './read-import-files.ts'

async function take(chosen: readonly NamedFile[]): Promise<void> {
  const { files, problem } = await readImportFiles(chosen)
  if (problem === null) addImportFiles(files)
  else refuseFiles(problem)
}

async function takeDropped(transfer: DataTransfer): Promise<void> {
  try {
    await take(await droppedFiles(transfer))
  } catch {
    refuseFiles('What was dropped could not be read. Choose the files instead.')
  }
}

function Picker({
  label,
  folder,
  primary = false,
}: {
  readonly label: string
  readonly folder: boolean
  readonly primary?: boolean
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        data-next-focus={primary ? true : undefined}
        kind={primary ? 'primary' : 'plain'}
        onClick={() => input.current?.click()}
      >
        {label} …
      </Button>
      <input
        ref={(element) => {
          input.current = element
          // React does not know the attribute.
          if (folder) element?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        multiple
        hidden
        aria-label={label}
        accept={folder ? undefined : '.yaml,.yml,.json'}
        onChange={({ currentTarget }) => {
          const chosen = chosenFiles(currentTarget.files)
          if (chosen.length > 0)
            void take(chosen).finally(() => {
              currentTarget.value = ''
            })
        }}
      />
    </>
  )
}

function Paste({ onDone }: { readonly onDone: () => void }) {
  const [text, setText] = useState('')
  const use = () => {
    addImportFiles([pastedFile(text)])
    onDone()
  }
  return (
    <div className="flex flex-col gap-2">
      <TextAreaField
        label="OpenAPI document, YAML or JSON"
        rows={8}
        autoFocus
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="flex gap-2">
        <Button kind="primary" disabled={text.trim() === ''} onClick={use}>
          Read it
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

function MainFile() {
  const { files, main, running } = useBankImport()
  const candidates = mainCandidates(files)
  if (main === null) return null
  return (
    <div className="flex flex-wrap items-end gap-3">
      {candidates.length > 1 ? (
        <div className="w-80">
          <SelectField
            label="File to begin with"
            value={main}
            disabled={running === 'import'}
            onChange={({ target }) => chooseMain(target.value)}
          >
            {candidates.map((path) => (
              <option key={path}>{path}</option>
            ))}
          </SelectField>
        </div>
      ) : (
        <p>
          Begins with <span className="font-mono text-sm wrap-anywhere">{main}</span>
        </p>
      )}
      <p className="text-muted">{count(files.length, 'file')} here</p>
    </div>
  )
}

export function ImportSources() {
  const { files, running } = useBankImport()
  const [pasting, setPasting] = useState(false)
  const [over, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way to what the buttons do
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (running !== 'import') void takeDropped(event.dataTransfer)
      }}
      className={`flex flex-col gap-3 rounded-md border border-dashed p-4 ${over ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
    >
      {files.length === 0 && (
        <p className="max-w-prose">
          An OpenAPI 3.0 or 3.1 document, YAML or JSON, with the files it refers to; or the folder of a bank somebody
          exported. Drop it here, choose it or paste it. Nothing is fetched from the network.
        </p>
      )}
      {pasting ? (
        <Paste onDone={() => setPasting(false)} />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Picker
            label={files.length === 0 ? 'Choose files' : 'Add files'}
            folder={false}
            primary={files.length === 0}
          />
          <Picker label={files.length === 0 ? 'Choose a folder' : 'Add a folder'} folder />
          {files.length === 0 && <Button onClick={() => setPasting(true)}>Paste text …</Button>}
        </div>
      )}
      <MainFile />
    </div>
  )
}
