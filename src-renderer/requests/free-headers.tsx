/** Headers beyond the operation's own: any name and value, with a word on each that the bank's document does not know. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { inputClass } from '../ui/field.tsx'
import { edit, type FreeHeader, type OpenDraft } from './open-drafts.ts'
import { sameHeader } from './same-header.ts'

/** Headers the workbench writes itself and a draft may replace. */
const automatic = ['Authorization', 'Content-Type', 'Accept', 'User-Agent']

interface Remark {
  readonly words: string
  /** The bank's document does not have it, or it goes out in a way nobody means. */
  readonly caution: boolean
}

function remarkOn(header: FreeHeader, draft: OpenDraft, detail: OperationDetail): Remark | null {
  if (header.name.trim() === '') return null
  if (draft.headers.filter(({ name }) => sameHeader(name, header.name)).length > 1)
    return { words: 'twice: the last one is sent', caution: true }
  const known = detail.parameters.find((each) => each.in === 'header' && sameHeader(each.name, header.name))
  if (known !== undefined)
    return (draft.parameters[known.name] ?? '') === ''
      ? { words: 'yours', caution: false }
      : { words: 'sent twice: also set above', caution: true }
  return automatic.some((name) => sameHeader(name, header.name))
    ? { words: 'yours, instead of ours', caution: false }
    : { words: 'not in the bank’s documentation', caution: true }
}

function Row({
  header,
  at,
  remark,
  onChange,
  onRemove,
}: {
  readonly header: FreeHeader
  readonly at: number
  readonly remark: Remark | null
  readonly onChange: (header: FreeHeader) => void
  readonly onRemove: () => void
}) {
  const field = `${inputClass} font-mono text-sm`
  return (
    <div className="flex items-center gap-1 border-b border-line py-1 pr-2 pl-3">
      <input
        aria-label={`Name of header ${at + 1}`}
        placeholder="Name"
        autoComplete="off"
        spellCheck={false}
        value={header.name}
        onChange={(event) => onChange({ ...header, name: event.target.value })}
        className={`${field} max-w-44`}
      />
      <input
        aria-label={`Value of header ${at + 1}`}
        placeholder="Value"
        autoComplete="off"
        spellCheck={false}
        value={header.value}
        onChange={(event) => onChange({ ...header, value: event.target.value })}
        className={`${field} max-w-72`}
      />
      <span className="flex min-w-0 flex-1 px-2 text-sm text-muted">
        {remark !== null && <Badge tone={remark.caution ? 'caution' : 'neutral'}>{remark.words}</Badge>}
      </span>
      <Button kind="quiet" aria-label={`Remove header ${header.name || at + 1}`} onClick={onRemove}>
        Remove
      </Button>
    </div>
  )
}

export function FreeHeaders({ draft, detail }: { readonly draft: OpenDraft; readonly detail: OperationDetail }) {
  const set = (headers: readonly FreeHeader[]) => edit(draft.id, { headers })
  return (
    <section aria-label="Further headers" className="flex flex-col">
      {draft.headers.map((header, at) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end; names are being typed
          key={at}
          header={header}
          at={at}
          remark={remarkOn(header, draft, detail)}
          onChange={(next) => set(draft.headers.map((each, place) => (place === at ? next : each)))}
          onRemove={() => set(draft.headers.filter((_, place) => place !== at))}
        />
      ))}
      <div className="flex items-center gap-3 px-3 py-2">
        <Button onClick={() => set([...draft.headers, { name: '', value: '' }])}>Add header</Button>
        <span className="text-sm text-muted">Values of Authorization and Cookie are not kept across a reload.</span>
      </div>
    </section>
  )
}
