/** Every status of an application and what leads from one to the next, drawn from the bank's data; the present one is marked. */
import { useId } from 'react'
import type { ApplicationProfile } from '#shared/application-profile.ts'
import type { StatusWord } from './answer-members.ts'
import { sameCode } from './answer-members.ts'
import { arrowPath, box, layoutStates, leftOf, type PlacedState, topOf } from './state-layout.ts'

interface Drawn {
  readonly profile: ApplicationProfile
  readonly statuses: readonly StatusWord[]
  /** As the bank wrote it; null before there is an application. */
  readonly present: string | null
}

function StateBox({ state, word, isPresent }: { state: PlacedState; word: StatusWord; isPresent: boolean }) {
  const [x, y] = [leftOf(state), topOf(state)]
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={box.width}
        height={box.height}
        rx="4"
        className={isPresent ? 'fill-accent stroke-accent' : 'fill-surface stroke-line-strong'}
        strokeDasharray={word.final && !isPresent ? '4 3' : undefined}
      />
      <text
        x={x + box.width / 2}
        y={y + 19}
        textAnchor="middle"
        fontSize="13"
        className={isPresent ? 'fill-accent-ink font-semibold' : 'fill-ink'}
      >
        {word.name}
      </text>
      <text
        x={x + box.width / 2}
        y={y + 35}
        textAnchor="middle"
        fontSize="10"
        className={`font-mono ${isPresent ? 'fill-accent-ink' : 'fill-muted'}`}
      >
        {word.code}
      </text>
    </g>
  )
}

/** The same for whoever does not see the drawing. */
function StateList({ profile, statuses, present }: Drawn) {
  const nameOf = (code: string) => statuses.find((each) => each.code === code)?.name ?? code
  return (
    <ol aria-label="Statuses of the application" className="sr-only">
      {statuses.map(({ code, name, final }) => {
        const next = profile.transitions.filter(({ from }) => from === code)
        const isPresent = present !== null && sameCode(code, present)
        return (
          <li key={code} aria-current={isPresent ? 'step' : undefined}>
            {name}
            {isPresent && ', the present one'}
            {final && ', final'}
            {next.map(({ to, by }) => `; then ${nameOf(to)}: ${by}`).join('')}
          </li>
        )
      })}
    </ol>
  )
}

export function StateDiagram({ profile, statuses, present }: Drawn) {
  const head = useId()
  const { states, columns, rows } = layoutStates(
    statuses.map(({ code }) => code),
    profile.start,
    profile.transitions,
  )
  const placed = new Map(states.map((state) => [state.code, state]))
  const width = columns * (box.width + box.gap) - box.gap + 2
  const height = rows * (box.height + box.lane) - box.lane + 2
  return (
    <>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="w-full max-w-5xl">
        <defs>
          <marker id={head} viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M 0 0 L 8 4 L 0 8 z" className="fill-line-strong" />
          </marker>
        </defs>
        {profile.transitions.map(({ from, to, by }) => {
          const [start, end] = [placed.get(from), placed.get(to)]
          return start === undefined || end === undefined ? null : (
            <path
              key={`${from} ${to}`}
              d={arrowPath(start, end)}
              markerEnd={`url(#${head})`}
              className="fill-none stroke-line-strong"
            >
              <title>{by}</title>
            </path>
          )
        })}
        {states.map((state) => {
          const word = statuses.find(({ code }) => code === state.code)
          return word === undefined ? null : (
            <StateBox
              key={state.code}
              state={state}
              word={word}
              isPresent={present !== null && sameCode(state.code, present)}
            />
          )
        })}
      </svg>
      <StateList profile={profile} statuses={statuses} present={present} />
    </>
  )
}
