/** One bank: its facts, environments, assumptions and folder, and its profile where it is the user's own. */
import type { ReactNode } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { bankDetail } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { type Tab, Tabs } from '../ui/tabs.tsx'
import { AssumptionList } from './assumption-list.tsx'
import { BankFacts } from './bank-facts.tsx'
import { type BankTab, changeBanksView, useBanksView } from './banks-view.ts'
import { environmentDetail } from './environment-details.ts'
import { bankDraftName, environmentDraftName, useDrafts } from './environment-drafts.ts'
import { EnvironmentsPanel, useShownEnvironment } from './environments-panel.tsx'
import { FolderPanel } from './folder-panel.tsx'
import { ProfilePanel } from './profile-panel.tsx'

function OpenAssumptions({ bank, environment }: { readonly bank: string; readonly environment: string }) {
  const { value } = environmentDetail(bank, environment)()
  const open = value?.assumptions.filter(({ state }) => state === 'assumed').length
  return <>{open === undefined || open === 0 ? 'Assumptions' : `Assumptions (${open} open)`}</>
}

function Loaded({ bank, children }: { readonly bank: string; readonly children: (detail: BankDetail) => ReactNode }) {
  const resource = bankDetail(bank)
  const { value, fault } = resource()
  if (value !== null) return <>{children(value)}</>
  if (fault === null) return <Loading what="Bank" />
  return (
    <div className="p-4">
      <FaultNotice
        fault={fault}
        title="The bank cannot be shown"
        action={<Button onClick={() => void resource.refresh()}>Try again</Button>}
      />
    </div>
  )
}

function useTabs(bank: BankView): readonly Tab[] {
  const detail = bankDetail(bank.id)().value
  const environment = useShownEnvironment(bank)
  const drafts = useDrafts()
  const unsaved = bank.environments.some(({ id }) => drafts.includes(environmentDraftName(bank.id, id)))
  const mark = (name: string, is: boolean) => (is ? `${name} · unsaved` : name)
  return [
    {
      id: 'facts',
      label: 'About',
      content: <Loaded bank={bank.id}>{(loaded) => <BankFacts bank={loaded} />}</Loaded>,
    },
    {
      id: 'environments',
      label: mark('Environments', unsaved),
      content: <EnvironmentsPanel bank={bank} detail={detail} />,
    },
    {
      id: 'assumptions',
      label: environment === null ? 'Assumptions' : <OpenAssumptions bank={bank.id} environment={environment.id} />,
      content: <AssumptionList bank={bank} />,
    },
    ...(bank.source === 'user'
      ? [
          {
            id: 'edit',
            label: mark('Edit bank', drafts.includes(bankDraftName(bank.id))),
            content: <ProfilePanel bank={bank} />,
          },
        ]
      : []),
    { id: 'folder', label: 'Folder', content: <FolderPanel bank={bank} /> },
  ]
}

export function BankPage({ bank }: { readonly bank: BankView }) {
  const { tab } = useBanksView()
  const tabs = useTabs(bank)
  const country = bankDetail(bank.id)().value?.country
  return (
    <>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 px-4 pt-2">
        <h2 className="min-w-0 text-lg wrap-anywhere">{bank.name}</h2>
        {country !== undefined && <span className="text-muted">{country}</span>}
        <Badge>{bank.source === 'user' ? 'yours' : 'shipped'}</Badge>
      </div>
      <Tabs label="Bank" tabs={tabs} selected={tab} onSelect={(id) => changeBanksView({ tab: id as BankTab })} />
    </>
  )
}
