/** The request the signature belongs to: where it went, which of its headers are signed, and its certificate. */
import type { ExplainedSignature } from '#shared/contract/signature-debug.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { VisibleText } from '../exchange/visible-text.tsx'
import { banks } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'

type Line = ExplainedSignature['headers'][number]

function state({ listed, wanted, sent, derived }: Line) {
  if (sent === null) return <Badge tone="bad">not sent</Badge>
  if (listed !== null && !wanted) return <Badge tone="caution">signed, not asked for</Badge>
  if (listed !== null) return <Badge tone="good">{derived ? `${listed} · derived` : `signed ${listed}`}</Badge>
  return wanted ? <Badge tone="bad">not signed</Badge> : <span className="text-sm text-muted">not signed</span>
}

function Headers({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <DetailSection title="Headers against the list">
      <table aria-label="Headers against the list" className="w-full table-fixed border-collapse">
        <colgroup>
          <col className="w-40 max-xl:w-32" />
          <col />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Signed, and the value sent</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name} className="border-t border-line align-top">
              <th scope="row" className="py-1 pr-2 text-left font-mono text-sm font-normal wrap-anywhere">
                {line.name}
              </th>
              <td className="py-1 font-mono text-sm wrap-anywhere">
                <span className="block font-sans">{state(line)}</span>
                {line.sent !== null && (
                  <VisibleText text={line.sent.length > 400 ? `${line.sent.slice(0, 400)}…` : line.sent} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </DetailSection>
  )
}

export function ExplainedRequest({ explained }: { readonly explained: ExplainedSignature }) {
  const { request, bank, environment, operation, headers, remarks, profile } = explained
  const known = banks().value?.find(({ id }) => id === bank)
  const place = known?.environments.find(({ id }) => id === environment)?.name ?? environment
  return (
    <>
      <DetailSection title="Request">
        <p className="flex items-baseline gap-2">
          <MethodName method={request.method} narrow />
          <span className="min-w-0 font-mono text-sm wrap-anywhere">{request.url}</span>
        </p>
        <p className="text-sm text-muted">
          {known?.name ?? bank}, {place}
          {operation !== null && `: ${operation}`}
        </p>
        {remarks.map(({ id, message }) => (
          <p key={`${id} ${message}`} className="text-sm text-muted">
            {message}
          </p>
        ))}
      </DetailSection>
      <Headers lines={headers} />
      <DetailSection title="What the bank wants">
        <Facts facts={profile.map(({ name, value }) => [name, value] as const)} />
      </DetailSection>
    </>
  )
}
