/** Sends a draft otherwise than its operation, on purpose: headers left out, another method, another path; each can be taken back. */
import { type ReactNode, useId, useState } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { inputClass } from '../ui/field.tsx'
import { departuresOf, isLeftOut, methodsFor, omittable, ownPath } from './departures.ts'
import { edit, type OpenDraft } from './open-drafts.ts'
import type { Preflight } from './use-preflight.ts'

interface DeparturesProps {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  readonly preflight: Preflight
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2 border-b border-line py-1 pr-2 pl-3">
      <span className="w-36 shrink-0 text-sm text-muted">{name}</span>
      {children}
    </div>
  )
}

function LeftOut({ draft, name }: { readonly draft: OpenDraft; readonly name: string }) {
  return (
    <Row name="Left out">
      <span className="min-w-0 flex-1 font-mono text-sm wrap-anywhere">{name}</span>
      <Button
        kind="quiet"
        aria-label={`Remove departure ${name}`}
        onClick={() => edit(draft.id, { omit: draft.omit.filter((other) => other !== name) })}
      >
        Remove
      </Button>
    </Row>
  )
}

/** Taken away last, as a proxy would: a signature goes on covering it. */
function LeaveOut({ draft, detail, preflight }: DeparturesProps) {
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  const options = omittable(draft, detail, preflight.request?.headers ?? [])
  const add = () => {
    if (name === '') return
    if (!isLeftOut(draft, name)) edit(draft.id, { omit: [...draft.omit, name] })
    setTyped('')
  }
  return (
    <Row name="Leave out">
      <div className="w-72 max-w-full">
        <Combobox
          label="Header to leave out"
          placeholder="Name of a header"
          value={typed}
          options={options}
          onChange={setTyped}
        />
      </div>
      <Button disabled={name === ''} onClick={add}>
        Leave out
      </Button>
      <span className="text-sm text-muted">Taken away last: a signature goes on covering it.</span>
    </Row>
  )
}

function Method({ draft, detail }: DeparturesProps) {
  const id = useId()
  return (
    <Row name="Method">
      <label htmlFor={id} className="sr-only">
        Method to send
      </label>
      <select
        id={id}
        className={`${inputClass} max-w-72`}
        value={draft.method ?? ''}
        onChange={({ target }) => edit(draft.id, { method: target.value === '' ? null : target.value })}
      >
        <option value="">{detail.method}, as documented</option>
        {methodsFor(draft)
          .filter((method) => method !== detail.method)
          .map((method) => (
            <option key={method}>{method}</option>
          ))}
      </select>
      {draft.method !== null && (
        <Button kind="quiet" aria-label="Remove departure method" onClick={() => edit(draft.id, { method: null })}>
          Remove
        </Button>
      )}
    </Row>
  )
}

function Path({ draft, detail }: DeparturesProps) {
  const problem = useId()
  const { path } = draft
  if (path === null)
    return (
      <Row name="Path">
        <span className="font-mono text-sm wrap-anywhere">{detail.path}</span>
        <Button onClick={() => edit(draft.id, { path: ownPath(detail, draft.parameters) })}>Change path</Button>
      </Row>
    )
  const wrong = !path.startsWith('/')
  return (
    <Row name="Path">
      <input
        aria-label="Path to send"
        aria-invalid={wrong}
        aria-describedby={wrong ? problem : undefined}
        autoComplete="off"
        spellCheck={false}
        value={path}
        onChange={({ target }) => edit(draft.id, { path: target.value })}
        className={`${inputClass} min-w-0 flex-1 font-mono text-sm`}
      />
      <Button kind="quiet" aria-label="Remove departure path" onClick={() => edit(draft.id, { path: null })}>
        Remove
      </Button>
      {wrong && (
        <span id={problem} className="text-sm text-bad">
          A path starts with a slash.
        </span>
      )}
      <span className="w-full text-sm text-muted">
        With its query, below the base URL; the parameters of path and query are not used.
      </span>
    </Row>
  )
}

export function DeparturesEditor(props: DeparturesProps) {
  const { draft } = props
  const count = departuresOf(draft).length
  const [open, setOpen] = useState(count > 0)
  return (
    <section aria-label="Departures" className="border-t border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-8 w-full items-center gap-1 px-3 text-left -outline-offset-2 hover:bg-raised"
      >
        <span aria-hidden="true" className="w-3 text-xs text-muted">
          {open ? '▾' : '▸'}
        </span>
        Departures
        {count > 0 && <Badge tone="caution">{`${count}`}</Badge>}
        <span className="truncate pl-2 text-sm text-muted">
          Sent otherwise than documented, to see what the bank says
        </span>
      </button>
      {open && (
        <div className="border-t border-line">
          {draft.omit.map((name) => (
            <LeftOut key={name} draft={draft} name={name} />
          ))}
          <LeaveOut {...props} />
          <Method {...props} />
          <Path {...props} />
        </div>
      )}
    </section>
  )
}
