/** Says that nothing was saved and why, and leads to the field it is about. */
import type { Fault } from '#shared/fault.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { seekField } from './banks-view.ts'
import type { FieldProblem } from './environment-draft.ts'

export function SaveRefused({
  fault,
  problem,
}: {
  readonly fault: Fault | null
  readonly problem: FieldProblem | null
}) {
  if (problem === null) return <FaultNotice fault={fault} title="It was not saved. What you changed is still here." />
  return (
    <div role="alert" className="flex items-start gap-3 rounded-md border-l-4 border-bad bg-bad-soft px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-semibold">It was not saved. What you changed is still here.</p>
        <p className="wrap-anywhere">
          <span className="font-mono text-sm">{problem.field}</span>: {problem.message}
        </p>
      </div>
      <Button onClick={() => seekField(problem.field)}>Show the field</Button>
    </div>
  )
}
