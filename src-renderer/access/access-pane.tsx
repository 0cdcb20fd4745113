/** Access: customers asked for grants, the grants they gave, and the consents and payments they authorise one by one. */
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
import { consents, useAccessData } from './access-data.ts'
import { AuthoriseForm } from './authorise-form.tsx'
import { AuthorisingSteps } from './authorising-steps.tsx'
import { ConsentList } from './consent-list.tsx'
import { DamagedList } from './damaged-list.tsx'
import { FlowList } from './flow-list.tsx'
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

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}

/** Whether the authorisation under way, or the last one, is of this bank and environment. */
function useIsHere({ bank, environment }: Here): boolean {
  const { subject } = authorising()
  return subject?.bank === bank.id && subject.environment === environment.id
}

function Asking({ bank, environment }: Here) {
  const here = useIsHere({ bank, environment })
  const canAsk = bank.flow === 'oauth-code'
  if (!canAsk && !here) return null
  return (
    <Section title="Authorise a customer">
      {canAsk && !here && <Missing bank={bank} />}
      {here && <AuthorisingSteps />}
      {/* Stays while it is not shown, so that a second try starts from what was chosen. */}
      {canAsk && (
        <div hidden={here}>
          <AuthoriseForm key={`${bank.id}/${environment.id}`} bank={bank} environment={environment} />
        </div>
      )}
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
function Entering({ bank, environment }: Here) {
  const form = <TokenForm bank={bank} environment={environment} />
  if (bank.flow === 'bearer') return <Section title="Enter a token">{form}</Section>
  return (
    <details className="rounded-md border border-line bg-surface">
      <summary className="px-3 py-1.5">Enter a token from elsewhere</summary>
      <div className="border-t border-line p-3">{form}</div>
    </details>
  )
}

/** How access is given where nobody is asked for a token. */
function Otherwise({ bank }: { readonly bank: BankDetail }) {
  if (bank.flow === 'oauth-sca')
    return (
      <Notice tone="neutral" title="Access is given per consent and per payment">
        Ask for a consent first, or create a payment; it then stands here, to be authorised by its customer.
      </Notice>
    )
  if (bank.scopes.length > 0) return null
  return (
    <Notice tone="neutral" title="No token is needed">
      {withoutToken(bank)}
    </Notice>
  )
}

function Body({ bank, environment }: Here) {
  const here = useIsHere({ bank, environment })
  const { running } = authorising()
  const focus = useFocusFollows<HTMLDivElement>(`${here} ${running}`, '[data-primary]')
  const tokens = bank.scopes.length > 0
  const created = consents().value?.some((each) => each.bank === bank.id && each.environment === environment.id)
  return (
    <div ref={focus} className="grid gap-3 p-4 xl:grid-cols-[22rem_minmax(0,1fr)] xl:items-start">
      <div className="flex min-w-0 flex-col gap-3">
        <Asking bank={bank} environment={environment} />
        <Otherwise bank={bank} />
        {tokens && <Entering key={`${bank.id}/${environment.id}`} bank={bank} environment={environment} />}
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <DamagedList />
        <FlowList />
        {/* A grant comes first where customers are asked for it, and after its consent where it is given for one. */}
        {tokens && bank.flow !== 'oauth-sca' && <GrantList />}
        {(bank.flow !== 'bearer' || created) && <ConsentList bank={bank} environment={environment} />}
        {bank.flow === 'oauth-sca' && <GrantList />}
      </div>
    </div>
  )
}

function Content() {
  const { bank: id } = useApp()
  const { environment } = useSelection()
  const { value: bank, fault } = bankDetail(id)()
  useAccessData()
  if (bank === null)
    return fault === null ? (
      <Loading what="Access" />
    ) : (
      <div className="p-4">
        <FaultNotice fault={fault} title="The bank cannot be shown" />
      </div>
    )
  if (environment === null) return <EmptyState title="Choose an environment at the top of the window" />
  return <Body bank={bank} environment={environment} />
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
