/** All headers of a draft: the operation's own, yours beyond them, and what is added on the way out. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import { isLeftOut } from './departures.ts'
import { DeparturesEditor } from './departures-editor.tsx'
import { FreeHeaders } from './free-headers.tsx'
import { edit, type OpenDraft } from './open-drafts.ts'
import { isMadeBySigning } from './parameter-origin.ts'
import { ParameterTable } from './parameter-table.tsx'
import { sameHeader } from './same-header.ts'
import type { Preflight } from './use-preflight.ts'

interface HeaderProps {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  readonly preflight: Preflight
}

/** Headers of a signature as the schemes name them; the bank's own names are among the operation's headers. */
const ofSignature = /^(digest|date)$|signature|jws/i

function addedBy(name: string, { signed }: OperationDetail): string {
  if (sameHeader(name, 'Authorization')) return 'from the grant'
  return signed && ofSignature.test(name) ? 'by signing' : 'added when sent'
}

/** What the send path adds by itself, as the last preflight saw it. */
function Added({ draft, detail, preflight }: HeaderProps) {
  const rows = (preflight.request?.headers ?? []).filter(
    ([name]) =>
      !detail.parameters.some((each) => each.in === 'header' && sameHeader(each.wireName, name)) &&
      !draft.headers.some((each) => sameHeader(each.name, name)),
  )
  if (rows.length === 0) return null
  return (
    <table aria-label="Added when sent" className="w-full table-fixed border-collapse border-t border-line">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name} className="h-7 border-b border-line">
            <th scope="row" className="w-44 truncate px-3 text-left font-mono text-sm font-normal max-xl:w-36">
              {name}
            </th>
            <td className="truncate px-3 font-mono text-sm text-muted" title={value}>
              {value}
            </td>
            <td className="w-40 px-2 text-sm text-muted">{addedBy(name, detail)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Which headers the signature brings, before a person looks for a place to type them. */
function Signing({ draft, detail, preflight }: HeaderProps) {
  if (!detail.signed) return null
  const declared = detail.parameters.filter((each) => isMadeBySigning(detail, each)).map(({ wireName }) => wireName)
  const sent = (preflight.request?.headers ?? []).map(([name]) => name).filter((name) => ofSignature.test(name))
  const names = [...new Map([...sent, ...declared].map((name) => [name.toLowerCase(), name])).values()].filter(
    (name) => !isLeftOut(draft, name),
  )
  return (
    <p className="border-b border-line px-3 py-1.5 text-sm text-muted">
      Signed when it is sent.{' '}
      {names.length > 0 && (
        <>
          <span className="font-mono text-ink">{names.join(', ')}</span> {names.length === 1 ? 'is' : 'are'} computed by
          signing.
        </>
      )}
    </p>
  )
}

export function HeaderEditor(props: HeaderProps) {
  const { draft, detail, preflight } = props
  const own = detail.parameters.filter((parameter) => parameter.in === 'header')
  return (
    <>
      <Signing {...props} />
      {own.length > 0 && (
        <ParameterTable
          label="Headers of the operation"
          noun="headers"
          detail={detail}
          parameters={own}
          values={draft.parameters}
          problems={preflight.parameters}
          leftOut={draft.omit}
          onChange={(name, value) => edit(draft.id, { parameters: { ...draft.parameters, [name]: value } })}
        />
      )}
      <FreeHeaders draft={draft} detail={detail} />
      <DeparturesEditor {...props} />
      <Added {...props} />
    </>
  )
}
