/** Takes a report from outside: pasted, dropped or chosen. What was pasted is shown only until it is opened, masked from then on. */
import { useRef, useState } from 'react'
import { mostReportCharacters } from '#shared/contract/reports.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'

/** UTF-8 unless a byte order mark says otherwise; every byte of a line end is kept, which pasting does not do. */
async function readReportFile(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const little = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(little ? 'utf-16le' : 'utf-8').decode(bytes)
}

function FileButton({ busy, onFile }: { readonly busy: boolean; readonly onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button disabled={busy} onClick={() => input.current?.click()}>
        Choose a file …
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Report file"
        accept=".har,.json,.txt,.log,.http,.sh,.cmd,text/*,application/json"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file !== undefined) onFile(file)
          currentTarget.value = ''
        }}
      />
    </>
  )
}

/** Opens the text it is given; what is typed here is kept in no store. */
export function ReportSource({
  hint,
  action,
  busy,
  onText,
}: {
  readonly hint: string
  /** Word of the button. */
  readonly action: string
  readonly busy: boolean
  readonly onText: (text: string, name: string | null) => void
}) {
  const [text, setText] = useState('')
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const take = async (file: File) => {
    setProblem(null)
    if (file.size > 2 * mostReportCharacters) {
      setProblem(`${file.name} is too large. Export only the failing call.`)
      return
    }
    try {
      onText(await readReportFile(file), file.name)
    } catch {
      setProblem(`${file.name} could not be read. Choose it again.`)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way to what the button does
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined && !busy) void take(file)
      }}
      className={`flex flex-col gap-3 rounded-md border border-dashed p-4 ${over ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
    >
      <TextAreaField
        label="Request or report"
        rows={14}
        value={text}
        hint={hint}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || text.trim() === '' || busy) return
          event.preventDefault()
          onText(text, null)
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" busy={busy} disabled={text.trim() === ''} onClick={() => onText(text, null)}>
          {action}
        </Button>
        <FileButton busy={busy} onFile={(file) => void take(file)} />
      </div>
      {problem !== null && <Notice tone="bad" title={problem} />}
    </div>
  )
}
