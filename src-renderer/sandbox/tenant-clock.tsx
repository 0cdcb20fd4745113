/** The clock a tenant's banks go by: moving it makes codes, tokens and consents run out without waiting. */
import { useState } from 'react'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import { useNow } from '../ui/use-now.ts'
import { offsetWords } from './offset-words.ts'

const moves = [
  { words: '+31 s', seconds: 31, past: 'past the life of an authorisation code' },
  { words: '+11 min', seconds: 11 * 60, past: 'past the life of an access token' },
  { words: '+91 days', seconds: 91 * 86_400, past: 'past the life of a refresh token or a 90-day consent' },
] as const

export function TenantClock({ tenant }: { readonly tenant: string }) {
  const now = useNow()
  const [moved, setMoved] = useState<number | null>(null)
  const read = useLoaded(tenant, (id) => api.sandbox.clock({ tenant: id }))
  const move = useAction(async (offsetSeconds: number) => {
    setMoved((await api.sandbox.clock({ tenant, offsetSeconds })).offsetSeconds)
  })
  const offset = moved ?? read.value?.offsetSeconds ?? null
  return (
    <Section title="Clock of the banks">
      <p>
        <span className="font-mono">{offset === null ? '…' : localMoment(now + offset * 1000)}</span>{' '}
        <span className="text-muted">{offset === null ? 'being read' : offsetWords(offset)}</span>
      </p>
      <FaultNotice fault={read.fault} title="The clock cannot be read" />
      <FaultNotice fault={move.fault} title="The clock was not moved" />
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-3 gap-y-1">
        {moves.map(({ words, seconds, past }) => (
          <div key={words} className="contents">
            <dt>
              <Button
                className="w-24"
                busy={move.busy}
                disabled={offset === null}
                onClick={() => void move.run((offset ?? 0) + seconds)}
              >
                {words}
              </Button>
            </dt>
            <dd className="text-muted">{past}</dd>
          </div>
        ))}
        <dt>
          <Button
            className="w-24"
            busy={move.busy}
            disabled={offset === null || offset === 0}
            onClick={() => void move.run(0)}
          >
            Back to now
          </Button>
        </dt>
        <dd className="text-muted">this tenant only; other tenants keep their clocks</dd>
      </dl>
    </Section>
  )
}
