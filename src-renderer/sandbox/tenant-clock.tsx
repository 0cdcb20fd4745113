/** The clock a tenant's banks go by: moving it makes codes, tokens, consents and banking days run out without waiting. */
import { type SyntheticEvent, useState } from 'react'
import type { ClockJump } from '#shared/sandbox-state.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Loading, Notice } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Section } from '../ui/section.tsx'
import { type Action, useAction } from '../ui/use-action.ts'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { useNow } from '../ui/use-now.ts'
import { durationWords, offsetWords } from './offset-words.ts'
import { usePolled } from './use-polled.ts'
import type { TenantOption } from './use-tenants.ts'

/** Milliseconds between two looks: jumps to the end of a day get shorter, and others may move the clock. */
const pause = 5000

type Move = { readonly jump: string } | { readonly offsetSeconds: number }

async function readClock(tenant: string) {
  const [clock, jumps] = await Promise.all([api.sandbox.clock({ tenant }), api.sandbox.jumps({ tenant })])
  return { offset: clock.offsetSeconds, jumps }
}

/** `31 seconds on: an authorization code is too old`: a button, and what it shows. */
function titleParts(title: string): readonly [name: string, shows: string] {
  const [name = '', ...shows] = title.split(': ')
  return [name, shows.join(': ')]
}

function Jumps({
  jumps,
  busy,
  onJump,
}: {
  readonly jumps: readonly ClockJump[]
  readonly busy: boolean
  readonly onJump: (id: string) => void
}) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-3 gap-y-1">
      {jumps.map(({ id, title, seconds }) => {
        const [name, shows] = titleParts(title)
        return (
          <div key={id} className="contents">
            <dt>
              <Button className="w-full" aria-busy={busy} disabled={seconds === 0} onClick={() => onJump(id)}>
                {name}
              </Button>
            </dt>
            <dd className="text-muted">
              {shows}
              {seconds === 0 ? 'the clock is there' : ` (${seconds > 0 ? '+' : '−'}${durationWords(seconds, 2)})`}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const unitSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const

function MoveBy({ offset, move }: { readonly offset: number; readonly move: Action<[Move], unknown> }) {
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const by = Number(data.get('amount')) * unitSeconds[data.get('unit') as keyof typeof unitSeconds]
    void move.run({ offsetSeconds: offset + by })
  }
  return (
    <form className="flex items-end gap-2" onSubmit={submit}>
      <div className="w-28">
        <TextField
          label="Move on by"
          name="amount"
          type="number"
          step={1}
          min={-36_500}
          max={36_500}
          required
          defaultValue={1}
        />
      </div>
      <div className="w-28">
        <SelectField label="Unit" name="unit" defaultValue="hours">
          {Object.keys(unitSeconds).map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </SelectField>
      </div>
      <Button type="submit" busy={move.busy}>
        Move
      </Button>
      <span className="pb-1 text-muted">negative: back</span>
    </form>
  )
}

function Whom({ tenant: { id, names }, shared }: { readonly tenant: TenantOption; readonly shared: boolean }) {
  const own =
    names.length === 0
      ? 'whoever calls with its certificates'
      : `${names.length === 1 ? 'the identity' : 'the identities'} ${names.join(', ')}`
  return (
    <Notice tone="caution" title="It moves for all who call as this tenant">
      {id}: {own}
      {shared ? ', on every machine that has its certificates or its token' : ''}. Other tenants keep their clocks.
      Banks judge certificates and signatures by the machine’s own time all the same, unless their documents say
      otherwise.
    </Notice>
  )
}

export function TenantClock({
  tenant,
  shared,
  onMoved,
}: {
  readonly tenant: TenantOption
  /** Whether people elsewhere may use it too. */
  readonly shared: boolean
  readonly onMoved: () => void
}) {
  const now = useNow()
  const [moved, setMoved] = useState<number | null>(null)
  const { value, fault, refresh } = usePolled(() => readClock(tenant.id), pause)
  const move = useAction(async (wish: Move) => {
    setMoved((await api.sandbox.clock({ tenant: tenant.id, ...wish })).offsetSeconds)
    await refresh()
    setMoved(null)
    onMoved()
  })
  const offset = moved ?? value?.offset ?? null
  const root = useFocusFollows<HTMLElement>(String(offset), 'button:not(:disabled)')
  return (
    <ScrollArea ref={root} label="Clock of the tenant" className="flex min-h-0 flex-1 flex-col gap-3 p-3">
      <div className="max-w-3xl">
        <Section title="Clock of the banks">
          <p>
            <span className="font-mono">{offset === null ? '…' : localMoment(now + offset * 1000)}</span>{' '}
            <span className="text-muted">{offset === null ? 'being read' : offsetWords(offset)}</span>
          </p>
          <FaultNotice fault={fault} title="The clock cannot be read" />
          <FaultNotice fault={move.fault} title="The clock was not moved" />
          {value === null && fault === null && <Loading what="Clock" />}
          {value !== null && (
            <>
              <Jumps jumps={value.jumps} busy={move.busy} onJump={(jump) => void move.run({ jump })} />
              <MoveBy offset={value.offset} move={move} />
              <p className="text-sm text-muted">
                Banking days are Monday to Friday and end at midnight, UTC. What a bank has executed or given up at a
                moved clock stays so when the clock goes back.
              </p>
            </>
          )}
          <Whom tenant={tenant} shared={shared} />
        </Section>
      </div>
    </ScrollArea>
  )
}
