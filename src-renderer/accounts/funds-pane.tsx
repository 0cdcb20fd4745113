/** Funds: whether an amount is available on an account, asked with the consent or the grant the bank wants for it; yes or no. */
import { useEffect } from 'react'
import type { FundsProfile } from '#shared/account-profile.ts'
import type { BankDetail, OperationDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { keep, show, useApp } from '../app-state.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { isObject, type Json, valueAt } from '../forms/json-value.ts'
import { OperationForm } from '../forms/operation-form.tsx'
import { useSending } from '../forms/sending.ts'
import { bankDetail } from '../live-data.ts'
import { openConsentForm, openScope } from '../open.ts'
import { SimulatedMark } from '../requests/simulated-mark.tsx'
import { type Selection, useSelection } from '../selection.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField } from '../ui/field.tsx'
import { EmptyState, Loading, Notice } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { idsOf } from './account-call.ts'
import { consents } from './use-account-calls.ts'

interface Here {
  readonly bank: BankDetail
  readonly profile: FundsProfile
  readonly operation: OperationDetail
  readonly selection: Selection
}

function parsed(exchange: Exchange): Json {
  try {
    return JSON.parse(exchange.response?.body ?? 'null') as Json
  } catch {
    return null
  }
}

/** What was asked, out of the request as it was sent. */
function askedOf(body: string | undefined, { amount, currency, account }: FundsProfile): string {
  try {
    const sent = JSON.parse(body ?? 'null') as Json
    const text = (place: string) => {
      const found = isObject(sent) ? valueAt(sent, place) : undefined
      return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
    }
    return `${text(amount)} ${text(currency)}${text(account) === '' ? '' : ` on ${text(account)}`}`
  } catch {
    return 'the amount'
  }
}

function Verdict({
  name,
  profile,
  simulated,
}: {
  readonly name: string
  readonly profile: FundsProfile
  readonly simulated: boolean
}) {
  const { exchange, draft } = useSending(name)
  if (exchange === null || !succeeded(exchange)) return null
  const available = valueAt(parsed(exchange), profile.available)
  const asked = askedOf(draft?.body, profile)
  const [tone, title] =
    available === true
      ? (['good', 'Yes, the funds are available'] as const)
      : available === false
        ? (['caution', 'No, the funds are not available'] as const)
        : (['bad', 'The answer says neither yes nor no'] as const)
  return (
    <div className="relative overflow-hidden">
      <Notice tone={tone} title={title}>
        {asked}, at the moment of the question. {simulated && 'Simulated: the bank does not offer this call.'}
      </Notice>
      {simulated && <SimulatedMark />}
    </div>
  )
}

const chosenName = (bank: string, environment: string): string => `funds ${bank} ${environment}`

function useConsents({ bank, profile, selection }: Here): readonly Remembered[] | null {
  const all = consents().value
  if (profile.consent === undefined) return null
  return (all ?? []).filter(
    ({ kind, bank: of, environment }) =>
      kind === 'consent' && of === bank.id && environment === selection.environment?.id,
  )
}

function ConsentChoice({
  here,
  choices,
  chosen,
}: {
  readonly here: Here
  readonly choices: readonly Remembered[]
  readonly chosen: Remembered | null
}) {
  const create = here.bank.resources.find(({ kind }) => kind === 'consent')?.create
  if (chosen === null)
    return (
      <Notice
        tone="caution"
        title="No consent was created here yet"
        action={create !== undefined && <Button onClick={openConsentForm}>Ask for a consent</Button>}
      >
        The bank answers only with a consent of the customer for this very account. Create one and let the customer
        authorise it; a consent from elsewhere can be typed in below.
      </Notice>
    )
  return (
    <SelectField
      label="Consent"
      value={chosen.id}
      hint={chosen.meaning ?? undefined}
      onChange={({ target }) => keep(chosenName(here.bank.id, chosen.environment), target.value)}
    >
      {choices.map(({ id, resource, status }) => (
        <option key={id} value={id}>
          {resource} · {status ?? 'status unknown'}
        </option>
      ))}
    </SelectField>
  )
}

function NoGrant({ bank, operation }: Here) {
  const scope = operation.scope ?? ''
  return (
    <Notice
      tone="caution"
      title={`No customer has given a grant of scope ${scope}`}
      action={
        <Button onClick={() => (bank.flow === 'oauth-code' ? openScope(scope) : show('access'))}>
          Authorise a customer
        </Button>
      }
    >
      The bank answers about accounts of customers who allowed it.
    </Notice>
  )
}

function Question({ here }: { readonly here: Here }) {
  const { bank, profile, operation, selection } = here
  const environment = selection.environment?.id ?? ''
  const name = `funds ${bank.id} ${environment}`
  const choices = useConsents(here)
  const kept = useApp(({ kept: all }) => all[chosenName(bank.id, environment)])
  // A consent that is in force before one that is not: only that one is answered.
  const active = choices?.find(({ status }) => status === bank.resources.find(({ kind }) => kind === 'consent')?.active)
  const chosen = choices?.find(({ id }) => id === kept) ?? active ?? choices?.[0] ?? null
  const grant =
    operation.scope === null ? null : (selection.grants.find((each) => idsOf(operation, each) !== null) ?? null)
  return (
    <>
      {choices !== null && <ConsentChoice here={here} choices={choices} chosen={chosen} />}
      {operation.scope !== null && grant === null && <NoGrant {...here} />}
      <OperationForm
        name={name}
        detail={operation}
        bank={bank.id}
        environment={environment}
        identity={selection.identity?.id ?? null}
        {...(grant === null ? {} : { grant: grant.id })}
        defaults={profile.consent === undefined || chosen === null ? {} : { [profile.consent]: chosen.resource }}
        submit="Ask for the funds"
      />
      <Verdict name={name} profile={profile} simulated={operation.simulated} />
    </>
  )
}

/** Why the bank does not answer it here; null where it does. */
const reasonOf = ({ operation, selection }: Here): string | null =>
  selection.environment === null ? null : operation.notOffered[selection.environment.kind]

function Funds({ here }: { readonly here: Here }) {
  const reason = reasonOf(here)
  const { value: known, fault } = consents()
  useEffect(() => void consents.refresh(), [])
  const { operation } = here
  return (
    <ScrollArea label="Funds" className="min-h-0 flex-1">
      <div className="flex max-w-3xl flex-col gap-3 p-3">
        {reason !== null ? (
          <Notice title="The bank does not offer this here">{reason} Nothing is sent.</Notice>
        ) : (
          <Section
            title={operation.title}
            trailing={operation.simulated ? <Badge tone="caution">simulated</Badge> : undefined}
          >
            {operation.simulated && (
              <p className="text-muted">Simulated in the local sandbox. {operation.notOffered.production}</p>
            )}
            {/* Begun before the consents are known, the form would move under the hands of whoever types. */}
            {here.profile.consent !== undefined && known === null && fault === null ? (
              <Loading what="The consents" />
            ) : (
              <Question here={here} />
            )}
          </Section>
        )}
      </div>
    </ScrollArea>
  )
}

function OfBank({ bank, profile }: { readonly bank: BankDetail; readonly profile: FundsProfile }) {
  const selection = useSelection()
  const environment = selection.environment?.id ?? ''
  const { value, fault } = useLoaded(environment === '' ? null : `${bank.id} ${environment}`, () =>
    api.banks.operation({ bank: bank.id, environment, operation: profile.operation }),
  )
  if (value === null) return fault === null ? <Loading what="The bank’s call is read" /> : <FaultNotice fault={fault} />
  return <Funds here={{ bank, profile, operation: value, selection }} />
}

export function FundsPane() {
  const { bank, environment } = useApp()
  const { value, fault } = bankDetail(bank)()
  const profile = value?.fundsConfirmation ?? null
  return (
    <>
      <PaneHead title="Funds" />
      {value === null ? (
        fault === null ? (
          <Loading what="The bank is read" />
        ) : (
          <FaultNotice fault={fault} title="The bank could not be read" />
        )
      ) : profile === null ? (
        <EmptyState title="The bank is not asked for funds">Its profile names no call for it.</EmptyState>
      ) : (
        <OfBank key={`${bank} ${environment}`} bank={value} profile={profile} />
      )}
    </>
  )
}
