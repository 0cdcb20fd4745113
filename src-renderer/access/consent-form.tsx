/** A new consent as a form made of the bank's own schema: what is asked for, sent, and what the bank says to it. */
import { useEffect, useMemo } from 'react'
import type { BankDetail, BankView, OperationDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { api } from '../api.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { documentOf, textOf } from '../forms/body-editor.tsx'
import { beginFormDraft, useFormDraft } from '../forms/form-drafts.ts'
import { formFields } from '../forms/form-fields.ts'
import { OperationForm } from '../forms/operation-form.tsx'
import type { OperationFormState } from '../forms/use-operation-form.ts'
import { takeAddress } from '../presence.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { refreshAccess } from './access-data.ts'
import { AccessMatrix } from './access-matrix.tsx'
import { chooseConsent } from './access-view.ts'
import { type AccessShape, accessShapeIn } from './account-access.ts'
import { firstBody, firstParameters, frontHeaders } from './consent-draft.ts'
import { knownAccounts, sandboxAccounts } from './known-accounts.ts'

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly profile: ResourceProfile
}

const returnAddress = (bank: string) => api.access.returnAddress({ bank }).then(({ uri }) => uri)

/** What was created stands in the list, chosen, so that the next step is at hand. */
async function showCreated(exchange: Exchange, header: string | null): Promise<void> {
  if (!succeeded(exchange)) return
  const { bank, environment } = exchange
  const all = await api.access.consents({ bank, environment })
  const created = all.find((each) => each.exchange === exchange.id)
  void refreshAccess()
  if (created === undefined) return
  takeAddress(created.id, header, exchange)
  chooseConsent(created.id)
}

/** The form begins with what the bank's data knows, and once only: what is emptied stays empty. */
function useFirstBody(name: string, here: Here, detail: OperationDetail): void {
  const [typed] = useFormDraft(name)
  const { bank, profile } = here
  useEffect(() => {
    if (typed !== null) return
    const fields = formFields(detail.body?.schema ?? {})
    beginFormDraft(name, { parameters: {}, body: firstBody(fields, profile, bank, Date.now()), raw: false })
  }, [typed, name, detail, profile, bank])
}

function Matrix({
  bank,
  environment,
  shape,
  state,
}: Omit<Here, 'profile'> & { readonly shape: AccessShape; readonly state: OperationFormState }) {
  const known = useLoaded(`${bank.id}/${environment.id}`, () => knownAccounts(bank, environment.id)).value
  const tenant = useSelection().identity?.organizationIdentifier ?? null
  const local = environment.kind === 'local-sandbox' && environment.ready && tenant !== null
  const ofSandbox = useLoaded(local ? `${bank.id} ${tenant}` : null, () => sandboxAccounts(bank.id, tenant ?? '')).value
  const below = Object.entries(state.problems.body).flatMap(([at, list]) =>
    at === shape.place || at.startsWith(`${shape.place}/`) ? list : [],
  )
  return (
    <AccessMatrix
      shape={shape}
      document={documentOf(state.draft.body) ?? {}}
      known={known ?? []}
      ofSandbox={ofSandbox ?? []}
      problems={below}
      onChange={(next) => state.change({ body: textOf(next) })}
    />
  )
}

function Form({ detail, ...here }: Here & { readonly detail: OperationDetail }) {
  const { bank, environment } = here
  const { identity } = useSelection()
  const name = `consent ${bank.id}/${environment.id}`
  useFirstBody(name, here, detail)
  const returnTo = useLoaded(bank.returnHeader === null ? null : bank.id, returnAddress).value
  const shape = useMemo(() => accessShapeIn(formFields(detail.body?.schema ?? {})), [detail])
  const own = { bank, environment }
  return (
    <OperationForm
      name={name}
      detail={detail}
      bank={bank.id}
      environment={environment.id}
      identity={identity?.id ?? null}
      defaults={firstParameters(detail, bank, environment, returnTo)}
      front={frontHeaders(bank)}
      submit="Ask for the consent"
      onAnswer={(exchange) => void showCreated(exchange, bank.presence?.header ?? null)}
      {...(shape && {
        instead: (state: OperationFormState) => ({
          [shape.place]: <Matrix {...own} shape={shape} state={state} />,
        }),
      })}
    />
  )
}

export function ConsentForm(props: Here & { readonly onClose: () => void }) {
  const { bank, profile, onClose } = props
  const { value, fault } = useLoaded(`${bank.id}/${profile.create}`, () =>
    api.banks.operation({ bank: bank.id, operation: profile.create }),
  )
  return (
    <Section
      title="New consent"
      trailing={
        <Button kind="quiet" onClick={onClose}>
          Close the form
        </Button>
      }
    >
      {value === null && fault === null && <Loading what="Form" />}
      <FaultNotice fault={fault} title="The form cannot be shown" />
      {value !== null && value.id === profile.create && <Form {...props} detail={value} />}
    </Section>
  )
}
