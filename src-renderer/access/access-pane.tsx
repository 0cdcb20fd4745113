/** Access: customers asked for grants, and the grants they gave. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { show, useApp } from '../app-state.ts'
import { authorising } from '../authorising.ts'
import { bankDetail, registrations } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading, Notice } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { Section } from '../ui/section.tsx'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { AuthoriseForm } from './authorise-form.tsx'
import { AuthorisingSteps } from './authorising-steps.tsx'
import { GrantList } from './grant-list.tsx'

/** What has to be there before a customer can be asked. */
function Missing({ bank }: { readonly bank: BankDetail }) {
  const { identity, registration } = useSelection()
  const known = registrations().value !== null
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
  if (registration === null && known)
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

function Asking({ bank, environment }: { bank: BankDetail; environment: BankView['environments'][number] }) {
  const { subject, running } = authorising()
  const here = subject?.bank === bank.id && subject.environment === environment.id
  const focus = useFocusFollows<HTMLDivElement>(`${here} ${running}`, '[data-primary]')
  return (
    <Section title="Authorise a customer">
      <div ref={focus} className="flex flex-col gap-3">
        {!here && <Missing bank={bank} />}
        {here && <AuthorisingSteps />}
        {/* Stays while it is not shown, so that a second try starts from what was chosen. */}
        <div hidden={here}>
          <AuthoriseForm key={`${bank.id}/${environment.id}`} bank={bank} environment={environment} />
        </div>
      </div>
    </Section>
  )
}

function Content() {
  const { bank: id } = useApp()
  const { environment } = useSelection()
  const { value: bank, fault } = bankDetail(id)()
  if (bank === null)
    return fault === null ? (
      <Loading what="Access" />
    ) : (
      <div className="p-4">
        <FaultNotice fault={fault} title="The bank cannot be shown" />
      </div>
    )
  if (environment === null) return <EmptyState title="Choose an environment at the top of the window" />
  if (bank.scopes.length === 0)
    return (
      <EmptyState title={`${bank.name} has no authorisation flow`}>
        Its data names no scopes a customer could be asked for.
      </EmptyState>
    )
  return (
    <div className="grid gap-3 p-4 xl:grid-cols-[22rem_minmax(0,1fr)] xl:items-start">
      <Asking bank={bank} environment={environment} />
      <GrantList />
    </div>
  )
}

export function AccessPane() {
  return (
    <>
      <PaneHead title="Access" />
      <div className="min-h-0 flex-1 overflow-auto">
        <Content />
      </div>
    </>
  )
}
