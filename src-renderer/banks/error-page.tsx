/** One error row in full: the bank's own words, why it comes, what helps, where it comes from. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { Prose } from '../ui/prose.tsx'
import { ErrorCauses } from './error-causes.tsx'
import { ErrorKin } from './error-kin.tsx'
import { ErrorOccurrences } from './error-occurrences.tsx'
import { ErrorOperations } from './error-operations.tsx'
import { ErrorReproduction } from './error-reproduction.tsx'

/** What the bank wrote, to the letter; null where its document has nothing. */
function Verbatim({ text }: { readonly text: string | null }) {
  if (text === null) return <span className="text-muted">not in the document</span>
  return text === '' ? <span className="text-muted">empty</span> : <span className="font-mono text-sm">{text}</span>
}

const sourceWords: Readonly<Record<string, string>> = {
  'berlin-group': "The status is in the bank's document; the code is the Berlin Group's for it.",
  inferred: "The code is in the bank's document; the status is inferred from it.",
}

export function ErrorPage({ row, bankName }: { readonly row: ErrorView; readonly bankName: (id: string) => string }) {
  const { source, duplicateOf } = row
  return (
    <article aria-label={`${row.http} ${row.code ?? row.title ?? row.id}`} className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <HttpStatus status={row.http} />
        <h2 className="text-lg wrap-anywhere">{row.code ?? row.title ?? row.id}</h2>
        <Badge>{bankName(row.bank)}</Badge>
        <Badge title={row.area}>{row.area}</Badge>
        {source !== null && (
          <Badge tone="caution" title={sourceWords[source] ?? source}>
            assumed
          </Badge>
        )}
      </div>
      <DetailSection title="As the bank writes it" action={<CopyButton text={row.id} label="Copy row id" />}>
        <Facts
          facts={[
            ['Status', <span key="status" className="font-mono text-sm">{`${row.http}`}</span>],
            ['Code', <Verbatim key="code" text={row.code} />],
            ['Title', <Verbatim key="title" text={row.title} />],
            ['Detail', <Verbatim key="detail" text={row.detail} />],
            ...(source === null ? [] : [['Source', sourceWords[source] ?? source] as const]),
            ...(duplicateOf === null ? [] : [['Printed twice', `the same row as ${duplicateOf}`] as const]),
          ]}
        />
        {row.note !== null && (
          <div className="text-sm text-muted">
            <Prose text={row.note} />
          </div>
        )}
      </DetailSection>
      {row.meaning !== null && (
        <DetailSection title="Meaning">
          <Prose text={row.meaning} />
        </DetailSection>
      )}
      <DetailSection title="Causes">
        <ErrorCauses causes={row.causes} />
      </DetailSection>
      <DetailSection title="Fix">
        <Prose text={row.fix} />
      </DetailSection>
      <ErrorReproduction row={row} />
      <ErrorOccurrences row={row} />
      <ErrorOperations row={row} />
      <ErrorKin row={row} bankName={bankName} />
    </article>
  )
}
