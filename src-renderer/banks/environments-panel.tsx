/** The environments of a bank: one is chosen, and shown as a form. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { changeBanksView, useBanksView } from './banks-view.ts'
import { environmentDetail } from './environment-details.ts'
import { environmentDraftName, useDrafts } from './environment-drafts.ts'
import { EnvironmentEditor } from './environment-editor.tsx'

/** The one looked at last, else the one calls go to, else the bank's first. */
export function useShownEnvironment(bank: BankView): BankView['environments'][number] | null {
  const { environment: looked } = useBanksView()
  const { environment: used } = useApp()
  const named = (id: string | null) => bank.environments.find((each) => each.id === id)
  return named(looked) ?? named(used) ?? bank.environments[0] ?? null
}

export function EnvironmentChoice({ bank, shown }: { readonly bank: BankView; readonly shown: string }) {
  const drafts = useDrafts()
  return (
    <fieldset className="flex shrink-0 flex-wrap gap-1 px-4 pt-3 pb-1">
      <legend className="sr-only">Environment of the bank</legend>
      {bank.environments.map(({ id, name, ready }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === shown}
          onClick={() => changeBanksView({ environment: id })}
          className={`flex h-7 items-center gap-1.5 rounded-md border px-2.5 ${id === shown ? 'border-accent bg-accent-soft text-accent' : 'border-line bg-surface hover:bg-raised'}`}
        >
          {name}
          <span className={`text-sm ${ready ? 'text-good' : 'text-caution'}`}>{ready ? 'ready' : 'not ready'}</span>
          {drafts.includes(environmentDraftName(bank.id, id)) && <span className="text-sm text-caution">unsaved</span>}
        </button>
      ))}
    </fieldset>
  )
}

function Environment({
  bank,
  detail,
  id,
}: {
  readonly bank: string
  readonly detail: BankDetail | null
  readonly id: string
}) {
  const resource = environmentDetail(bank, id)
  const { value, fault } = resource()
  if (value !== null) return <EnvironmentEditor detail={value} bank={detail} />
  if (fault === null) return <Loading what="Environment" />
  return (
    <div className="p-4">
      <FaultNotice
        fault={fault}
        title="The environment cannot be shown"
        action={<Button onClick={() => void resource.refresh()}>Try again</Button>}
      />
    </div>
  )
}

export function EnvironmentsPanel({ bank, detail }: { readonly bank: BankView; readonly detail: BankDetail | null }) {
  const environment = useShownEnvironment(bank)
  if (environment === null) return <p className="p-4 text-muted">This bank has no environment.</p>
  return (
    <>
      <EnvironmentChoice bank={bank} shown={environment.id} />
      <Environment key={`${bank.id}/${environment.id}`} bank={bank.id} detail={detail} id={environment.id} />
    </>
  )
}
