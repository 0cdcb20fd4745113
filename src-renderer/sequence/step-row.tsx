/** One step of the diagram: its arrows between the lanes, and the way to its exchange. */
import { openExchange } from '../open.ts'
import { localMoment, shortMoment } from '../ui/local-time.ts'
import { type LaneNames, laneAt, wordsAt } from './sequence-svg.ts'
import { type Arrow, lanes, type Step } from './steps.ts'

const inks: Readonly<Record<Arrow['tone'], string>> = {
  plain: 'text-ink',
  good: 'text-good',
  caution: 'text-caution',
  bad: 'text-bad',
}
const percent = (share: number): string => `${share * 100}%`

function ArrowLine({ arrow: { from, to, text, answer, tone } }: { readonly arrow: Arrow }) {
  const right = laneAt[to] > laneAt[from]
  return (
    <svg className={`block h-7 w-full overflow-visible ${inks[tone]}`} fill="currentColor" aria-hidden="true">
      {lanes.map((lane) => (
        <line key={lane} x1={percent(laneAt[lane])} x2={percent(laneAt[lane])} y1="0" y2="28" className="stroke-line" />
      ))}
      <line
        x1={percent(laneAt[from])}
        x2={percent(laneAt[to])}
        y1="21"
        y2="21"
        stroke="currentColor"
        {...(answer && { strokeDasharray: '4 3' })}
      />
      <svg x={percent(laneAt[to])} y="21" className="overflow-visible" aria-hidden="true">
        <path d={right ? 'M0 0l-8 -4v8z' : 'M0 0l8 -4v8z'} />
      </svg>
      <text
        x={percent(wordsAt({ from, to }))}
        y="15"
        textAnchor="middle"
        className="stroke-surface font-mono text-sm group-hover:stroke-raised [paint-order:stroke] [stroke-width:4px]"
      >
        {text}
      </text>
    </svg>
  )
}

/** What a screen reader hears instead of the arrows. */
const spoken = ({ arrows, times }: Step, names: LaneNames): string =>
  [
    ...arrows.map(({ from, to, text }) => `${names[from]} to ${names[to]}: ${text}`),
    ...(times > 1 ? [`${times} times`] : []),
  ].join('; ')

export function StepRow({ step, names }: { readonly step: Step; readonly names: LaneNames }) {
  const { at, arrows, exchange, times } = step
  const content = (
    <>
      <span className="absolute top-1.5 left-2 flex flex-col text-left text-sm text-muted">
        <time dateTime={at} title={localMoment(at)}>
          {shortMoment(at, Date.now())}
        </time>
        {times > 1 && <span title={`The same call with the same outcome, ${times} times in a row`}>×{times}</span>}
      </span>
      <span className="sr-only">{spoken(step, names)}</span>
      {arrows.map((arrow) => (
        <ArrowLine key={`${arrow.from}${arrow.to}`} arrow={arrow} />
      ))}
      <LaneLines />
    </>
  )
  return (
    <li className="relative">
      {exchange === null ? (
        <div className="relative">{content}</div>
      ) : (
        <button
          type="button"
          title="Open the exchange"
          onClick={() => openExchange(exchange)}
          className="group relative block w-full -outline-offset-2 hover:bg-raised"
        >
          {content}
        </button>
      )}
    </li>
  )
}

/** The lanes between one step and the next. */
export function LaneLines() {
  return (
    <svg className="block h-3 w-full" aria-hidden="true">
      {lanes.map((lane) => (
        <line key={lane} x1={percent(laneAt[lane])} x2={percent(laneAt[lane])} y1="0" y2="12" className="stroke-line" />
      ))}
    </svg>
  )
}
