/** Why it failed, what proves it, and what to do: the bank's own error row first, what is known besides it after. */
import type { Exchange, Explanation } from '#shared/contract/requests.ts'
import { openError } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { Prose } from '../ui/prose.tsx'
import { deliverySentence } from './delivery.ts'
import { FindingList } from './finding-list.tsx'

function Row({ explanation }: { readonly explanation: Explanation }) {
  const { errorId, cause, evidence, fix } = explanation
  return (
    <div className="flex flex-col items-start gap-3">
      <Facts
        facts={[
          ['Cause', <Prose key="cause" text={cause} />],
          [
            'Evidence',
            <ul key="evidence">
              {evidence.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>,
          ],
          ['Fix', <Prose key="fix" text={fix} />],
        ]}
      />
      <Button onClick={() => openError(errorId)}>Error row {errorId}</Button>
    </div>
  )
}

function Others({ explanations }: { readonly explanations: readonly Explanation[] }) {
  if (explanations.length === 0) return null
  return (
    <section aria-label="Less likely" className="border-t border-line pt-2">
      <h3 className="text-sm font-normal text-muted">Less likely</h3>
      {explanations.map((explanation) => (
        <details key={explanation.errorId} className="py-1">
          <summary>{explanation.title}</summary>
          <div className="py-2 pl-4">
            <Row explanation={explanation} />
          </div>
        </details>
      ))}
    </section>
  )
}

function Verdict({ exchange }: { readonly exchange: Exchange }) {
  const { response, fault, explanations } = exchange
  const [best, ...others] = explanations
  if (response === null)
    return (
      <Notice tone="bad" title={fault?.message ?? 'No answer came.'}>
        {deliverySentence(exchange)}
      </Notice>
    )
  if (best !== undefined)
    return (
      <>
        <h3 className="text-lg">{best.title}</h3>
        <Row explanation={best} />
        <Others explanations={others} />
      </>
    )
  if (response.status < 300) return <p>The bank accepted the call. There is nothing to explain.</p>
  if (response.status < 400) return <p>The bank sends the caller elsewhere; redirects are not followed.</p>
  return (
    <p className="max-w-prose">
      No row of the bank’s error table fits this answer. Status, code and detail are under Body; what was sent is under
      Request.
    </p>
  )
}

export function ExplanationPanel({ exchange }: { readonly exchange: Exchange }) {
  return (
    <div className="flex max-w-4xl flex-col gap-3 p-3">
      <Verdict exchange={exchange} />
      {exchange.findings.length > 0 && (
        <section aria-label="Known before sending" className="border-t border-line pt-2">
          <h3 className="text-sm font-normal text-muted">Known before sending</h3>
          <FindingList label="Findings" findings={exchange.findings} />
        </section>
      )}
    </div>
  )
}
