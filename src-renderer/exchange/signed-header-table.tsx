/** The signed headers against those that were sent, and what the signature leaves open. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { type SignatureTrace, type SignedHeader, signedHeaders, uncoveredHeaders } from './signed-headers.ts'
import { VisibleText } from './visible-text.tsx'

const words: Readonly<Record<SignedHeader['state'], readonly [tone: Tone, word: string]>> = {
  same: ['good', 'as sent'],
  differs: ['bad', 'sent otherwise'],
  absent: ['bad', 'not sent'],
  derived: ['neutral', 'from the request'],
}

function Row({ header, byHand }: { readonly header: SignedHeader; readonly byHand: boolean }) {
  const { name, signed, sent, state } = header
  const [tone, word] = words[state]
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1 pr-2 text-left font-mono text-sm font-normal wrap-anywhere">
        {name}
      </th>
      <td className="py-1 pr-2">
        <span className="flex flex-wrap gap-1">
          <Badge tone={tone}>{word}</Badge>
          {byHand && <Badge tone="accent">by hand</Badge>}
        </span>
      </td>
      <td className="py-1 font-mono text-sm wrap-anywhere whitespace-pre-wrap">
        {signed !== null && <VisibleText text={signed} />}
        {state === 'differs' && (
          <span className="block text-bad">
            <span className="font-sans">sent: </span>
            <VisibleText text={sent ?? ''} />
          </span>
        )}
      </td>
    </tr>
  )
}

export function SignedHeaderTable({
  trace,
  headers,
}: {
  readonly trace: SignatureTrace
  readonly headers: Exchange['request']['headers']
}) {
  const uncovered = uncoveredHeaders(trace, headers)
  return (
    <DetailSection title="Signed headers">
      <table aria-label="Signed headers" className="w-full table-fixed border-collapse">
        <colgroup>
          <col className="w-36" />
          <col className="w-32" />
          <col />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Against what was sent</th>
            <th scope="col">Signed value</th>
          </tr>
        </thead>
        <tbody>
          {signedHeaders(trace, headers).map((header) => (
            <Row key={header.name} header={header} byHand={trace.byHand.includes(header.name)} />
          ))}
        </tbody>
      </table>
      {uncovered.length > 0 && (
        <p className="text-sm text-muted">
          Sent and not covered by the signature: <span className="font-mono wrap-anywhere">{uncovered.join(', ')}</span>
        </p>
      )}
    </DetailSection>
  )
}
