/** One payment or mandate: its status and the way there, who signs, what the bank has of it, how it is taken back. */

import { useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { FollowPanel } from '../access/follow-panel.tsx'
import { following, startFollowing } from '../access/following.ts'
import { ForgetConsentDialog } from '../access/forget-consent-dialog.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { StatusBadge } from '../access/status-badge.tsx'
import { keep, show } from '../app-state.ts'
import { createdThings } from '../created-things.ts'
import { ExchangeLine, succeeded } from '../exchange/exchange-line.tsx'
import { parameterWords } from '../forms/parameter-words.ts'
import { sendDraft, useSending } from '../forms/sending.ts'
import { openExchange } from '../open.ts'
import { type Presence, usePresence } from '../presence.ts'
import { operationsAbout, PresenceSwitch } from '../presence-switch.tsx'
import { operationsAt } from '../requests/operation-details.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment, shortMoment } from '../ui/local-time.ts'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useNow } from '../ui/use-now.ts'
import { draftAbout } from './about.ts'
import { CustomerPage } from './customer-page.tsx'
import type { PaymentWords } from './payment-words.ts'
import { ReadBack } from './read-back.tsx'
import { Signers } from './signers.tsx'
import { StatusTimeline } from './status-timeline.tsx'
import { isAwaitingConsent, TakeBack, takeBackName } from './take-back.tsx'
import { useAskedFor } from './use-asked-for.ts'

interface Shown {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly profile: ResourceProfile
  readonly thing: Remembered
  readonly words: PaymentWords
}

function ThingFacts({ bank, thing }: Shown) {
  const now = useNow()
  const asked = useAskedFor([thing])(thing)
  return (
    <Facts
      facts={[
        [
          'Status',
          <span key="status" className="flex flex-wrap items-center gap-x-2">
            <StatusBadge bank={bank} consent={thing} />
            <span>{thing.meaning ?? 'No answer has told what it means.'}</span>
          </span>,
        ],
        // What history no longer has keeps its place.
        ['Asked for', asked ?? '–'],
        ['Final', thing.final ? 'Yes: nothing changes any more.' : 'No: it can still change.'],
        ['Created', `${localMoment(thing.createdAt)} (last told ${shortMoment(thing.seenAt, now)})`],
        ...Object.entries(thing.parameters).map(
          ([name, value]) => [parameterWords({ name, in: 'path' }).label, value] as const,
        ),
      ]}
    />
  )
}

/** Banks that have it signed in a basket say so in their data; one payment alone is a basket too. */
function InBasket({ bank, thing, words }: Shown) {
  const basket = bank.resources.find(({ members }) => members?.kinds.includes(thing.kind))
  const takes = basket?.members?.statuses
  const open = takes === undefined ? !thing.final : thing.status !== null && takes.includes(thing.status)
  if (basket === undefined || !open) return null
  return (
    <Notice
      title={`The customer signs this ${words.one} in a basket`}
      action={
        <Button
          kind="primary"
          onClick={() => {
            keep(`basket choice ${bank.id}`, [thing.id])
            keep(`chosen basket ${bank.id}`, 'new')
            show('baskets')
          }}
        >
          Sign it in a basket
        </Button>
      }
    >
      Alone or together with others, all of them at once.
    </Notice>
  )
}

function Actions({ shown, presence }: { readonly shown: Shown; readonly presence: Presence }) {
  const { bank, thing, profile } = shown
  const [forgetting, setForgetting] = useState(false)
  const operations = operationsAt(bank.id, thing.environment)().value ?? []
  const read = operations.find(({ id }) => id === profile.read)
  const name = `read ${thing.id}`
  const { busy } = useSending(name)
  const follow = following()
  const mine = follow.running && follow.subject?.consent === thing.id
  return (
    <div className="flex flex-wrap gap-2">
      {!thing.final &&
        (mine ? (
          <Button onClick={following.cancel}>Stop following</Button>
        ) : (
          <Button
            disabled={follow.running}
            onClick={() => {
              if (keyStoreOpen())
                void startFollowing({ consent: thing.id, authorisation: null }, presence.parameters).then(
                  createdThings.refresh,
                )
            }}
          >
            Follow the status
          </Button>
        ))}
      {read !== undefined && (
        <Button
          busy={busy}
          onClick={() => {
            if (keyStoreOpen()) void sendDraft(name, draftAbout(thing, profile, read, presence.forCall(read.id)))
          }}
        >
          Read it at the bank
        </Button>
      )}
      <Button kind="quiet" onClick={() => openExchange(thing.exchange)}>
        Its creation in History
      </Button>
      <Button kind="quiet" onClick={() => setForgetting(true)}>
        Forget here …
      </Button>
      {forgetting && <ForgetConsentDialog consent={thing} onClose={() => setForgetting(false)} />}
    </div>
  )
}

export function PaymentDetail(shown: Shown) {
  const { bank, thing, profile, words } = shown
  const operations = operationsAt(bank.id, thing.environment)().value ?? []
  const read = useSending(`read ${thing.id}`)
  const removal = useSending(takeBackName(thing)).exchange
  const cancelling =
    isAwaitingConsent(removal?.response?.status) ||
    thing.authorisations.some(({ purpose }) => purpose === 'cancellation')
  const presence = usePresence(bank, thing.environment, thing.id)
  const { parameters } = presence
  return (
    <Section
      title={`The ${words.one} ${thing.resource}`}
      trailing={<CopyButton text={thing.resource} label="Copy its id" />}
    >
      <div className="@container flex flex-col gap-4">
        <ThingFacts {...shown} />
        {!thing.final && (
          <PresenceSwitch bank={bank} presence={presence} operations={operationsAbout(bank, thing.kind)} />
        )}
        <Actions shown={shown} presence={presence} />
        <FaultNotice fault={read.fault} title="It was not read" action={<FaultRemedy fault={read.fault} />} />
        {read.exchange !== null && <ExchangeLine exchange={read.exchange} draft={read.draft} />}
        {read.exchange !== null && succeeded(read.exchange) && (
          <ReadBack creation={thing.exchange} answer={read.exchange} />
        )}
        <CustomerPage bank={bank} thing={thing} words={words} />
        <FollowPanel bank={bank} consent={thing} />
        <StatusTimeline bank={bank} thing={thing} profile={profile} />
        <InBasket {...shown} />
        <Signers
          bank={bank}
          thing={thing}
          profile={profile}
          presence={presence}
          operations={operations}
          cancelling={cancelling}
        />
        <TakeBack {...shown} operations={operations} parameters={parameters} />
      </div>
    </Section>
  )
}
