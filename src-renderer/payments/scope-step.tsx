/** The step that gets the one grant something needs: who is asked, off to the bank's page, and how far it has come. */
import { useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { AuthorisingSteps } from '../access/authorising-steps.tsx'
import { type CustomerChoice, customerProblem } from '../access/customer-choice.ts'
import { CustomerFields } from '../access/customer-fields.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { show } from '../app-state.ts'
import { authorising, startAuthorising } from '../authorising.ts'
import { grants, sandboxCustomers } from '../live-data.ts'
import { openScope } from '../open.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** What has to be there before a customer can be asked; null where all is. */
function Missing({ bank }: { readonly bank: BankDetail }) {
  const { identity, registration } = useSelection()
  if (identity === null)
    return (
      <Notice
        tone="caution"
        title="No identity is chosen"
        action={<Button onClick={() => show('keys')}>Open Keys</Button>}
      >
        The bank knows a TPP by its certificate.
      </Notice>
    )
  if (registration === null && bank.registration !== null)
    return (
      <Notice
        tone="caution"
        title="Register first"
        action={<Button onClick={() => show('registration')}>Open Registration</Button>}
      >
        {bank.name} sends no customer to a TPP it does not know.
      </Notice>
    )
  return null
}

function Asking({ bank, environment, scope, label }: StepProps) {
  const { identity, registration } = useSelection()
  const { running } = authorising()
  const local = environment.kind === 'local-sandbox' && environment.ready
  const customers = sandboxCustomers(bank.id)().value ?? []
  const offered = local ? customers : []
  const [told, setTold] = useState(false)
  const [picked, setPicked] = useState<CustomerChoice | null>(null)
  const choice = picked ?? { name: offered[0]?.name ?? null, typed: {}, click: false, decision: 'approve' }
  const known = offered.find(({ name }) => name === choice.name)
  const wrong =
    known === undefined &&
    bank.customerParameters.some((each) => customerProblem(each, choice.typed[each.name] ?? '') !== null)
  const start = () => {
    setTold(true)
    if (wrong || identity === null || !keyStoreOpen()) return
    setTold(false)
    // What recognises the customer leaves the form before the answer comes.
    setPicked({ ...choice, typed: {} })
    void startAuthorising({
      bank: bank.id,
      environment: environment.id,
      identity: identity.id,
      scope,
      customer: known?.parameters ?? choice.typed,
      ...(known !== undefined && choice.click && { psu: known.name, decision: choice.decision }),
    }).then(() => grants.refresh())
  }
  const blocked = identity === null || (registration === null && bank.registration !== null)
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <Missing bank={bank} />
      <CustomerFields bank={bank} customers={offered} choice={choice} onChange={setPicked} told={told} />
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="primary" type="submit" disabled={blocked || running}>
          {label}
        </Button>
        {environment.kind === 'production' && <span className="text-muted">A real customer is asked.</span>}
      </div>
    </form>
  )
}

interface StepProps {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  /** With its ids filled in. */
  readonly scope: string
  readonly label: string
}

export function ScopeStep(props: StepProps) {
  const { bank, environment, scope } = props
  const { subject } = authorising()
  const mine = subject?.bank === bank.id && subject.environment === environment.id && subject.scope === scope
  if (bank.flow !== 'oauth-code')
    return (
      <Notice
        tone="caution"
        title={`A token for ${scope} is needed`}
        action={<Button onClick={() => openScope(scope)}>Open Access</Button>}
      >
        None is there yet.
      </Notice>
    )
  return mine ? <AuthorisingSteps /> : <Asking {...props} />
}
