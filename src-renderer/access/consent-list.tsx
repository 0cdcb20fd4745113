/** The consents, payments and baskets this workbench created here, and the one that is looked at. */
import type { BankDetail } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { consents } from './access-data.ts'
import { chooseConsent, useChosenConsent } from './access-view.ts'
import { ConsentDetail } from './consent-detail.tsx'
import { ConsentTable } from './consent-table.tsx'

export function ConsentList({ bank }: { readonly bank: BankDetail }) {
  const { environment } = useApp()
  const { value, fault } = consents()
  const chosenId = useChosenConsent()
  const here = (value ?? []).filter((each) => each.bank === bank.id && each.environment === environment)
  const chosen = here.find(({ id }) => id === chosenId) ?? null
  const title = 'Consents and payments'
  return (
    <>
      <Section title={here.length === 0 ? title : `${title} (${here.length})`} flush>
        {value === null && fault === null && <Loading what={title} />}
        {value === null && <FaultNotice fault={fault} title="What was created here cannot be read" />}
        {value !== null && here.length === 0 && (
          <EmptyState title="None was created here">
            What you create in Requests (consents, payments, baskets) stands here with its status and what each customer
            has signed.
          </EmptyState>
        )}
        {here.length > 0 && (
          <ConsentTable
            bank={bank}
            consents={here}
            selected={chosenId}
            onChoose={({ id }) => chooseConsent(id === chosenId ? null : id)}
          />
        )}
      </Section>
      {chosen !== null && <ConsentDetail key={chosen.id} bank={bank} consent={chosen} all={here} />}
    </>
  )
}
