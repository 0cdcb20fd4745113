/** One thing a bank keeps: its status, what happened when on the tenant's clock, and what else the bank knows of it. */
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { localMoment } from '../ui/local-time.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { bankName } from './bank-options.ts'
import { kindWord, type StateRow } from './state-rows.ts'

export function StateDetail({ row: { bank, section, item } }: { readonly row: StateRow }) {
  const { id, title, status, times, facts } = item
  const happened = Object.entries(times).sort(([, one], [, other]) => (one < other ? -1 : 1))
  const known = Object.entries(facts)
  return (
    <ScrollArea label={`Details of this ${kindWord(section)}`} className="flex min-h-0 flex-1 flex-col gap-4 p-3">
      <h2 className="wrap-anywhere">{title}</h2>
      <Facts
        facts={[
          ['Bank', bankName(bank)],
          ['Kind', kindWord(section)],
          ['Status', status ?? 'the bank has none for it'],
          [
            section === 'tokens' ? 'Grant' : 'Id',
            <span key="id" className="flex items-start gap-1">
              <span className="min-w-0 flex-1 font-mono text-sm wrap-anywhere">{id}</span>
              <CopyButton text={id} />
            </span>,
          ],
        ]}
      />
      <DetailSection title="What happened when">
        {happened.length === 0 ? (
          <p className="text-muted">No time is kept.</p>
        ) : (
          <Facts facts={happened.map(([name, at]) => [name, localMoment(at)])} />
        )}
        <p className="text-sm text-muted">Times are on this tenant’s clock.</p>
      </DetailSection>
      {known.length > 0 && (
        <DetailSection title="What the bank knows">
          <Facts facts={known} />
        </DetailSection>
      )}
    </ScrollArea>
  )
}
