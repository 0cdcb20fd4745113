/** What was recognised in a report: the calls in it, bank and operation, why it failed, and the draft that can be made of it. */
import type { OpenedReport } from '#shared/contract/reports.ts'
import { ExplanationPanel } from '../exchange/explanation-panel.tsx'
import { MethodName } from '../exchange/method-name.tsx'
import { Section } from '../ui/section.tsx'
import { DraftOfReport } from './draft-of-report.tsx'
import { ReportCalls } from './report-calls.tsx'
import { ReportMessages } from './report-messages.tsx'
import { ReportPlace } from './report-place.tsx'
import { reportedExchange } from './reported-exchange.ts'

const forms: Readonly<Record<OpenedReport['form'], string>> = {
  har: 'HAR file',
  'tpp-call': 'Document of tpp call',
  'curl-verbose': 'Output of curl -v',
  curl: 'cURL command',
  http: 'Raw HTTP request',
}

function Recognised({ opened }: { readonly opened: OpenedReport }) {
  const { form, request, response, remarks } = opened
  return (
    <Section title={forms[form]}>
      <p className="flex items-baseline gap-2">
        <MethodName method={request.method} narrow />
        <span className="min-w-0 font-mono text-sm wrap-anywhere">{request.url}</span>
      </p>
      <p className="text-muted">
        {response === null ? 'The report has no answer.' : `Answered with ${response.status}.`}
      </p>
      {remarks.length > 0 && (
        <ul aria-label="Remarks" className="list-disc pl-5">
          {remarks.map(({ id, message }) => (
            <li key={`${id} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export function OpenedReportParts({ opened, busy }: { readonly opened: OpenedReport; readonly busy: boolean }) {
  const exchange = reportedExchange(opened)
  return (
    <div aria-busy={busy} className="grid items-start gap-4 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <Recognised opened={opened} />
        {opened.entries.length > 1 && <ReportCalls opened={opened} />}
        <ReportPlace opened={opened} />
        {exchange !== null && (
          <Section title="Explanation" flush>
            <ExplanationPanel exchange={exchange} />
          </Section>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <DraftOfReport opened={opened} busy={busy} />
        <ReportMessages opened={opened} />
      </div>
    </div>
  )
}
