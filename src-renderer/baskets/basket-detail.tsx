/** One basket: what is in it, the customer's token for it, the signing, and what becomes of its members. */
import { useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { StatusBadge } from '../access/status-badge.tsx'
import { api } from '../api.ts'
import { createdThings, useCreatedHere } from '../created-things.ts'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { sendDraft, useSending } from '../forms/sending.ts'
import { openExchange } from '../open.ts'
import { draftAbout, scopeAbout } from '../payments/about.ts'
import { GrantChoice, withoutToken } from '../payments/grant-choice.tsx'
import { ScopeStep } from '../payments/scope-step.tsx'
import { Signers } from '../payments/signers.tsx'
import { StatusTimeline } from '../payments/status-timeline.tsx'
import { WithAnotherToken } from '../payments/with-grant.tsx'
import { usePresence } from '../presence.ts'
import { operationsAt } from '../requests/operation-details.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { type Members, membersIn } from './member-choice.ts'
import { MemberList } from './member-list.tsx'

interface Shown {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly profile: ResourceProfile
  readonly members: Members
  readonly basket: Remembered
}

/** Whether it is signed, as its status tells: what a member could still be taken in with is not. */
const isSigned = ({ status, final }: Remembered, { statuses }: Members): boolean =>
  final || (statuses !== undefined && status !== null && !statuses.includes(status))

function Signing({ bank, environment, profile, members, basket }: Shown) {
  const operations = operationsAt(bank.id, environment.id)().value ?? []
  const { grants } = useSelection()
  const [chosen, setChosen] = useState<string | null>(null)
  const name = `sign ${basket.id}`
  const { busy, exchange, draft, fault } = useSending(name)
  const operation = operations.find(({ id }) => id === profile.sign)
  if (operation === undefined) return null
  const scope = scopeAbout(basket, profile, operation)
  const grant = grants.find((each) => each.scope === scope)
  const known = chosen === withoutToken || grants.some(({ id }) => id === chosen)
  const token = known ? chosen : (grant?.id ?? null)
  const signed = isSigned(basket, members)
  const sign = () => {
    if (!keyStoreOpen()) return
    const own = token === null ? {} : { grant: token }
    void sendDraft(name, { ...draftAbout(basket, profile, operation), ...own }).then(() => createdThings.refresh())
  }
  return (
    <DetailSection title="Signing">
      {!signed && scope !== null && grant === undefined && (
        <>
          <p>
            The customer allows it for this basket alone: scope <span className="font-mono wrap-anywhere">{scope}</span>
            .
          </p>
          <ScopeStep bank={bank} environment={environment} scope={scope} label="Authorise the basket" />
        </>
      )}
      {!signed && (
        <div className="flex flex-wrap items-center gap-2">
          <Button kind={grant === undefined ? 'plain' : 'primary'} busy={busy} onClick={sign}>
            Sign the basket
          </Button>
          {scope !== null && grant === undefined && (
            <span className="text-muted">Without that token the bank refuses it.</span>
          )}
        </div>
      )}
      {!signed && scope !== null && (
        <WithAnotherToken words="Sign it with another token">
          <GrantChoice scope={scope} grants={grants} value={token ?? ''} onChange={setChosen} />
        </WithAnotherToken>
      )}
      {signed && <p>It is signed. The bank tells of its members one by one.</p>}
      <FaultNotice fault={fault} title="It was not signed" action={<FaultRemedy fault={fault} />} />
      {exchange !== null && <ExchangeLine exchange={exchange} draft={draft} />}
    </DetailSection>
  )
}

function Reading({ bank, environment, profile, basket }: Shown) {
  const operations = operationsAt(bank.id, environment.id)().value ?? []
  const name = `read ${basket.id}`
  const { busy, exchange, draft, fault } = useSending(name)
  const operation = operations.find(({ id }) => id === profile.read)
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {operation !== undefined && (
          <Button
            busy={busy}
            onClick={() => {
              if (!keyStoreOpen()) return
              void sendDraft(name, draftAbout(basket, profile, operation)).then(() => createdThings.refresh())
            }}
          >
            Read it at the bank
          </Button>
        )}
        <Button kind="quiet" onClick={() => openExchange(basket.exchange)}>
          Its creation in History
        </Button>
      </div>
      <FaultNotice fault={fault} title="It was not read" action={<FaultRemedy fault={fault} />} />
      {exchange !== null && <ExchangeLine exchange={exchange} draft={draft} />}
    </>
  )
}

export function BasketDetail(shown: Shown) {
  const { bank, environment, profile, members, basket } = shown
  const presence = usePresence(bank, environment.id, basket.id)
  const operations = operationsAt(bank.id, environment.id)().value ?? []
  const things = useCreatedHere(members.kinds) ?? []
  const creation = useLoaded(basket.exchange, async (id) => (await api.history.show({ id })).request.body)
  const ids = membersIn(members, creation.value)
  return (
    <Section
      title={`The basket ${basket.resource}`}
      trailing={<CopyButton text={basket.resource} label="Copy its id" />}
    >
      <div className="@container flex flex-col gap-4">
        <Facts
          facts={[
            [
              'Status',
              <span key="status" className="flex flex-wrap items-center gap-x-2">
                <StatusBadge bank={bank} consent={basket} />
                <span>{basket.meaning ?? 'No answer has told what it means.'}</span>
              </span>,
            ],
            ['Created', localMoment(basket.createdAt)],
          ]}
        />
        <Reading {...shown} />
        {creation.fault === null ? (
          <MemberList bank={bank} ids={ids} things={things} />
        ) : (
          <p className="text-muted">History no longer has what it was created with; read it at the bank.</p>
        )}
        <Signing {...shown} />
        {/* Where no call signs it, its authorisations do. */}
        {profile.sign === undefined && profile.authorisations.length > 0 && (
          <Signers
            bank={bank}
            thing={basket}
            profile={profile}
            presence={presence}
            operations={operations}
            cancelling={false}
          />
        )}
        <StatusTimeline bank={bank} thing={basket} profile={profile} />
      </div>
    </Section>
  )
}
