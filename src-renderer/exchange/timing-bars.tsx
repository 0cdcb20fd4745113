/** Where the time of a call went: each phase as a bar that begins where the one before it ended. */
import type { Timings } from '#shared/contract/exchange.ts'

export const phases = [
  ['dns', 'DNS', 'bg-line-strong'],
  ['tcp', 'TCP', 'bg-line-strong'],
  ['tls', 'TLS', 'bg-caution'],
  ['wait', 'Wait', 'bg-accent'],
  ['download', 'Download', 'bg-good'],
] as const
export type Phase = (typeof phases)[number][0]

/** Milliseconds a bar's whole width stands for: the phases may add up to more than the total, never to less. */
export const spanOf = (timings: Timings): number =>
  Math.max(
    timings.total,
    phases.reduce((sum, [phase]) => sum + timings[phase], 0),
  )

const share = (milliseconds: number, span: number): string => `${span === 0 ? 0 : (milliseconds / span) * 100}%`

export function TimingBar({
  timings,
  phase,
  span,
}: {
  readonly timings: Timings
  readonly phase: Phase
  /** As of `spanOf`; the larger one of two calls that stand side by side. */
  readonly span: number
}) {
  const at = phases.findIndex(([each]) => each === phase)
  const before = phases.slice(0, at).reduce((sum, [each]) => sum + timings[each], 0)
  const colour = phases[at]![2]
  return (
    <div className="relative h-3">
      <div
        aria-hidden="true"
        className={`absolute h-3 rounded-sm ${colour} ${timings[phase] > 0 ? 'min-w-px' : ''}`}
        style={{ left: share(before, span), width: share(timings[phase], span) }}
      />
    </div>
  )
}
