/** What other rows say about the same fault: at this bank and at the others. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { allErrors } from '../live-data.ts'
import { openError } from '../open.ts'
import { DetailSection } from '../ui/detail-section.tsx'
import { LinkRow } from '../ui/link-row.tsx'
import { answerText } from './error-topics.ts'

/** Rows shown; the table across banks has them all. */
const most = 12

export function ErrorKin({ row, bankName }: { readonly row: ErrorView; readonly bankName: (id: string) => string }) {
  const { value } = allErrors()()
  const kin = (value ?? []).filter(({ id, topic }) => id !== row.id && topic !== null && topic.id === row.topic?.id)
  if (row.topic === null || kin.length === 0) return null
  return (
    <DetailSection title={`Same fault elsewhere: ${row.topic.title.toLowerCase()}`}>
      <ul className="rounded-md border border-line">
        {kin.slice(0, most).map((each) => (
          <LinkRow key={each.id} name={`Open row ${each.id}`} onOpen={() => openError(each.id)} trailing={each.area}>
            <span className="w-32 shrink-0 truncate">{bankName(each.bank)}</span>
            <span className="truncate font-mono text-sm">{answerText(each)}</span>
          </LinkRow>
        ))}
      </ul>
      {kin.length > most && (
        <p className="text-sm text-muted">and {kin.length - most} more in the table across banks</p>
      )}
    </DetailSection>
  )
}
