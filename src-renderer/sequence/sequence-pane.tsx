/** Sequence: TPP, customer and bank as a diagram drawn from the exchanges while they happen. */
import { useEffect, useMemo, useRef } from 'react'
import { keep, show, useApp } from '../app-state.ts'
import { recentHistory } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { saveFile } from '../ui/save-file.ts'
import { useCustomerMoments } from './customer-moments.ts'
import { type LaneNames, laneAt, sequenceSvg } from './sequence-svg.ts'
import { StepRow } from './step-row.tsx'
import { lanes, type Step, sequenceSteps } from './steps.ts'

/** What history keeps at hand; older exchanges are in History. */
const most = 200

/** When the diagram begins, per bank and environment; ISO 8601. */
function useBeginning(place: string): [string, (at: string) => void] {
  const kept = useApp(({ kept: { sequence } }) => sequence) as Readonly<Record<string, string>> | undefined
  const at = kept?.[place]
  return [typeof at === 'string' ? at : '', (next) => keep('sequence', { ...kept, [place]: next })]
}

function useSteps(bank: string, environment: string, since: string): readonly Step[] {
  const { value } = recentHistory()
  const { moments } = useCustomerMoments()
  return useMemo(() => {
    const here = (each: { bank: string; environment: string; at: string }) =>
      each.bank === bank && each.environment === environment && each.at >= since
    return sequenceSteps((value ?? []).filter(here), moments.filter(here))
  }, [value, moments, bank, environment, since])
}

function Heads({ names }: { readonly names: LaneNames }) {
  return (
    <svg
      className="sticky top-0 z-10 block h-9 w-full border-b border-line bg-surface"
      aria-hidden="true"
      fill="currentColor"
    >
      {lanes.map((lane) => (
        <text key={lane} x={`${laneAt[lane] * 100}%`} y="23" textAnchor="middle" className="font-semibold">
          {names[lane]}
        </text>
      ))}
    </svg>
  )
}

/** The newest step stays in sight while the person has not scrolled away from it. */
function useNewestInSight(count: number) {
  const list = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  useEffect(() => {
    const shown = list.current
    if (shown !== null && count > 0 && atEnd.current) shown.scrollTop = shown.scrollHeight
  }, [count])
  const onScroll = () => {
    const shown = list.current
    if (shown !== null) atEnd.current = shown.scrollHeight - shown.scrollTop - shown.clientHeight < 40
  }
  return { list, onScroll }
}

function Diagram({ steps, names }: { readonly steps: readonly Step[]; readonly names: LaneNames }) {
  const { list, onScroll } = useNewestInSight(steps.length)
  return (
    <section
      ref={list}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label="Diagram"
      className="min-h-0 flex-1 overflow-auto bg-surface -outline-offset-2"
    >
      <div className="min-w-3xl">
        <Heads names={names} />
        <ol aria-label="Steps" className="pb-4">
          {steps.map((step) => (
            <StepRow key={step.key} step={step} names={names} />
          ))}
        </ol>
      </div>
    </section>
  )
}

function Nothing({ since, onAll }: { readonly since: string; readonly onAll: () => void }) {
  return since === '' ? (
    <EmptyState
      title="No exchange with this bank yet"
      action={
        <Button kind="primary" onClick={() => show('requests')}>
          Go to Requests
        </Button>
      }
    >
      Every call to the bank is drawn here while it happens, with what the customer is asked in between.
    </EmptyState>
  ) : (
    <EmptyState
      title="Nothing has happened since you cleared the diagram"
      action={<Button onClick={onAll}>Show earlier steps</Button>}
    >
      The next call to the bank begins a new diagram.
    </EmptyState>
  )
}

export function SequencePane() {
  const { bank: id, environment } = useApp()
  const { bank, environment: place, identity } = useSelection()
  const [since, begin] = useBeginning(`${id}/${environment}`)
  const { value, fault } = recentHistory()
  const steps = useSteps(id, environment, since)
  const names: LaneNames = { customer: 'Customer (PSU)', tpp: identity?.name ?? 'TPP', bank: bank?.name ?? id }
  const title = `${names.bank}, ${place?.name ?? environment}, ${new Date().toISOString().slice(0, 10)}`
  const save = () => saveFile(`sequence-${id}-${environment}.svg`, sequenceSvg(steps, names, title), 'image/svg+xml')
  const all = () => begin('')
  return (
    <>
      <PaneHead
        title="Sequence"
        actions={
          <>
            {since !== '' && steps.length > 0 && (
              <Button kind="quiet" onClick={all}>
                Show earlier steps
              </Button>
            )}
            <Button
              disabled={steps.length === 0}
              title="Begin a new diagram; History keeps everything"
              onClick={() => begin(new Date().toISOString())}
            >
              Clear
            </Button>
            <Button disabled={steps.length === 0} onClick={save}>
              Export as SVG
            </Button>
          </>
        }
      >
        <p role="status" className="text-muted">
          {steps.length === 0 ? '' : `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`}
          {value?.length === most && ' among the newest 200 exchanges'}
        </p>
      </PaneHead>
      {fault !== null && (
        <div className="p-3">
          <FaultNotice fault={fault} title="History cannot be read" />
        </div>
      )}
      {value === null && fault === null ? (
        <Loading what="Sequence" />
      ) : steps.length === 0 ? (
        <Nothing since={since} onAll={all} />
      ) : (
        <Diagram steps={steps} names={names} />
      )}
    </>
  )
}
