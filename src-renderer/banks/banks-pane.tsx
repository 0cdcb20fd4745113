/** Banks: what the workbench knows about each, what can be set per environment, and the way to a bank of one's own. */
import type { BankView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { BankList } from './bank-list.tsx'
import { BankPage } from './bank-page.tsx'
import { changeBanksView, useBanksView } from './banks-view.ts'
import { ImportPage } from './import-page.tsx'
import { useSoughtEnvironment } from './seek-environment.ts'

function Content({ all }: { readonly all: readonly BankView[] }) {
  const { bank: looked, adding } = useBanksView()
  const { bank: used } = useApp()
  const named = (id: string | null) => all.find((each) => each.id === id)
  const bank = named(looked) ?? named(used) ?? all[0] ?? null
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,15rem)_minmax(0,1fr)] xl:grid-cols-[minmax(0,19rem)_minmax(0,1fr)]">
      <BankList
        banks={all}
        selected={adding ? null : (bank?.id ?? null)}
        onChoose={(id) => changeBanksView({ bank: id, adding: false })}
      />
      <section aria-label={adding ? 'Add a bank' : 'Bank'} className="flex min-h-0 min-w-0 flex-col bg-surface">
        {adding ? (
          <ImportPage banks={all} />
        ) : bank === null ? (
          <EmptyState title="No bank yet">Add one from its OpenAPI document.</EmptyState>
        ) : (
          <BankPage key={bank.id} bank={bank} />
        )}
      </section>
    </div>
  )
}

export function BanksPane() {
  const { value, fault } = banks()
  const { adding } = useBanksView()
  useSoughtEnvironment()
  return (
    <>
      <PaneHead
        title="Banks"
        actions={
          <Button
            kind={adding ? 'plain' : 'primary'}
            disabled={adding}
            onClick={() => changeBanksView({ adding: true })}
          >
            Add a bank …
          </Button>
        }
      >
        {value !== null && (
          <span className="text-muted">{`${value.length} banks, ${value.filter(({ source }) => source === 'user').length} of your own`}</span>
        )}
      </PaneHead>
      {fault !== null && (
        <div className="p-3">
          <FaultNotice
            fault={fault}
            title="The banks cannot be read"
            action={<Button onClick={() => void banks.refresh()}>Try again</Button>}
          />
        </div>
      )}
      {value === null ? fault === null && <Loading what="Banks" /> : <Content all={value} />}
    </>
  )
}
