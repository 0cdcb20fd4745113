/** Two exchanges side by side: the one chosen first on the left, the row that is chosen now on the right. */
import { useMemo } from 'react'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { type Comparison, sectionsOf } from './compare-sections.ts'
import { CompareTable } from './compare-table.tsx'
import { useKeyStoreReady } from './exchange-detail.tsx'
import { changeHistoryView, useHistoryView } from './history-view.ts'

export const closeComparison = (): void => changeHistoryView({ against: null })

function Head({ found, more }: { readonly found: number | null; readonly more: boolean }) {
  const { selected, against, onlyDifferences } = useHistoryView()
  const differences = `${found?.toLocaleString('en')}${more ? ' or more' : ''} ${found === 1 ? 'difference' : 'differences'}`
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <h2 className="text-base">Comparison</h2>
      <span role="status" className="flex-1 text-muted">
        {found === null ? 'Choose the other exchange in the list' : differences}
      </span>
      {found !== null && (
        <>
          <Button
            aria-pressed={onlyDifferences}
            className={onlyDifferences ? 'bg-accent-soft text-accent' : ''}
            onClick={() => changeHistoryView({ onlyDifferences: !onlyDifferences })}
          >
            Only differences
          </Button>
          <Button onClick={() => changeHistoryView({ selected: against, against: selected })}>Swap sides</Button>
        </>
      )}
      <Button onClick={closeComparison}>Close comparison</Button>
    </div>
  )
}

function Compared({ comparison, more }: { readonly comparison: Comparison; readonly more: boolean }) {
  const { onlyDifferences } = useHistoryView()
  const sections = useMemo(() => sectionsOf(comparison), [comparison])
  const found = sections.reduce((sum, { fields }) => sum + fields.filter(({ differs }) => differs).length, 0)
  return (
    <>
      <Head found={found} more={more} />
      <ScrollArea label="Compared exchanges" className="min-h-0 flex-1">
        <CompareTable a={comparison.a} b={comparison.b} sections={sections} onlyDifferences={onlyDifferences} />
        <p className="border-t border-line px-3 py-2 text-sm text-muted">
          Secrets are redacted on both sides, so whether they were the same is not known.
        </p>
      </ScrollArea>
    </>
  )
}

export function ComparePane({ against, selected }: { readonly against: string; readonly selected: string | null }) {
  const ready = useKeyStoreReady()
  const other = selected === null || selected === against ? null : selected
  const { value, fault } = useLoaded(
    other === null ? null : `${against} ${other}`,
    () => api.history.compare({ a: against, b: other! }),
    ready,
  )
  if (other === null)
    return (
      <>
        <Head found={null} more={false} />
        <EmptyState title="Choose the other exchange">
          Arrow keys or a click choose it in the list; both stand here side by side. Escape ends the comparison.
        </EmptyState>
      </>
    )
  if (fault !== null)
    return (
      <>
        <Head found={null} more={false} />
        <div className="p-3">
          <FaultNotice fault={fault} title="These two cannot be compared" />
        </div>
      </>
    )
  if (value === null) return <Loading what="Comparison" />
  return <Compared comparison={value} more={value.more} />
}
