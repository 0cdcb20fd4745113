/** Request and answer of a report as they may be shown: what is secret in them is masked. */
import type { OpenedReport } from '#shared/contract/reports.ts'
import { BodyPanel } from '../exchange/body-panel.tsx'
import { HeaderTable } from '../exchange/header-table.tsx'
import { byteLength } from '../exchange/measures.ts'
import { openSignature } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/section.tsx'
import { useReport } from './report-view.ts'

type Headers = OpenedReport['request']['headers']

const contentType = (headers: Headers): string | null =>
  headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null

function Body({ label, text, size, headers }: { label: string; text: string; size: number; headers: Headers }) {
  return (
    <div className="flex max-h-96 min-h-0 flex-col border-t border-line">
      <BodyPanel label={label} text={text} size={size} contentType={contentType(headers)} />
    </div>
  )
}

/** Only where something in the request is a signature; whether the bank wants one is said over there. */
const isSigned = ({ headers }: OpenedReport['request']): boolean =>
  headers.some(([name]) => /signature/i.test(name)) || headers.some(([name]) => name.toLowerCase() === 'digest')

function TakeApart({ opened: { bank, entry } }: { readonly opened: OpenedReport }) {
  const { source } = useReport()
  if (source === null) return null
  return (
    <Button onClick={() => openSignature({ text: source.text, entry, bank: bank ?? '' })}>
      Take its signature apart
    </Button>
  )
}

export function ReportMessages({ opened }: { readonly opened: OpenedReport }) {
  const { request, response } = opened
  return (
    <>
      <Section
        title="Request"
        trailing={
          <>
            <span className="text-muted">secrets masked</span>
            {isSigned(request) && <TakeApart opened={opened} />}
          </>
        }
        flush
      >
        <HeaderTable caption="Headers" headers={request.headers} />
        {request.body !== null && (
          <Body
            label="Body of the request"
            text={request.body}
            size={byteLength(request.body)}
            headers={request.headers}
          />
        )}
      </Section>
      {response !== null && (
        <Section title="Answer" trailing={<span className="text-muted">{response.status}</span>} flush>
          <HeaderTable caption="Headers" headers={response.headers} />
          <Body label="Body of the answer" text={response.body} size={response.size} headers={response.headers} />
        </Section>
      )}
    </>
  )
}
