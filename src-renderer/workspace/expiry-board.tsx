/** The expiry and quota board: what runs out, when, and what must be done next. */
import { show } from '../app-state.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Section } from '../ui/section.tsx'
import { views } from '../views.tsx'
import { type ExpiryRow, expiryRows } from './expiry.ts'
import type { Standing } from './pipeline.ts'

const viewName = (view: ExpiryRow['view']): string => views.find(({ id }) => id === view)?.name ?? view

const columns: readonly Column<ExpiryRow>[] = [
  { id: 'what', head: 'What', width: 'w-24', cell: ({ what }) => what },
  { id: 'which', head: 'Which', cell: ({ which }) => <span title={which}>{which}</span> },
  { id: 'left', head: 'Left', width: 'w-20', cell: ({ left, tone }) => <Badge tone={tone}>{left}</Badge> },
  { id: 'until', head: 'Until', width: 'w-40 xl:w-48', cell: ({ until }) => <span title={until}>{until}</span> },
  {
    id: 'next',
    head: 'Next',
    width: 'w-52 xl:w-72',
    cell: ({ next }) => (
      <span title={next} className={next === 'Nothing' ? 'text-muted' : ''}>
        {next}
      </span>
    ),
  },
  {
    id: 'view',
    head: 'View',
    width: 'w-28',
    cell: ({ view, what, which }) => (
      <Button
        kind="quiet"
        className="-ml-2.5 h-6 text-accent!"
        onClick={() => show(view)}
        aria-label={`${viewName(view)}: ${what} ${which}`}
      >
        {viewName(view)}
      </Button>
    ),
  },
]

export function ExpiryBoard({ standing }: { readonly standing: Standing }) {
  const rows = expiryRows(standing)
  return (
    <Section title="Expiry and quota" flush>
      <div className="min-w-[50rem]">
        <DataTable label="Expiry and quota" columns={columns} rows={rows} keyOf={({ id }) => id} />
      </div>
    </Section>
  )
}
