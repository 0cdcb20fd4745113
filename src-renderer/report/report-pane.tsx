/** Report: a call somebody else made, opened, explained, and made into a request of one's own. */
import { ReportSource } from '../exchange/report-source.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { OpenedReportParts } from './opened-report.tsx'
import { closeReport, openReport, useReport } from './report-view.ts'

const hint =
  'A HAR file, a raw HTTP request with or without its answer, a cURL command, the output of curl -v, or a document of tpp call --json. Nothing in it is run or sent, no file it names is read, and nothing of it is kept.'

export function ReportPane() {
  const { source, opened, running, fault } = useReport()
  const step = opened !== null ? 'opened' : 'source'
  const root = useFocusFollows<HTMLDivElement>(step, '[data-next-focus]')
  return (
    <div ref={root} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PaneHead
        title="Report"
        actions={
          source !== null && (
            <Button data-next-focus onClick={closeReport}>
              Open another
            </Button>
          )
        }
      />
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        {opened === null && (
          <ReportSource hint={hint} action={running ? 'Opening …' : 'Open report'} busy={running} onText={openReport} />
        )}
        <FaultNotice fault={fault} title="The report cannot be opened" />
        {opened !== null && <OpenedReportParts opened={opened} busy={running} />}
      </div>
    </div>
  )
}
