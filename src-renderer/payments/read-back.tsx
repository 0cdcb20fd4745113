/** What was asked beside what the bank has: what it stripped, changed and put in is marked. */
import { useMemo } from 'react'
import type { Exchange } from '#shared/contract/exchange.ts'
import { api } from '../api.ts'
import { documentOf } from '../forms/body-editor.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { type ChangedField, changedFields } from './changed-fields.ts'

const marks: Readonly<Record<ChangedField['mark'], { readonly word: string; readonly tone: Tone }>> = {
  stripped: { word: 'stripped', tone: 'caution' },
  changed: { word: 'changed', tone: 'caution' },
  added: { word: 'put in', tone: 'accent' },
  same: { word: 'as asked', tone: 'neutral' },
}

const text = (value: string | null) =>
  value === null ? (
    <span className="text-muted">nothing</span>
  ) : (
    <span className="font-mono text-sm" title={value}>
      {value}
    </span>
  )

/** @param creation id of the exchange that created it */
export function ReadBack({ creation, answer }: { readonly creation: string; readonly answer: Exchange }) {
  const asked = useLoaded(creation, async (id) => (await api.history.show({ id })).request.body)
  const rows = useMemo(() => {
    const before = documentOf(asked.value ?? '')
    const after = documentOf(answer.response?.body ?? '')
    return before === null || after === null ? [] : changedFields(before, after)
  }, [asked.value, answer])
  if (asked.value === null)
    return asked.fault === null ? null : (
      <p className="text-muted">History no longer has what was asked, so nothing can be compared.</p>
    )
  const count = (mark: ChangedField['mark']) => rows.filter((row) => row.mark === mark).length
  return (
    <DetailSection title="Asked and answered">
      <p role="status" className="text-muted">
        {count('stripped')} stripped, {count('changed')} changed, {count('added')} put in by the bank.
      </p>
      <DataTable
        label="Asked and answered"
        rows={rows}
        keyOf={({ place }) => place}
        columns={[
          { id: 'place', head: 'Field', cell: ({ place }) => <span title={place}>{place.slice(1)}</span> },
          { id: 'asked', head: 'Asked', width: 'w-[26%]', cell: (row) => text(row.asked) },
          { id: 'answered', head: 'The bank has', width: 'w-[26%]', cell: (row) => text(row.answered) },
          {
            id: 'mark',
            head: 'Mark',
            width: 'w-24',
            cell: ({ mark }) => <Badge tone={marks[mark].tone}>{marks[mark].word}</Badge>,
          },
        ]}
      />
    </DetailSection>
  )
}
