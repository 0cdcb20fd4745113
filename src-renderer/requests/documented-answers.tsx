/** What the bank's document says an operation can be answered with: statuses, and the error rows of each. */
import type { ErrorView, OperationDetail } from '#shared/contract/banks.ts'
import { bankErrors } from '../live-data.ts'
import { openError } from '../open.ts'
import { HttpStatus } from '../ui/http-status.tsx'
import { LinkRow } from '../ui/link-row.tsx'
import { Prose } from '../ui/prose.tsx'

interface Answer {
  readonly status: string
  readonly description: string
  readonly rows: readonly ErrorView[]
}

/** Documented statuses with their rows; a status only the error table has comes too. */
function answersOf({ responses, errors }: OperationDetail, all: readonly ErrorView[]): Answer[] {
  const rows = all.filter(({ id }) => errors.includes(id))
  const documented = responses.map(({ status, description }) => ({
    status,
    description,
    rows: rows.filter(({ http }) => String(http) === status),
  }))
  const others = [...new Set(rows.map(({ http }) => String(http)))].filter(
    (status) => !responses.some((response) => response.status === status),
  )
  const undocumented = others.map((status) => ({
    status,
    description: '',
    rows: rows.filter(({ http }) => String(http) === status),
  }))
  return [...documented, ...undocumented].sort((a, b) => (a.status < b.status ? -1 : 1))
}

function Status({ status }: { readonly status: string }) {
  return /^\d{3}$/.test(status) ? <HttpStatus status={Number(status)} /> : <span className="font-mono">{status}</span>
}

function Row({ row: { id, code, title, detail } }: { readonly row: ErrorView }) {
  const name = code ?? title ?? id
  const more = detail ?? (name === title ? null : title)
  return (
    <LinkRow name={`Error row ${id}`} onOpen={() => openError(id)} trailing={more === null ? undefined : more}>
      <span className="truncate font-mono text-sm">{name}</span>
    </LinkRow>
  )
}

export function DocumentedAnswers({ bank, detail }: { readonly bank: string; readonly detail: OperationDetail }) {
  const answers = answersOf(detail, bankErrors(bank)().value ?? [])
  const count = answers.reduce((sum, { rows }) => sum + rows.length, 0)
  if (answers.length === 0) return <p className="text-muted">The bank’s document names no answers.</p>
  return (
    <details className="border-t border-line pt-2">
      <summary className="h-7 leading-7 font-semibold">
        Documented answers{' '}
        <span className="font-normal text-muted">
          {answers.map(({ status }) => status).join(' ')}
          {count > 0 && ` · ${count} error ${count === 1 ? 'row' : 'rows'}`}
        </span>
      </summary>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] ">
        {answers.map(({ status, description, rows }) => (
          <div key={status} className="contents">
            <dt className="border-t border-line py-1.5 pr-4">
              <Status status={status} />
            </dt>
            <dd className="min-w-0 border-t border-line py-1.5">
              {description !== '' && <Prose text={description} />}
              {rows.length > 0 && (
                <ul aria-label={`Errors with status ${status}`}>
                  {rows.map((row) => (
                    <Row key={row.id} row={row} />
                  ))}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
