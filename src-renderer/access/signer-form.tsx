/** One signer of a consent or payment: their authorisation started at the bank, or told who they are. */
import type { BankDetail, OperationView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { OperationForm } from '../forms/operation-form.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { refreshAccess } from './access-data.ts'

/** Where the Berlin Group's framework names the customer and the company they sign for. */
const customerHeaders = ['PSU-ID', 'PSU-Corporate-ID']

const returnAddress = (bank: string) => api.access.returnAddress({ bank }).then(({ uri }) => uri)

export interface SignerCall {
  readonly title: string
  readonly submit: string
  readonly operation: OperationView
  /** Path parameters of it. */
  readonly parameters: Readonly<Record<string, string>>
}

export function SignerForm({
  bank,
  consent,
  call,
  present,
  onClose,
}: {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly call: SignerCall
  /** Headers that say the customer is there. */
  readonly present: Readonly<Record<string, string>>
  readonly onClose: () => void
}) {
  const { operation } = call
  const { value, fault } = useLoaded(operation.id, (id) => api.banks.operation({ bank: bank.id, operation: id }))
  const returnTo = useLoaded(bank.returnHeader === null ? null : bank.id, returnAddress).value
  const back: Readonly<Record<string, string>> =
    bank.returnHeader === null || returnTo === null ? {} : { [bank.returnHeader]: returnTo }
  return (
    <Section
      title={call.title}
      trailing={
        <Button kind="quiet" onClick={onClose}>
          Close the form
        </Button>
      }
    >
      {value === null && fault === null && <Loading what="Form" />}
      <FaultNotice fault={fault} title="The form cannot be shown" />
      {value !== null && value.id === operation.id && (
        <OperationForm
          key={JSON.stringify(call.parameters)}
          name={`signer ${consent.id} ${operation.id} ${Object.values(call.parameters).join(' ')}`}
          detail={value}
          bank={bank.id}
          environment={consent.environment}
          identity={consent.identity}
          defaults={{ ...present, ...back, ...call.parameters }}
          front={customerHeaders}
          submit={call.submit}
          onAnswer={() => void refreshAccess()}
        />
      )}
    </Section>
  )
}
