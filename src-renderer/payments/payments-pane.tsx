/** Payments and recurring payments: what was created with its status, and the form for another one. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { useApp } from '../app-state.ts'
import { createdThings, useCreatedHere, useCreatedThings } from '../created-things.ts'
import { bankDetail } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { newOne, useChosen } from './chosen.ts'
import { CreatePayment } from './create-payment.tsx'
import { PaymentDetail } from './payment-detail.tsx'
import { PaymentList } from './payment-list.tsx'
import { type PaymentKind, paymentWords } from './payment-words.ts'

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly kind: PaymentKind
  readonly profile: ResourceProfile
}

function List({ bank, kind, chosen, onChoose }: Here & { chosen: string | null; onChoose: (id: string) => void }) {
  const words = paymentWords[kind]
  const things = useCreatedHere([kind])
  const { fault } = createdThings()
  if (things === null)
    return fault === null ? (
      <Loading what={words.title} />
    ) : (
      <FaultNotice fault={fault} title="What was created here cannot be read" />
    )
  if (things.length === 0)
    return (
      <EmptyState title={words.none}>
        Fill in the form on the right. What you create stands here with its status, also after a restart.
      </EmptyState>
    )
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <PaymentList label={words.title} bank={bank} things={things} selected={chosen} onChoose={onChoose} />
    </div>
  )
}

function Body(here: Here) {
  const { kind } = here
  const words = paymentWords[kind]
  const [chosen, choose] = useChosen(kind)
  const things = useCreatedHere([kind])
  const thing = things?.find(({ id }) => id === chosen) ?? null
  return (
    <>
      <PaneHead
        title={words.title}
        actions={
          <Button kind={thing === null ? 'plain' : 'primary'} disabled={thing === null} onClick={() => choose(newOne)}>
            {words.add}
          </Button>
        }
      />
      <ListAndDetail
        label={thing === null ? `Another ${words.one}` : `Chosen ${words.one}`}
        list={<List {...here} chosen={chosen} onChoose={choose} />}
        detail={
          <div className="p-3">
            {thing === null ? (
              <CreatePayment key={`${here.bank.id}/${here.environment.id}`} {...here} />
            ) : (
              <PaymentDetail key={thing.id} {...here} thing={thing} words={words} />
            )}
          </div>
        }
      />
    </>
  )
}

function KindPane({ kind }: { readonly kind: PaymentKind }) {
  const { bank: id } = useApp()
  const { environment } = useSelection()
  const { value: bank, fault } = bankDetail(id)()
  useCreatedThings()
  const { title } = paymentWords[kind]
  const profile = bank?.resources.find((each) => each.kind === kind)
  if (bank !== null && environment !== null && profile !== undefined)
    return <Body bank={bank} environment={environment} kind={kind} profile={profile} />
  return (
    <>
      <PaneHead title={title} />
      {bank === null && fault === null && <Loading what={title} />}
      <FaultNotice fault={fault} title="The bank cannot be shown" />
      {bank !== null && environment === null && <EmptyState title="Choose an environment at the top of the window" />}
      {bank !== null && profile === undefined && (
        <EmptyState title={`The data of ${bank.name} has none of these`}>
          A bank’s data names the calls about a payment under <span className="font-mono">resources</span>.
        </EmptyState>
      )}
    </>
  )
}

export const PaymentsPane = () => <KindPane kind="payment" />
export const RecurringPaymentsPane = () => <KindPane kind="recurring-payment" />
