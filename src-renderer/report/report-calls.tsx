/** The calls of a report of many; the one that is shown is marked, another one is a key away. */
import type { OpenedReport } from '#shared/contract/reports.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Section } from '../ui/section.tsx'
import { chooseInReport } from './report-view.ts'

/** Rows drawn; the rest is counted. */
const most = 300

export function ReportCalls({ opened: { entries, entry } }: { readonly opened: OpenedReport }) {
  return (
    <Section title="Calls in it" trailing={<span className="text-muted">{entries.length}</span>} flush>
      <div className="max-h-64 overflow-y-auto">
        <DataTable
          label="Calls in the report"
          columns={[
            { id: 'method', head: 'Method', width: 'w-20', cell: ({ method }) => method },
            { id: 'status', head: 'Status', width: 'w-16', cell: ({ status }) => status ?? 'none' },
            {
              id: 'url',
              head: 'URL',
              cell: ({ url }) => (
                <span title={url} className="font-mono text-sm">
                  {url}
                </span>
              ),
            },
          ]}
          rows={entries.slice(0, most)}
          keyOf={({ index }) => String(index)}
          selected={String(entry)}
          onChoose={({ index }) => chooseInReport({ entry: index })}
        />
      </div>
      {entries.length > most && <p className="px-3 py-1 text-sm text-muted">and {entries.length - most} more</p>}
    </Section>
  )
}
