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
import { TokenForm } from './token-form.tsx'

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

/** Why a bank's customers are asked for no token. */
function withoutToken(bank: BankDetail): string {
  if (bank.flow === 'redirect-challenge')
    return `${bank.name} answers the call with a page for the customer; the same call is sent again afterwards.`
  if (bank.flow === 'redirect-link') return `What ${bank.name} creates comes with a link to a page for the customer.`
  return `The data of ${bank.name} names no scopes a customer could be asked for.`
}

/** Where a bank gives out tokens itself, entering one is for test tokens, and stands folded. */
function Entering({ bank, environment }: { bank: BankDetail; environment: BankView['environments'][number] }) {
  const form = <TokenForm bank={bank} environment={environment} />
  if (bank.flow === 'bearer') return <Section title="Enter a token">{form}</Section>
  return (
    <details className="rounded-md border border-line bg-surface">
      <summary className="px-3 py-1.5">Enter a token from elsewhere</summary>
      <div className="border-t border-line p-3">{form}</div>
    </details>
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
  if (bank.scopes.length === 0) return <EmptyState title="No token is needed">{withoutToken(bank)}</EmptyState>
  return (
    <div className="grid gap-3 p-4 xl:grid-cols-[22rem_minmax(0,1fr)] xl:items-start">
      <div className="flex min-w-0 flex-col gap-3">
        {bank.flow === 'oauth-code' && <Asking bank={bank} environment={environment} />}
        {bank.flow === 'oauth-sca' && (
          <Notice tone="neutral" title="Access is given per consent and per payment">
            Create one in Requests first; its answer links to the page where the customer authorises it.
          </Notice>
        )}
        <Entering key={`${bank.id}/${environment.id}`} bank={bank} environment={environment} />
      </div>
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
