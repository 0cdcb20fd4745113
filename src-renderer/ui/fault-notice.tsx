/** A fault as a person reads it: its own sentence says what, why and what now. */
import type { ReactNode } from 'react'
import type { Fault } from '#shared/fault.ts'
import { Notice } from './notice.tsx'

export function FaultNotice({
  fault,
  title = 'That did not work',
  action,
}: {
  readonly fault: Fault | null
  readonly title?: string
  readonly action?: ReactNode
}) {
  if (fault === null) return null
  return (
    <Notice tone="bad" title={title} action={action}>
      {fault.message} <span className="font-mono text-sm text-muted">{fault.code}</span>
    </Notice>
  )
}
