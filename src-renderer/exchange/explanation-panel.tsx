/** Why it failed, what proves it, and what to do: the bank's own error row first, what is known besides it after. */
import type { Exchange, Explanation } from '#shared/contract/exchange.ts'
import { openError } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { Prose } from '../ui/prose.tsx'
import { CauseList } from './cause-list.tsx'
import { deliverySentence } from './delivery.ts'
import { FindingList } from './finding-list.tsx'
import { RemedyButtons } from './remedy-button.tsx'

/** Sentences that no cause repeats: what was compared with the bank's table. */
function compared({ evidence, causes }: Explanation): readonly string[] {
  const proven = new Set(causes.flatMap(({ proofs }) => proofs.map(({ sentence }) => sentence)))
  return evidence.filter((sentence) => !proven.has(sentence))
}

const isRow = ({ match }: Explanation): boolean => match !== 'fault' && match !== 'standard'

function Row({ explanation }: { readonly explanation: Explanation }) {
  const { errorId, cause, causes, fix, remedies, contradicted } = explanation
  const sentences = compared(explanation)
  return (
    <div className="flex flex-col items-start gap-3">
      {contradicted !== null && <Notice tone="caution" title={contradicted} />}
      <Facts
        facts={[
          ['Cause', causes.length > 0 ? <CauseList key="cause" causes={causes} /> : <Prose key="cause" text={cause} />],
          ['Fix', <Prose key="fix" text={fix} />],
          ...(sentences.length === 0
            ? []
            : [
                [
                  'Compared',
                  <ul key="compared">
                    {sentences.map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>,
                ] as const,
              ]),
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <RemedyButtons remedies={remedies} />
        {isRow(explanation) && !errorId.startsWith('evidence:') && (
          <Button onClick={() => openError(errorId)}>Error row {errorId}</Button>
        )}
      </div>
    </div>
  )
}

function Others({ label, explanations }: { readonly label: string; readonly explanations: readonly Explanation[] }) {
  if (explanations.length === 0) return null
  return (
    <section aria-label={label} className="border-t border-line pt-2">
      <h3 className="text-sm font-normal text-muted">{label}</h3>
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
      <>
        <Notice tone="bad" title={fault?.message ?? 'No answer came.'}>
          {deliverySentence(exchange)}
        </Notice>
        {best !== undefined && <Row explanation={best} />}
      </>
    )
  if (best?.match === 'nearest')
    return (
      <>
        <h3 className="text-lg">This answer is none of the bank’s table</h3>
        <p className="max-w-prose">{best.evidence[0]}</p>
        <Others label="Nearest rows" explanations={explanations} />
      </>
    )
  if (best !== undefined)
    return (
      <>
        <h3 className="text-lg">{best.title}</h3>
        {best.match === 'evidence' && (
          <p className="max-w-prose text-muted">The bank’s words do not say it; what is known of the call does.</p>
        )}
        <Row explanation={best} />
        <Others
          label={others.every(({ match }) => match === 'nearest') ? 'Nearest rows' : 'Less likely'}
          explanations={others}
        />
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
