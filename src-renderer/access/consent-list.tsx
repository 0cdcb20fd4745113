/** The consents, payments and baskets this workbench created here, and the one that is looked at. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { keep, useApp } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { consents } from './access-data.ts'
import { chooseConsent, useChosenConsent } from './access-view.ts'
import { ConsentDetail } from './consent-detail.tsx'
import { ConsentForm } from './consent-form.tsx'
import { ConsentTable } from './consent-table.tsx'

/** Whether the form for a new one is open, kept across views and reloads. */
function useOpenForm(): readonly [boolean, (open: boolean) => void] {
  const open = useApp().kept['new-consent'] === true
  return [open, (next) => keep('new-consent', next)]
}

export function ConsentList({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  const { value, fault } = consents()
  const chosenId = useChosenConsent()
  const [open, setOpen] = useOpenForm()
  const profile = bank.resources.find(({ kind }) => kind === 'consent')
  const here = (value ?? []).filter((each) => each.bank === bank.id && each.environment === environment.id)
  const chosen = here.find(({ id }) => id === chosenId) ?? null
  const title = 'Consents and payments'
  return (
    <>
      {profile !== undefined && open && (
        <ConsentForm
          key={`${bank.id}/${environment.id}`}
          bank={bank}
          environment={environment}
          profile={profile}
          onClose={() => setOpen(false)}
        />
      )}
      <Section
        title={here.length === 0 ? title : `${title} (${here.length})`}
        flush
        trailing={
          profile !== undefined &&
          !open && (
            <Button kind={here.length === 0 ? 'primary' : 'plain'} onClick={() => setOpen(true)}>
              New consent
            </Button>
          )
        }
      >
        {value === null && fault === null && <Loading what={title} />}
        {value === null && <FaultNotice fault={fault} title="What was created here cannot be read" />}
        {value !== null && here.length === 0 && (
          <EmptyState title="None was created here">
            What you create at the bank (consents, payments, baskets) stands here with its status and what each customer
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
