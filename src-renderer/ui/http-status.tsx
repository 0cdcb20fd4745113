/** An HTTP status with the tone of its class; where no answer came, it says so. */
import type { Tone } from './badge.tsx'
import { Badge } from './badge.tsx'

const toneOf = (status: number): Tone => (status < 300 ? 'good' : status < 400 ? 'caution' : 'bad')

export function HttpStatus({
  status,
  fault = null,
}: {
  readonly status: number | null
  readonly fault?: string | null
}) {
  if (status === null) {
    return (
      <Badge tone={fault === 'CANCELLED' ? 'neutral' : 'bad'} title={fault ?? 'No answer came'}>
        none
      </Badge>
    )
  }
  return <Badge tone={toneOf(status)}>{status}</Badge>
}
