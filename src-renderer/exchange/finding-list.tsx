/** Findings: what is known to be wrong with a call, worst first, each with its remedy. */
import type { ReactNode } from 'react'
import type { Finding } from '#shared/contract/exchange.ts'
import type { Tone } from '../ui/badge.tsx'
import { Badge } from '../ui/badge.tsx'

const tones: Readonly<Record<Finding['severity'], Tone>> = { error: 'bad', warning: 'caution', note: 'neutral' }
const order: readonly Finding['severity'][] = ['error', 'warning', 'note']

export function FindingList({
  label,
  findings,
  action,
}: {
  readonly label: string
  readonly findings: readonly Finding[]
  /** A button that does what the remedy says; the remedy stands as text where there is none. */
  readonly action?: (finding: Finding) => ReactNode
}) {
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return (
    <ul aria-label={label} className="flex flex-col">
      {sorted.map((finding, at) => {
        const button = action?.(finding) ?? null
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two findings of one kind can stand side by side
          <li key={`${finding.id} ${at}`} className="flex min-h-7 items-center gap-2 py-0.5">
            <span className="flex w-16 shrink-0">
              <Badge tone={tones[finding.severity]}>{finding.severity}</Badge>
            </span>
            <span className="min-w-0 flex-1 wrap-anywhere">
              {finding.message}{' '}
              {button === null && finding.remedy !== undefined && <span className="text-muted">{finding.remedy}</span>}
            </span>
            {button}
          </li>
        )
      })}
    </ul>
  )
}
