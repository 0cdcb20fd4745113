/** What to know of an operation before calling it: what it does, where it is not offered, what is assumed, what it answers. */
import type { AssumptionView, OperationDetail } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { Prose } from '../ui/prose.tsx'
import { DocumentedAnswers } from './documented-answers.tsx'

function State({ state, instead }: AssumptionView) {
  if (state === 'assumed') return <Badge tone="caution">assumed</Badge>
  if (state === 'confirmed') return <Badge tone="good">confirmed</Badge>
  return (
    <>
      <Badge tone="accent">differs</Badge> {instead}
    </>
  )
}

function Assumptions({ assumptions }: { readonly assumptions: readonly AssumptionView[] }) {
  if (assumptions.length === 0) return null
  return (
    <section aria-label="Assumptions">
      <h3>Assumed</h3>
      <p className="text-muted">Where the bank’s document is silent or contradicts itself, the workbench assumes:</p>
      <ul className="mt-1">
        {assumptions.map((assumption) => (
          <li key={assumption.id} className="grid grid-cols-2 gap-x-6 border-t border-line py-1.5">
            <div>
              <Prose text={assumption.text} />
              <State {...assumption} />
            </div>
            <div className="text-muted">
              <Prose text={assumption.reason} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function OperationNotes({
  bank,
  detail,
  refused,
}: {
  readonly bank: string
  readonly detail: OperationDetail
  /** Why the bank does not offer it in the chosen environment. */
  readonly refused: string | null
}) {
  const { id, title, description, assumptions, browser, simulated } = detail
  return (
    <div className="flex flex-col gap-3 p-3">
      <h3>
        {title} <span className="font-mono text-sm font-normal text-muted">{id}</span>
      </h3>
      {refused !== null && (
        <p>
          <Badge tone="caution">not offered</Badge> {refused}
        </p>
      )}
      {refused === null && simulated && (
        <p>
          <Badge tone="caution">simulated</Badge> The local sandbox answers, although the bank does not offer it.
        </p>
      )}
      {browser && <p>A customer opens this page in the browser. Access does it, and captures the callback.</p>}
      {description !== '' && <Prose text={description} />}
      <DocumentedAnswers bank={bank} detail={detail} />
      <Assumptions assumptions={assumptions} />
    </div>
  )
}
