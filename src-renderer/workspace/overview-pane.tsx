/** The Overview of a bank: from an identity to the first answer, and what runs out after that. */
import { choose, useApp } from '../app-state.ts'
import {
  bankDetail,
  banks,
  grants,
  identities,
  recentHistory,
  registrations,
  remembered,
  sandboxCustomers,
} from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { useNow } from '../ui/use-now.ts'
import { firstCalls } from './access-by-consent.ts'
import { EnvironmentNotice } from './environment-notice.tsx'
import { ExpiryBoard } from './expiry-board.tsx'
import { FirstAnswer } from './first-answer.tsx'
import { useFirstReading } from './first-reading.ts'
import { GuidePanel } from './guide-panel.tsx'
import { pipeline, type Standing } from './pipeline.ts'
import { bestGrant, firstScope } from './pipeline-access.ts'
import { PipelineSteps } from './pipeline-steps.tsx'

type Loaded = Pick<Standing, 'bank' | 'environment' | 'identities'>

function useStanding({ bank, environment, identities: all }: Loaded): Standing {
  const { identity, registration, grants: mine } = useSelection()
  const now = useNow()
  const scope = bestGrant({ bank, grants: mine }, now)?.scope ?? firstScope({ bank })
  const reading = useFirstReading(bank.id, scope, environment.kind)
  const lastRead =
    recentHistory().value?.find(
      (row) =>
        row.bank === bank.id &&
        row.environment === environment.id &&
        (reading === null ? firstCalls(bank).includes(row.operation) : row.operation === reading?.id) &&
        row.status !== null &&
        row.status >= 200 &&
        row.status < 300,
    ) ?? null
  const created = remembered().value ?? []
  return {
    bank,
    environment,
    identities: all,
    identity,
    registration,
    grants: mine,
    remembered: created,
    reading,
    lastRead,
    now,
  }
}

function Board(loaded: Loaded) {
  const { guide } = useApp()
  const standing = useStanding(loaded)
  // Asked for early, so that they are there when the step is.
  if (loaded.environment.kind === 'local-sandbox' && loaded.environment.ready) sandboxCustomers(loaded.bank.id)
  const { bank, environment } = standing
  const steps = pipeline(standing)
  // Without the sandbox no step of it can be done: starting it is the only button then.
  const shown =
    environment.kind === 'local-sandbox' && !environment.ready
      ? steps.map((step) => ({ ...step, action: null }))
      : steps
  return (
    <div className="mx-auto flex w-full max-w-[96rem] flex-col gap-3 p-4">
      <div className="flex min-h-7 items-center gap-2">
        <h1 className="min-w-0 flex-1 truncate text-lg">
          {bank.name} <span className="font-normal text-muted">{environment.name}</span>
        </h1>
        {guide === null && <Button onClick={() => choose({ guide: 0 })}>Show the guide</Button>}
      </div>
      {guide !== null && <GuidePanel steps={steps} bank={bank} />}
      <EnvironmentNotice bank={bank} environment={environment} />
      <PipelineSteps steps={shown} standing={standing} />
      <FirstAnswer bank={bank.id} environment={environment.id} />
      <ExpiryBoard standing={standing} />
    </div>
  )
}

export function OverviewPane() {
  const { bank: id } = useApp()
  const { environment } = useSelection()
  const detail = bankDetail(id)()
  const list = banks()
  const known = [identities(), registrations(), grants(), recentHistory()] as const
  const fault = detail.fault ?? list.fault ?? known.find((each) => each.fault !== null && each.value === null)?.fault
  if (fault != null && (detail.value === null || known.some((each) => each.value === null)))
    return (
      <div className="p-4">
        <FaultNotice fault={fault} title="The Overview cannot be shown" />
      </div>
    )
  if (detail.value === null || list.value === null || known.some((each) => each.value === null))
    return <Loading what="Overview" />
  if (environment === null)
    return (
      <EmptyState title="This bank has no such environment">Choose another one at the top of the window.</EmptyState>
    )
  return <Board bank={detail.value} environment={environment} identities={known[0].value ?? []} />
}
