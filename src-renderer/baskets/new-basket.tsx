/** Chooses what is signed together and creates the basket; what cannot go in says why. */
import { useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { StatusBadge } from '../access/status-badge.tsx'
import { api } from '../api.ts'
import { keep, show, useApp } from '../app-state.ts'
import { createdThings, useCreatedHere } from '../created-things.ts'
import { ExchangeLine, succeeded } from '../exchange/exchange-line.tsx'
import { sendDraft, useSending } from '../forms/sending.ts'
import { choose } from '../payments/chosen.ts'
import { useAskedFor } from '../payments/use-asked-for.ts'
import { WithGrant } from '../payments/with-grant.tsx'
import { usePresence } from '../presence.ts'
import { PresenceSwitch } from '../presence-switch.tsx'
import { operationDetail } from '../requests/operation-details.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { bodyOf, type Members, obstacleTo } from './member-choice.ts'

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly profile: ResourceProfile
  readonly members: Members
}

function useChoice(bank: string): readonly [readonly string[], (ids: readonly string[]) => void] {
  const name = `basket choice ${bank}`
  const kept = useApp().kept[name]
  const ids = Array.isArray(kept) ? (kept as unknown[]).filter((id) => typeof id === 'string') : []
  return [ids, (next) => keep(name, next)]
}

function Row({
  bank,
  thing,
  obstacle,
  chosen,
  words,
  onToggle,
}: {
  readonly bank: BankDetail
  readonly thing: Remembered
  readonly obstacle: string | null
  readonly chosen: boolean
  /** Amount and payee. */
  readonly words: string | null
  readonly onToggle: () => void
}) {
  return (
    <li className="border-t border-line py-2">
      <label className={`flex items-start gap-2 ${obstacle === null ? '' : 'text-muted'}`}>
        <input
          type="checkbox"
          className="mt-1 accent-accent"
          checked={chosen && obstacle === null}
          disabled={obstacle !== null}
          onChange={onToggle}
        />
        <span className="min-w-0 flex-1">
          <span className="font-mono text-sm wrap-anywhere">{thing.resource}</span>
          {/* Keeps its line while history is asked for amount and payee. */}
          <span className="block h-5 truncate">
            {words}
            <span className="text-muted">
              {words !== null && ' · '}
              {thing.kind === 'payment' ? '' : 'mandate · '}
              {Object.values(thing.parameters).join(' · ')}
            </span>
          </span>
          {obstacle !== null && <span className="block text-sm">{obstacle}</span>}
        </span>
        <StatusBadge bank={bank} consent={thing} />
      </label>
    </li>
  )
}

function Create({
  bank,
  environment,
  profile,
  members,
  ids,
  grant,
}: Here & { ids: readonly string[]; grant: string | null }) {
  const { identity } = useSelection()
  const name = `basket ${bank.id}`
  const { busy, exchange, draft, fault } = useSending(name)
  const detail = operationDetail(bank.id, environment.id, profile.create)().value
  const presence = usePresence(bank, environment.id, grant ?? `new basket ${bank.id} ${environment.id}`)
  const create = async () => {
    if (!keyStoreOpen()) return
    const back = bank.returnHeader
    const returns = back !== null && detail?.parameters.some((each) => each.name === back) === true
    const answer = await sendDraft(name, {
      bank: bank.id,
      environment: environment.id,
      operation: profile.create,
      parameters: {
        ...presence.forCall(profile.create),
        ...(returns && { [back]: (await api.access.returnAddress({ bank: bank.id })).uri }),
      },
      body: bodyOf(members, ids),
      ...(identity === null ? {} : { identity: identity.id }),
      ...(grant === null ? {} : { grant }),
    })
    if (answer === null || !succeeded(answer)) return
    const made = (await api.access.consents({ bank: bank.id })).find((each) => each.exchange === answer.id)
    await createdThings.refresh()
    keep(`basket choice ${bank.id}`, [])
    if (made !== undefined) choose('basket', bank.id, made.id)
  }
  return (
    <>
      <PresenceSwitch bank={bank} presence={presence} operations={[profile.create]} />
      <div>
        <Button kind="primary" busy={busy} disabled={ids.length === 0} onClick={() => void create()}>
          {ids.length === 0 ? 'Create the basket' : `Create the basket with ${ids.length}`}
        </Button>
      </div>
      <FaultNotice fault={fault} title="It was not created" action={<FaultRemedy fault={fault} />} />
      {exchange !== null && !succeeded(exchange) && <ExchangeLine exchange={exchange} draft={draft} />}
    </>
  )
}

export function NewBasket({ scope, ...here }: Here & { readonly scope: string | null }) {
  const { bank, environment, members } = here
  const { identity } = useSelection()
  const things = useCreatedHere(members.kinds)
  const [chosen, setChosen] = useChoice(bank.id)
  const [typed, setTyped] = useState('')
  const asked = useAskedFor(things ?? [])
  if (things === null) return <Loading what="What can be signed" />
  const obstacles = new Map(things.map((thing) => [thing.id, obstacleTo(thing, members, identity?.id ?? null)]))
  const taken = things.filter(({ id }) => chosen.includes(id) && obstacles.get(id) === null)
  const ids = [...taken.map(({ resource }) => resource), ...typed.split(/[\s,;]+/).filter((id) => id !== '')]
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <Section title="New basket">
      {things.length === 0 ? (
        <EmptyState
          title="Nothing to sign yet"
          action={<Button onClick={() => show('payments')}>Open Payments</Button>}
        >
          Create a payment first; then it stands here to be chosen.
        </EmptyState>
      ) : (
        <fieldset className="min-w-0">
          <legend>What is signed together</legend>
          <p className="pb-2 text-sm text-muted">{members.reason}</p>
          <ul aria-label="Payments to choose" className="max-h-96 overflow-y-auto">
            {things.map((thing) => (
              <Row
                key={thing.id}
                bank={bank}
                thing={thing}
                obstacle={obstacles.get(thing.id) ?? null}
                chosen={chosen.includes(thing.id)}
                words={asked(thing)}
                onToggle={() => toggle(thing.id)}
              />
            ))}
          </ul>
        </fieldset>
      )}
      <details className="rounded-md border border-line px-3 py-2">
        <summary>Ids that do not stand in the list</summary>
        <div className="pt-2">
          <TextField
            label="Ids at the bank"
            className="font-mono"
            value={typed}
            hint="Created elsewhere, or unknown to the bank on purpose; several with blanks between."
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
      </details>
      {scope === null ? (
        <Create {...here} ids={ids} grant={null} />
      ) : (
        <WithGrant bank={bank} environment={environment} scope={scope}>
          {(grant) => <Create {...here} ids={ids} grant={grant} />}
        </WithGrant>
      )}
    </Section>
  )
}
