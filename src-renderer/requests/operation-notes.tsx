/** What to know of an operation before calling it: what it does, what is assumed, where it is not offered. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { Prose } from '../ui/prose.tsx'

export function OperationNotes({
  detail,
  refused,
}: {
  readonly detail: OperationDetail
  /** Why the bank does not offer it in the chosen environment. */
  readonly refused: string | null
}) {
  const { title, description, assumptions, browser, simulated } = detail
  return (
    <div className="flex flex-col gap-3 p-3">
      <h3>{title}</h3>
      {refused !== null && (
        <p>
          <Badge tone="caution">not offered</Badge> {refused}
        </p>
      )}
      {refused === null && simulated && (
        <p>
          <Badge>simulated</Badge> The local sandbox answers, although the bank does not offer it.
        </p>
      )}
      {browser && <p>A customer opens this page in the browser. Access does it, and captures the callback.</p>}
      {description !== '' && <Prose text={description} />}
      {assumptions.length > 0 && (
        <section aria-label="Assumptions">
          <h3>Assumed</h3>
          <p className="text-muted">
            Where the bank’s document is silent or contradicts itself, the workbench assumes:
          </p>
          <dl className="grid grid-cols-2 gap-x-6">
            {assumptions.map(({ id, text, reason }) => (
              <div key={id} className="contents">
                <dt className="border-b border-line py-1">{text}</dt>
                <dd className="border-b border-line py-1 text-muted">{reason}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  )
}
