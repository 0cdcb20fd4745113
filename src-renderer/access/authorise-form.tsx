/** Asks a customer for a grant: scope, customer, and off to the bank's page. */
import { useEffect, useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { startAuthorising } from '../authorising.ts'
import { grants, keyStore, sandboxCustomers } from '../live-data.ts'
import { fulfilled, useWishes } from '../open.ts'
import { useSelection } from '../selection.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { type CustomerChoice, customerProblem } from './customer-choice.ts'
import { CustomerFields } from './customer-fields.tsx'
import { idProblem, type ScopeChoice, ScopeFields } from './scope-fields.tsx'
import { fillScope, matchScope, scopeIds } from './scope-template.ts'

/** Customers exist in the local sandbox only, and only while it runs. */
function useCustomers(bank: string, wanted: boolean) {
  const customers = sandboxCustomers(bank)
  const { value } = customers()
  useEffect(() => {
    if (wanted) void customers.refresh()
  }, [customers, wanted])
  return wanted ? (value ?? []) : []
}

/** Another view asked for a scope, such as the one a call was refused for. */
function useWantedScope(bank: BankDetail, setScope: (scope: ScopeChoice) => void): void {
  const { scope } = useWishes()
  useEffect(() => {
    if (scope === null) return
    fulfilled('scope')
    for (const { scope: template } of bank.scopes) {
      const ids = matchScope(template, scope)
      if (ids !== null) return setScope({ template, ids })
    }
  }, [scope, bank, setScope])
}

export function AuthoriseForm({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  const { identity, registration } = useSelection()
  const customers = useCustomers(bank.id, environment.kind === 'local-sandbox' && environment.ready)
  const [told, setTold] = useState(false)
  const [scope, setScope] = useState<ScopeChoice>({ template: bank.scopes[0]?.scope ?? '', ids: {} })
  useWantedScope(bank, setScope)
  const [picked, setPicked] = useState<CustomerChoice | null>(null)
  const choice = picked ?? { name: customers[0]?.name ?? null, typed: {}, click: false, decision: 'approve' }
  const known = customers.find(({ name }) => name === choice.name)

  const wrong =
    scopeIds(scope.template).some((name) => idProblem(scope.ids[name] ?? '') !== null) ||
    (known === undefined &&
      bank.customerParameters.some((each) => customerProblem(each, choice.typed[each.name] ?? '') !== null))

  const start = () => {
    setTold(true)
    if (wrong || identity === null) return
    const store = keyStore.getState().value
    if (store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
    const clicked = known !== undefined && choice.click
    setTold(false)
    // What recognises the customer leaves the form before the answer comes.
    setPicked({ ...choice, typed: {} })
    void startAuthorising({
      bank: bank.id,
      environment: environment.id,
      identity: identity.id,
      scope: fillScope(scope.template, scope.ids),
      customer: known?.parameters ?? choice.typed,
      ...(clicked && { psu: known.name, decision: choice.decision }),
    }).then(() => grants.refresh())
  }

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
      <ScopeFields bank={bank} identity={identity} choice={scope} onChange={setScope} told={told} />
      <CustomerFields bank={bank} customers={customers} choice={choice} onChange={setPicked} told={told} />
      <div className="flex flex-wrap items-center gap-2">
        <Button data-primary kind="primary" type="submit" disabled={identity === null || registration === null}>
          Authorise the customer
        </Button>
        {environment.kind === 'production' && <span className="text-muted">A real customer is asked.</span>}
      </div>
    </form>
  )
}
