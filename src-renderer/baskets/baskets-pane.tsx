/** Baskets: payments signed together, the baskets there are, and the choice for another one. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { useApp } from '../app-state.ts'
import { createdThings, useCreatedHere, useCreatedThings } from '../created-things.ts'
import { bankDetail } from '../live-data.ts'
import { newOne, useChosen } from '../payments/chosen.ts'
import { PaymentList } from '../payments/payment-list.tsx'
import { operationsAt } from '../requests/operation-details.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { BasketDetail } from './basket-detail.tsx'
import type { Members } from './member-choice.ts'
import { NewBasket } from './new-basket.tsx'

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly profile: ResourceProfile
  readonly members: Members
}

const kinds = ['basket'] as const

function List({ bank, chosen, onChoose }: Here & { chosen: string | null; onChoose: (id: string) => void }) {
  const baskets = useCreatedHere(kinds)
  const { fault } = createdThings()
  if (baskets === null)
    return fault === null ? <Loading what="Baskets" /> : <FaultNotice fault={fault} title="Baskets cannot be read" />
  if (baskets.length === 0)
    return (
      <EmptyState title="No basket was created here">
        Choose payments on the right: the customer signs all of them at once.
      </EmptyState>
    )
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <PaymentList label="Baskets" bank={bank} things={baskets} selected={chosen} onChoose={onChoose} />
    </div>
  )
}

function Body(here: Here) {
  const { bank, environment, profile } = here
  const [chosen, choose] = useChosen('basket')
  const basket = useCreatedHere(kinds)?.find(({ id }) => id === chosen) ?? null
  const operations = operationsAt(bank.id, environment.id)()
  const create = operations.value?.find(({ id }) => id === profile.create)
  return (
    <>
      <PaneHead
        title="Baskets"
        actions={
          <Button
            kind={basket === null ? 'plain' : 'primary'}
            disabled={basket === null}
            onClick={() => choose(newOne)}
          >
            New basket
          </Button>
        }
      />
      <ListAndDetail
        label={basket === null ? 'Another basket' : 'Chosen basket'}
        list={<List {...here} chosen={chosen} onChoose={choose} />}
        detail={
          <div className="p-3">
            {basket !== null ? (
              <BasketDetail key={basket.id} {...here} basket={basket} />
            ) : create === undefined ? (
              <FaultNotice fault={operations.fault} title="The form cannot be made" />
            ) : (
              <NewBasket {...here} scope={create.scope} />
            )}
          </div>
        }
      />
    </>
  )
}

export function BasketsPane() {
  const { bank: id } = useApp()
  const { environment } = useSelection()
  const { value: bank, fault } = bankDetail(id)()
  useCreatedThings()
  const profile = bank?.resources.find(({ kind }) => kind === 'basket')
  const members = profile?.members
  if (bank !== null && environment !== null && profile !== undefined && members !== undefined)
    return <Body bank={bank} environment={environment} profile={profile} members={members} />
  return (
    <>
      <PaneHead title="Baskets" />
      {bank === null && fault === null && <Loading what="Baskets" />}
      <FaultNotice fault={fault} title="The bank cannot be shown" />
      {bank !== null && environment === null && <EmptyState title="Choose an environment at the top of the window" />}
      {bank !== null && members === undefined && (
        <EmptyState title={`The data of ${bank.name} does not say what goes into a basket`}>
          It stands under <span className="font-mono">members</span> of the resource.
        </EmptyState>
      )}
    </>
  )
}
