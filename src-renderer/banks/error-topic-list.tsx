/** The table across banks with the chosen answer in full beside it. */
import { useMemo } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { ErrorPage } from './error-page.tsx'
import { topicRows } from './error-topics.ts'
import { changeErrorsView } from './errors-view.ts'
import { TopicTable } from './topic-table.tsx'

export function ErrorTopicList({
  rows,
  chosen,
  bankName,
}: {
  readonly rows: readonly ErrorView[]
  readonly chosen: ErrorView
  readonly bankName: (id: string) => string
}) {
  const topics = useMemo(() => topicRows(rows), [rows])
  const { bank: atHand } = useApp()
  const columns = useMemo(() => {
    const ids = [...new Set(rows.map(({ bank }) => bank))]
    // The bank at hand is what the others are compared with.
    ids.sort((a, b) => Number(b === atHand) - Number(a === atHand))
    return ids.map((id) => [id, bankName(id)] as const)
  }, [rows, bankName, atHand])
  return (
    <ListAndDetail
      label="Error row"
      wide
      list={
        <TopicTable
          topics={topics}
          banks={columns}
          selected={chosen}
          onChoose={(answers) => {
            // Staying within one cell keeps what was chosen of its rows.
            if (!answers.some(({ id }) => id === chosen.id)) changeErrorsView({ selected: answers[0]!.id })
          }}
        />
      }
      detail={<ErrorPage key={chosen.id} row={chosen} bankName={bankName} />}
    />
  )
}
