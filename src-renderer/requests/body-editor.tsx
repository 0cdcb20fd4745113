/** The body: JSON in an editor, a form as a table of its fields, anything else as plain text. */
import { lazy, type RefObject, Suspense, useLayoutEffect, useRef, useState } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { byteSize } from '../exchange/measures.ts'
import { Button } from '../ui/button.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { BodyProblems } from './body-problems.tsx'
import { fillBody, useUndoFilling } from './fill-examples.ts'
import { fieldsOf, formParameters, formText } from './form-fields.ts'
import { edit, type OpenDraft } from './open-drafts.ts'
import { ParameterTable } from './parameter-table.tsx'
import { useByteSize } from './use-byte-size.ts'
import type { Preflight } from './use-preflight.ts'

const JsonEditor = lazy(async () => ({ default: (await import('./json-editor.tsx')).JsonEditor }))

/** Characters up to which the editor colours and checks a body; a longer one is edited as plain text. */
const editorUpTo = 1_000_000

interface BodyProps {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  readonly preflight: Preflight
}

function PlainField({
  value,
  onChange,
  leftFocused,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Set when the field goes away while a person types in it: the editor that takes its place takes the focus too. */
  readonly leftFocused?: RefObject<boolean>
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = field.current
    return () => {
      if (leftFocused !== undefined) leftFocused.current = document.activeElement === element
    }
  }, [leftFocused])
  return (
    <textarea
      ref={field}
      aria-label="Body"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="min-h-24 flex-1 resize-none bg-surface px-3 py-2 font-mono text-sm leading-5 -outline-offset-2"
    />
  )
}

/** The engine's problems by field: a form's pointers are one name deep. */
const byField = ({ body }: Preflight): Record<string, string> =>
  Object.fromEntries(body.map(({ pointer, message }) => [pointer.slice(1), message]))

function FormTable({
  draft,
  detail,
  preflight,
  fields,
}: BodyProps & { readonly fields: Readonly<Record<string, string>> }) {
  return (
    <ScrollArea label="Form" className="min-h-0 flex-1">
      <ParameterTable
        label="Form fields"
        noun="fields"
        detail={{ ...detail, signed: false }}
        parameters={formParameters(detail.body?.schema ?? {}, Object.keys(fields))}
        values={fields}
        problems={byField(preflight)}
        onChange={(name, value) => edit(draft.id, { body: formText({ ...fields, [name]: value }) })}
      />
    </ScrollArea>
  )
}

function describe({ body }: OperationDetail, bytes: number): string {
  const what =
    body === null ? 'The operation takes no body' : `${body.contentType} · ${body.required ? 'required' : 'optional'}`
  return bytes === 0 ? what : `${what} · ${byteSize(bytes)}`
}

const isForm = ({ body }: OperationDetail): boolean => /x-www-form-urlencoded/i.test(body?.contentType ?? '')
const isJson = ({ body }: OperationDetail, text: string): boolean =>
  /json/i.test(body?.contentType ?? '') && text.length <= editorUpTo

function Toolbar({
  draft,
  detail,
  asText,
  onAsText,
}: {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  readonly asText: boolean
  /** null where there is no other way to show it. */
  readonly onAsText: ((asText: boolean) => void) | null
}) {
  const undo = useUndoFilling(draft)
  const example = detail.body?.example ?? null
  const description = describe(detail, useByteSize(draft.body))
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3 text-sm text-muted">
      <span className="min-w-0 truncate" title={description}>
        {description}
      </span>
      {isJson(detail, draft.body) && (
        <span className="shrink-0 truncate max-xl:hidden">
          · <kbd className="font-sans">Ctrl Space</kbd> completes · <kbd className="font-sans">Ctrl ⇧ Space</kbd>{' '}
          explains · <kbd className="font-sans">F8</kbd> next problem
        </span>
      )}
      <span className="flex-1" />
      {onAsText !== null && (
        <Button kind="quiet" aria-pressed={asText} onClick={() => onAsText(!asText)}>
          {asText ? 'As fields' : 'As text'}
        </Button>
      )}
      {undo !== null && <Button onClick={undo}>Undo</Button>}
      {example !== null && (
        <Button disabled={draft.body === example} onClick={() => fillBody(draft, example)}>
          Fill with example
        </Button>
      )}
      <Button kind="quiet" disabled={draft.body === ''} onClick={() => fillBody(draft, '')}>
        Clear
      </Button>
    </div>
  )
}

export function BodyEditor(props: BodyProps) {
  const { draft, detail, preflight } = props
  const [asText, setAsText] = useState(false)
  const [sought, setSought] = useState<{ readonly pointer: string } | null>(null)
  const leftFocused = useRef(false)
  const change = (body: string) => edit(draft.id, { body })
  if (detail.body === null && draft.body === '')
    return <p className="p-3 text-muted">{detail.method} here takes no body.</p>
  const fields = isForm(detail) ? fieldsOf(draft.body) : null
  const json = isJson(detail, draft.body)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Toolbar draft={draft} detail={detail} asText={asText} onAsText={fields === null ? null : setAsText} />
      {json ? (
        <Suspense fallback={<PlainField value={draft.body} onChange={change} leftFocused={leftFocused} />}>
          <JsonEditor
            key={draft.id}
            value={draft.body}
            onChange={change}
            schema={detail.body?.schema ?? {}}
            problems={preflight.body}
            sought={sought}
            takesFocus={leftFocused}
          />
        </Suspense>
      ) : fields !== null && !asText ? (
        <FormTable {...props} fields={fields} />
      ) : (
        <PlainField value={draft.body} onChange={change} />
      )}
      <BodyProblems problems={preflight.body} onSeek={json ? (pointer) => setSought({ pointer }) : null} />
    </div>
  )
}
