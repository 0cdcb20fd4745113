/** One consent or payment: what its status means, who signed, how long it holds, and what can be done with it now. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { identities } from '../live-data.ts'
import { openExchange, openOperation } from '../open.ts'
import { usePresence } from '../presence.ts'
import { operationsAbout, PresenceSwitch } from '../presence-switch.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { chooseConsent } from './access-view.ts'
import { AdjustmentList } from './adjustment-list.tsx'
import { AuthorisationList } from './authorisation-list.tsx'
import { CallsAbout } from './calls-about-table.tsx'
import { ConsentActions } from './consent-actions.tsx'
import { consentEnd } from './consent-end.ts'
import { FollowPanel } from './follow-panel.tsx'
import { StatusBadge } from './status-badge.tsx'
import { endOf } from './status-words.ts'
import { useCallsAbout } from './use-calls-about.ts'

function Until({ text }: { readonly text: string }) {
  const now = useNow()
  const end = endOf(text)
  if (end === null) return text
  const left = countdown(end, now)
  return `${text} (${left === 'over' ? 'over' : `${left} left`})`
}

function Replaced({ by, all }: { readonly by: string; readonly all: readonly Remembered[] }) {
  const other = all.find(({ id }) => id === by)
  if (other === undefined) return 'a later one, which is not kept here'
  return (
    <button type="button" className="text-accent underline" onClick={() => chooseConsent(other.id)}>
      {other.kind} <span className="font-mono">{other.resource}</span>
    </button>
  )
}

/** What the bank's last answer offers: followed by opening the operation it leads to. */
function Offered({ consent }: { readonly consent: Remembered }) {
  const { bank, environment, identity, operations } = consent
  return (
    <span className="flex flex-wrap gap-1">
      {operations.map(({ rel, operation, parameters }) => (
        <Button
          key={`${rel} ${operation}`}
          aria-label={`Open ${rel} in Requests`}
          onClick={() =>
            openOperation(operation, { bank, environment, parameters, ...(identity === null ? {} : { identity }) })
          }
        >
          {rel}
        </Button>
      ))}
    </span>
  )
}

function ConsentFacts({ bank, consent, all }: { bank: BankDetail; consent: Remembered; all: readonly Remembered[] }) {
  const identity = identities().value?.find(({ id }) => id === consent.identity)
  const { validUntil, frequencyPerDay, recurring, replacedBy } = consent
  const unexplained = consent.status === null ? 'No answer has told it yet.' : 'The bank’s data does not explain it.'
  return (
    <Facts
      facts={[
        [
          'Status',
          <span key="status" className="flex flex-wrap items-center gap-x-2">
            <StatusBadge bank={bank} consent={consent} />
            <span>{consent.meaning ?? unexplained}</span>
          </span>,
        ],
        ['Last told', localMoment(consent.seenAt)],
        ['Created', localMoment(consent.createdAt)],
        ...(validUntil === null ? [] : [['Valid until', <Until key="until" text={validUntil} />] as const]),
        ...(frequencyPerDay === null ? [] : [['Calls a day', `${frequencyPerDay} without the customer`] as const]),
        ...(recurring === null ? [] : [['Use', recurring ? 'again and again' : 'once'] as const]),
        ...(replacedBy === null ? [] : [['Replaced by', <Replaced key="by" by={replacedBy} all={all} />] as const]),
        ['Identity', identity?.name ?? (consent.identity === null ? 'none' : 'one that is gone')],
        ...(consent.operations.length === 0
          ? []
          : [['Possible now', <Offered key="now" consent={consent} />] as const]),
        ['Links of the last answer', consent.links.length === 0 ? 'none' : consent.links.join(', ')],
      ]}
    />
  )
}

function End({ bank, consent }: { readonly bank: BankDetail; readonly consent: Remembered }) {
  const end = consentEnd(bank, consent, useNow())
  if (consent.kind !== 'consent' || end === null) return null
  return (
    <Notice tone="caution" title={end.title}>
      {end.text}
    </Notice>
  )
}

export function ConsentDetail({
  bank,
  consent,
  all,
}: {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly all: readonly Remembered[]
}) {
  const calls = useCallsAbout(bank.id, consent)
  const presence = usePresence(bank, consent.environment, consent.id)
  const { parameters } = presence
  return (
    <Section
      title={`The ${consent.kind} ${consent.resource}`}
      trailing={
        <>
          <CopyButton text={consent.resource} label="Copy its id" />
          <Button kind="quiet" onClick={() => openExchange(consent.exchange)}>
            Its exchange in History
          </Button>
        </>
      }
    >
      <End bank={bank} consent={consent} />
      <ConsentFacts bank={bank} consent={consent} all={all} />
      {!consent.final && (
        <PresenceSwitch bank={bank} presence={presence} operations={operationsAbout(bank, consent.kind)} />
      )}
      <AuthorisationList bank={bank} consent={consent} presence={presence} />
      <ConsentActions bank={bank} consent={consent} calls={calls.value} parameters={parameters} />
      <FollowPanel bank={bank} consent={consent} />
      {consent.kind === 'consent' && (
        <AdjustmentList bank={bank} consent={consent} calls={calls.value} parameters={parameters} />
      )}
      <CallsAbout consent={consent} calls={calls.value} fault={calls.fault} />
    </Section>
  )
}
