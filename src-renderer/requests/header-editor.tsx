/** All headers of a draft: the operation's own, yours beyond them, and what is added on the way out. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/requests.ts'
import { Button } from '../ui/button.tsx'
import { inputClass } from '../ui/field.tsx'
import { edit, type FreeHeader, type OpenDraft } from './open-drafts.ts'
import { ParameterTable } from './parameter-table.tsx'

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Headers the workbench writes itself and a draft may replace. */
const automatic = ['Authorization', 'Content-Type', 'Accept', 'User-Agent']

function remark(header: FreeHeader, draft: OpenDraft, detail: OperationDetail): string {
  if (header.name.trim() === '') return ''
  if (draft.headers.filter(({ name }) => same(name, header.name)).length > 1) return 'twice: the last one is sent'
  const known = detail.parameters.find((each) => each.in === 'header' && same(each.name, header.name))
  if (known !== undefined) return (draft.parameters[known.name] ?? '') === '' ? 'yours' : 'sent twice: also set above'
  return automatic.some((name) => same(name, header.name)) ? 'yours, instead of ours' : 'unknown to the operation'
}

function FreeHeaders({ draft, detail }: { readonly draft: OpenDraft; readonly detail: OperationDetail }) {
  const set = (headers: readonly FreeHeader[]) => edit(draft.id, { headers })
  const change = (at: number, header: FreeHeader) =>
    set(draft.headers.map((each, place) => (place === at ? header : each)))
  return (
    <section aria-label="Further headers" className="flex flex-col">
      {draft.headers.map((header, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end; names are being typed
        <div key={at} className="flex items-center gap-1 border-b border-line py-1 pr-2 pl-3">
          <input
            aria-label={`Name of header ${at + 1}`}
            placeholder="Name"
            autoComplete="off"
            spellCheck={false}
            value={header.name}
            onChange={(event) => change(at, { ...header, name: event.target.value })}
            className={`${inputClass} max-w-44 font-mono text-sm`}
          />
          <input
            aria-label={`Value of header ${at + 1}`}
            placeholder="Value"
            autoComplete="off"
            spellCheck={false}
            value={header.value}
            onChange={(event) => change(at, { ...header, value: event.target.value })}
            className={`${inputClass} max-w-72 font-mono text-sm`}
          />
          <span className="min-w-0 flex-1 truncate px-2 text-sm text-muted">{remark(header, draft, detail)}</span>
          <Button
            kind="quiet"
            aria-label={`Remove header ${header.name || at + 1}`}
            onClick={() => set(draft.headers.filter((_, place) => place !== at))}
          >
            Remove
          </Button>
        </div>
      ))}
      <div className="flex items-center gap-3 px-3 py-2">
        <Button onClick={() => set([...draft.headers, { name: '', value: '' }])}>Add header</Button>
        <span className="text-sm text-muted">Values of Authorization and Cookie are not kept across a reload.</span>
      </div>
    </section>
  )
}

/** What the send path adds by itself, as the last preflight saw it. */
function Added({
  request,
  draft,
  detail,
}: {
  readonly request: Exchange['request'] | null
  readonly draft: OpenDraft
  readonly detail: OperationDetail
}) {
  const rows = (request?.headers ?? []).filter(
    ([name]) =>
      !detail.parameters.some((each) => each.in === 'header' && same(each.name, name)) &&
      !draft.headers.some((each) => same(each.name, name)),
  )
  if (rows.length === 0) return null
  return (
    <table aria-label="Added when sent" className="w-full table-fixed border-collapse border-t border-line">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name} className="h-7 border-b border-line">
            <th scope="row" className="w-40 px-3 text-left font-mono text-sm font-normal">
              {name}
            </th>
            <td className="truncate px-3 font-mono text-sm text-muted">{value}</td>
            <td className="w-40 px-2 text-sm text-muted">
              {same(name, 'Authorization') ? 'from the grant' : 'added when sent'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function HeaderEditor({
  draft,
  detail,
  request,
}: {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  readonly request: Exchange['request'] | null
}) {
  const own = detail.parameters.filter((parameter) => parameter.in === 'header')
  return (
    <>
      {own.length > 0 && (
        <ParameterTable
          label="Headers of the operation"
          parameters={own}
          values={draft.parameters}
          onChange={(name, value) => edit(draft.id, { parameters: { ...draft.parameters, [name]: value } })}
        />
      )}
      <FreeHeaders draft={draft} detail={detail} />
      <Added request={request} draft={draft} detail={detail} />
    </>
  )
}
