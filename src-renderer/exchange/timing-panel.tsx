/** Where the time went: each phase as a bar that begins where the one before it ended. */
import type { Timings } from '#shared/contract/requests.ts'
import { duration } from './measures.ts'

const phases = [
  ['dns', 'DNS', 'bg-line-strong'],
  ['tcp', 'TCP', 'bg-line-strong'],
  ['tls', 'TLS', 'bg-caution'],
  ['wait', 'Wait', 'bg-accent'],
  ['download', 'Download', 'bg-good'],
] as const

export function TimingPanel({ timings }: { readonly timings: Timings }) {
  const span = Math.max(
    timings.total,
    phases.reduce((sum, [phase]) => sum + timings[phase], 0),
  )
  const share = (milliseconds: number): string => `${span === 0 ? 0 : (milliseconds / span) * 100}%`
  const reused = timings.dns + timings.tcp + timings.tls === 0
  let before = 0
  return (
    <div className="max-w-3xl p-3">
      <table aria-label="Timing" className="w-full border-collapse">
        <tbody>
          {phases.map(([phase, name, colour]) => {
            const offset = before
            before += timings[phase]
            return (
              <tr key={phase} className="h-7">
                <th scope="row" className="w-24 text-left font-normal text-muted">
                  {name}
                </th>
                <td>
                  <div className="relative h-3">
                    <div
                      aria-hidden="true"
                      className={`absolute h-3 rounded-sm ${colour} ${timings[phase] > 0 ? 'min-w-px' : ''}`}
                      style={{ left: share(offset), width: share(timings[phase]) }}
                    />
                  </div>
                </td>
                <td className="w-24 text-right font-mono text-sm">{duration(timings[phase])}</td>
              </tr>
            )
          })}
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
