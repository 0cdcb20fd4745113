/** The board of what runs out: one line of time for certificates, tokens, consents and quotas, each with its next step. */
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { keep, show, useApp } from '../app-state.ts'
import { grants } from '../live-data.ts'
import { openConsent, openScope } from '../open.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { localDate } from '../ui/local-time.ts'
import { EmptyState } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { Section } from '../ui/section.tsx'
import { Segments } from '../ui/segments.tsx'
import { useAction } from '../ui/use-action.ts'
import { type ExpiryAction, type ExpiryItem, expiryItems } from './expiry.ts'
import { useKeyStoreFirst } from './key-store-first.ts'
import type { Standing } from './pipeline.ts'
import { isBeyond, lineWidth, marksOf, placeOf, type Span, spanFor } from './time-scale.ts'

const fills: Record<Tone, string> = {
  neutral: 'fill-line-strong',
  good: 'fill-good',
  caution: 'fill-caution',
  bad: 'fill-bad',
  accent: 'fill-accent',
}

/** Columns of the axis and of every item. */
const grid =
  'grid grid-cols-[9rem_minmax(12rem,1fr)_6.5rem_14rem] items-center gap-x-3 px-3 xl:grid-cols-[13rem_minmax(12rem,1fr)_7rem_22rem]'

/** The text beside it says the same, with its date. */
function Bar({ item, now, span }: { readonly item: ExpiryItem; readonly now: number; readonly span: Span }) {
  const { end, from, tone } = item
  const marks = marksOf(span)
  const until = end === null ? lineWidth : placeOf(end, now, span)
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${lineWidth} 20`} preserveAspectRatio="none" className="h-5 w-full">
      {marks.map(({ days, place }) => (
        <line
          key={days}
          x1={place}
          x2={place}
          y1="0"
          y2="20"
          className="stroke-line"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {end === null ? (
        <line
          x1="0"
          x2={lineWidth}
          y1="10"
          y2="10"
          strokeDasharray="4 4"
          className="stroke-line-strong"
          vectorEffect="non-scaling-stroke"
        />
      ) : (
        <rect x="0" y="6" width={Math.max(until, 6)} height="8" className={fills[tone]} />
      )}
      {end !== null && from !== null && !isBeyond(from, now, span) && from > now && (
        <rect
          x={placeOf(from, now, span)}
          y="6"
          width={Math.max(1, until - placeOf(from, now, span))}
          height="8"
          className="fill-caution"
        />
      )}
    </svg>
  )
}

function Axis({ span }: { readonly span: Span }) {
  // On the longer line every other mark has a name, or they would run into each other.
  const marks = marksOf(span).filter(({ days }) => days % (span / 3) === 0)
  return (
    <div aria-hidden="true" className={`${grid} h-7 border-b border-line bg-page text-sm text-muted`}>
      <span>What</span>
      <span className="flex justify-between">
        {marks.map(({ days }) => (
          <span key={days}>{days === 0 ? 'today' : `+${days}`}</span>
        ))}
      </span>
      <span>Until</span>
      <span>Next</span>
    </div>
  )
}

const shown = (action: Exclude<ExpiryAction, { kind: 'refresh' }>): void => {
  if (action.kind === 'keys') show('keys')
  else if (action.kind === 'scope') openScope(action.scope)
  else if (action.kind === 'consent') openConsent(action.consent)
  else show('access')
}

function NextButton({ item }: { readonly item: ExpiryItem }) {
  const { action, due, what, which } = item
  const work = useAction(async () => {
    if (action.kind !== 'refresh') return shown(action)
    try {
      await api.access.refresh({ grant: action.grant })
    } catch (fault) {
      notify('bad', 'The token was not refreshed', (fault as Fault).message)
    }
    await grants.refresh()
  })
  const first = useKeyStoreFirst(() => void work.run())
  return (
    <Button
      kind={due ? 'plain' : 'quiet'}
      className={due ? '' : 'text-accent!'}
      busy={work.busy}
      aria-label={`${action.label}: ${what} ${which}`}
      onClick={() => (action.kind === 'refresh' ? first.start() : void work.run())}
    >
      {action.label}
    </Button>
  )
}

function Item({ item, now, span }: { readonly item: ExpiryItem; readonly now: number; readonly span: Span }) {
  const { what, which, end, left, tone, next, due } = item
  return (
    <li className={`${grid} min-h-10 border-b border-line py-1 last:border-0`}>
      <div className="min-w-0">
        <p>{what}</p>
        <p className="truncate text-sm text-muted" title={which}>
          {which}
        </p>
      </div>
      <Bar item={item} now={now} span={span} />
      <div>
        <Badge tone={tone}>{left}</Badge>
        {end !== null && <p className="text-sm text-muted">{localDate(end)}</p>}
      </div>
      <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-2">
        <span className={`min-w-32 flex-1 wrap-anywhere ${due ? '' : 'text-muted'}`}>{next}</span>
        <NextButton item={item} />
      </div>
    </li>
  )
}

function SpanChoice({ span }: { readonly span: Span }) {
  return (
    <Segments
      label="Length of the line"
      options={([90, 180] as const).map((days) => ({ value: days, name: `${days} days` }))}
      value={span}
      onChoose={(days) => keep('board-span', days)}
    />
  )
}

export function ExpiryBoard({ standing }: { readonly standing: Standing }) {
  const { kept } = useApp()
  const { now } = standing
  const items = expiryItems(standing)
  const chosen = kept['board-span']
  const span =
    chosen === 90 || chosen === 180
      ? chosen
      : spanFor(
          items.map(({ end }) => end),
          now,
        )
  const due = items.filter((item) => item.due).length
  return (
    <Section
      title={due === 0 ? 'What runs out' : `What runs out (${due} to do)`}
      flush
      trailing={items.length > 0 && <SpanChoice span={span} />}
    >
      {items.length === 0 ? (
        <EmptyState title="Nothing runs out yet">
          Certificates, tokens, consents and the day’s calls without the customer stand here on one line, from today on.
        </EmptyState>
      ) : (
        <div className="min-w-[46rem]">
          <Axis span={span} />
          <ul aria-label="What runs out">
            {items.map((item) => (
              <Item key={item.id} item={item} now={now} span={span} />
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}
