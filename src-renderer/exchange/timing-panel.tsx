/** The phases of a call with their bars and milliseconds. */
import type { Timings } from '#shared/contract/exchange.ts'
import { duration } from './measures.ts'
import { phases, spanOf, TimingBar } from './timing-bars.tsx'

export function TimingPanel({ timings }: { readonly timings: Timings }) {
  const span = spanOf(timings)
  const reused = timings.dns + timings.tcp + timings.tls === 0
  return (
    <div className="max-w-3xl p-3">
      <table aria-label="Timing" className="w-full border-collapse">
        <tbody>
          {phases.map(([phase, name]) => (
            <tr key={phase} className="h-7">
              <th scope="row" className="w-24 text-left font-normal text-muted">
                {name}
              </th>
              <td>
                <TimingBar timings={timings} phase={phase} span={span} />
              </td>
              <td className="w-24 text-right font-mono text-sm">{duration(timings[phase])}</td>
            </tr>
          ))}
          <tr className="h-7 border-t border-line">
            <th scope="row" className="text-left font-normal">
              Total
            </th>
            <td />
            <td className="text-right font-mono text-sm">{duration(timings.total)}</td>
          </tr>
        </tbody>
      </table>
      {reused && <p className="pt-2 text-sm text-muted">The connection was open already: no DNS, TCP and TLS.</p>}
    </div>
  )
}
