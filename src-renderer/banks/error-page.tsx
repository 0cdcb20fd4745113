/** One error row in full: the bank's own words, why it comes, what helps, where it comes from. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { Prose } from '../ui/prose.tsx'
import { ErrorOccurrences } from './error-occurrences.tsx'
import { ErrorOperations } from './error-operations.tsx'

/** What the bank wrote, to the letter; a bank may leave a field empty. */
function Verbatim({ text }: { readonly text: string }) {
  return text === '' ? <span className="text-muted">empty</span> : <span className="font-mono text-sm">{text}</span>
}

export function ErrorPage({ row }: { readonly row: ErrorView }) {
  return (
    <article aria-label={`${row.http} ${row.code}`} className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <HttpStatus status={row.http} />
        <h2 className="text-lg wrap-anywhere">{row.code ?? row.title}</h2>
        <Badge>{row.area}</Badge>
      </div>
      <DetailSection title="As the bank writes it" action={<CopyButton text={row.id} label="Copy row id" />}>
        <Facts
          facts={[
            ['Status', <span key="status" className="font-mono text-sm">{`${row.http}`}</span>],
            ['Code', <Verbatim key="code" text={row.code ?? ''} />],
            ['Title', <Verbatim key="title" text={row.title ?? ''} />],
            ['Detail', <Verbatim key="detail" text={row.detail ?? ''} />],
          ]}
        />
      </DetailSection>
      <DetailSection title="Cause">
        <Prose text={row.cause} />
      </DetailSection>
      <DetailSection title="Fix">
        <Prose text={row.fix} />
      </DetailSection>
      <ErrorOccurrences row={row} />
      <ErrorOperations row={row} />
    </article>
  )
}
