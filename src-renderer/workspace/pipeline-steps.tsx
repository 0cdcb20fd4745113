/** The four steps side by side: what is done, what is next with the button that does it, what comes later. */
import { show } from '../app-state.ts'
import { authorising } from '../authorising.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { views } from '../views.tsx'
import { CustomerStep, WaitingForCustomer } from './customer-step.tsx'
import type { Fact, Standing, Step, StepState } from './pipeline.ts'
import { StepActionButton } from './step-action.tsx'

const tones: Record<StepState, Tone> = { done: 'good', next: 'accent', later: 'neutral', problem: 'bad' }

const edges: Record<StepState, string> = {
  done: 'border-line',
  next: 'border-accent',
  later: 'border-line border-dashed',
  problem: 'border-bad',
}

const viewName = (view: Step['view']): string => views.find(({ id }) => id === view)?.name ?? view

function Deed({ step, standing }: { readonly step: Step; readonly standing: Standing }) {
  const { running, subject } = authorising()
  const here = subject?.bank === standing.bank.id && subject.environment === standing.environment.id
  if (step.id === 'access' && running && here) return <WaitingForCustomer />
  const { action } = step
  if (action === null) return null
  if (action.kind === 'authorise') return <CustomerStep standing={standing} scope={action.scope} label={action.label} />
  // Keyed by what it does, so that a fault of one deed is not shown under the next.
  return <StepActionButton key={action.kind} step={step} action={action} standing={standing} />
}

function FactLine({ fact, later }: { readonly fact: Fact; readonly later: boolean }) {
  const place = 'col-start-2 row-start-1 min-w-0 xl:col-span-2 xl:col-start-1 xl:row-start-2'
  if (typeof fact === 'string') return <p className={`wrap-anywhere ${place} ${later ? 'text-muted' : ''}`}>{fact}</p>
  return (
    <p className={`flex flex-wrap gap-x-3 ${place}`}>
      {fact.map((part) => (
        <span key={part} className="max-w-full truncate" title={part}>
          {part}
        </span>
      ))}
    </p>
  )
}

/** A row where the steps are stacked, a card where they stand side by side; the same parts in both. */
function StepCard({ step, place, standing }: { step: Step; place: number; standing: Standing }) {
  const { state, name, fact, view } = step
  return (
    <li
      aria-current={state === 'next' || state === 'problem' ? 'step' : undefined}
      className={`grid min-w-0 grid-cols-[8rem_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-2 rounded-md border bg-surface p-3 xl:min-h-44 xl:grid-cols-[minmax(0,1fr)_auto] xl:grid-rows-[auto_auto_minmax(0,1fr)] ${edges[state]}`}
    >
      <h2 className="truncate">
        <span className="text-muted">{place}</span>{' '}
        {state === 'later' ? (
          name
        ) : (
          <button
            type="button"
            className="underline-offset-2 hover:underline"
            title={`Open ${viewName(view)}`}
            onClick={() => show(view)}
          >
            {name}
          </button>
        )}
      </h2>
      <span className="col-start-3 row-start-1 xl:col-start-2">
        <Badge tone={tones[state]}>{state}</Badge>
      </span>
      <FactLine fact={fact} later={state === 'later'} />
      <div className="col-span-2 col-start-2 row-start-2 flex flex-col items-stretch gap-2 empty:hidden xl:col-start-1 xl:row-start-3 xl:self-end">
        <Deed step={step} standing={standing} />
      </div>
    </li>
  )
}

export function PipelineSteps({ steps, standing }: { steps: readonly Step[]; standing: Standing }) {
  const { running } = authorising()
  const states = steps.map(({ state }) => state).join(' ')
  const focus = useFocusFollows<HTMLOListElement>(`${states} ${running}`, '[data-primary]')
  return (
    <ol ref={focus} aria-label="Steps to the bank" className="grid gap-2 xl:grid-cols-4 xl:gap-3">
      {steps.map((step, index) => (
        <StepCard key={step.id} step={step} place={index + 1} standing={standing} />
      ))}
    </ol>
  )
}
