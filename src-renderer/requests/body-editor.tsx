/** The body as text: an editor for JSON once it is loaded, a plain field until then and for everything else. */
import { lazy, Suspense } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { Fault } from '#shared/fault.ts'
import { byteLength, byteSize } from '../exchange/measures.ts'
import { Button } from '../ui/button.tsx'
import { edit, type OpenDraft } from './open-drafts.ts'

const JsonEditor = lazy(async () => ({ default: (await import('./json-editor.tsx')).JsonEditor }))

/** Characters up to which the editor colours and checks a body; a longer one is edited as plain text. */
const editorUpTo = 1_000_000

function PlainField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <textarea
      aria-label="Body"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="min-h-24 flex-1 resize-none bg-surface px-3 py-2 font-mono text-sm leading-5 -outline-offset-2"
    />
  )
}

interface Problem {
  readonly pointer: string
  readonly message: string
}

/** What the schema says, place by place. A syntax error is one sentence, and stands in the line below. */
function Problems({ fault }: { readonly fault: Fault | null }) {
  if (fault === null || fault.code !== 'BODY_INVALID') return null
  const problems = (fault.details.problems ?? []) as readonly Problem[]
  if (problems.length === 0) return null
  return (
    <ul
      aria-label="Problems of the body"
      aria-live="polite"
      className="max-h-24 shrink-0 overflow-y-auto border-t border-line px-3 py-1 text-sm text-bad"
    >
      {problems.map(({ pointer, message }) => (
        <li key={`${pointer} ${message}`}>
          <span className="font-mono">{pointer || 'the body'}</span> {message}
        </li>
      ))}
    </ul>
  )
}

export function BodyEditor({
  draft,
  detail,
  fault,
}: {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  /** What the last preflight refused. */
  readonly fault: Fault | null
}) {
  const { body } = detail
  const change = (text: string) => edit(draft.id, { body: text })
  if (body === null && draft.body === '') return <p className="p-3 text-muted">{detail.method} here takes no body.</p>
  const json = /json/i.test(body?.contentType ?? '') && draft.body.length <= editorUpTo
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line px-3 text-sm text-muted">
        <span className="truncate">
          {body === null
            ? 'The operation takes no body'
            : `${body.contentType} · ${body.required ? 'required' : 'optional'}`}
          {draft.body !== '' && ` · ${byteSize(byteLength(draft.body))}`}
        </span>
        <span className="flex-1" />
        {body?.example != null && (
          <Button disabled={draft.body === body.example} onClick={() => change(body.example ?? '')}>
            Fill with example
          </Button>
        )}
        <Button kind="quiet" disabled={draft.body === ''} onClick={() => change('')}>
          Clear
        </Button>
      </div>
      {json ? (
        <Suspense fallback={<PlainField value={draft.body} onChange={change} />}>
          <JsonEditor key={draft.id} value={draft.body} onChange={change} schema={body?.schema ?? {}} />
        </Suspense>
      ) : (
        <PlainField value={draft.body} onChange={change} />
      )}
      <Problems fault={fault} />
    </div>
  )
}
