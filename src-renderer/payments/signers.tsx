/** Who has to authorise it, one by one: each authorisation with its SCA status, and one more started for a signer. */
import { useState } from 'react'
import type { BankDetail, OperationView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { AuthorisationCalls, ResourceProfile } from '#shared/resource-profile.ts'
import { AuthorisationRow } from '../access/authorisation-row.tsx'
import { AuthorisingSteps } from '../access/authorising-steps.tsx'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { type SignerCall, SignerForm } from '../access/signer-form.tsx'
import { authorising, startAuthorisingConsent } from '../authorising.ts'
import { createdThings } from '../created-things.ts'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { sendDraft, useSending } from '../forms/sending.ts'
import { useOperationDetail } from '../requests/operation-details.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { draftAbout } from './about.ts'

/** Headers by which the Berlin Group's framework names a signer, at every bank that follows it. */
const naming = /^PSU-(Corporate-)?ID$/i

/** A bank whose answers lead to the customer's page for one payment. */
const leadsToPage = ({ flow }: BankDetail): boolean => flow === 'oauth-sca' || flow === 'redirect-link'

type Authorisation = Remembered['authorisations'][number]

interface Shown {
  readonly bank: BankDetail
  readonly thing: Remembered
  readonly profile: ResourceProfile
  readonly parameters: Readonly<Record<string, string>>
  readonly operations: readonly OperationView[]
}

function SignerFields({
  names,
  values,
  onChange,
}: {
  readonly names: readonly string[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (values: Readonly<Record<string, string>>) => void
}) {
  return names.map((name) => (
    <TextField
      key={name}
      label={`${name} of the signer`}
      className="font-mono"
      value={values[name] ?? ''}
      onChange={({ target }) => onChange({ ...values, [name]: target.value.trim() })}
    />
  ))
}

function Start({
  thing,
  parameters,
  calls,
  names,
}: Pick<Shown, 'thing' | 'parameters'> & { calls: AuthorisationCalls; names: readonly string[] }) {
  const { running } = authorising()
  const [signer, setSigner] = useState<Readonly<Record<string, string>>>({})
  const named = Object.fromEntries(Object.entries(signer).filter(([, value]) => value !== ''))
  return (
    <form
      noValidate
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (keyStoreOpen())
          void startAuthorisingConsent(thing, { ...parameters, ...named }).then(() => createdThings.refresh())
      }}
    >
      <div className="grid gap-3 @lg:grid-cols-2">
        <SignerFields names={names} values={signer} onChange={setSigner} />
      </div>
      <div>
        <Button type="submit" kind="primary" disabled={running}>
          {calls.purpose === 'cancellation' ? 'Authorise the cancellation' : 'Authorise'}
        </Button>
      </div>
    </form>
  )
}

/** Where the bank asks the TPP for the customer's data, the call that hands it over. */
function updateOf({ thing, profile, operations }: Shown, { id, purpose }: Authorisation): SignerCall | null {
  const calls = profile.authorisations.find((each) => each.purpose === purpose)
  const operation = operations.find((each) => each.id === calls?.update)
  if (calls === undefined || operation === undefined) return null
  const parameters = { ...draftAbout(thing, profile, operation).parameters, [calls.parameter]: id }
  return { operation, parameters, title: `Customer data for ${id}`, submit: 'Send the customer’s data' }
}

function Rows(shown: Shown) {
  const { bank, thing, parameters } = shown
  const [open, setOpen] = useState<SignerCall | null>(null)
  if (thing.authorisations.length === 0) return <p className="text-muted">Nobody’s authorisation has begun yet.</p>
  return (
    <>
      <ul aria-label="Authorisations of it">
        {thing.authorisations.map((each) => {
          const update = updateOf(shown, each)
          return (
            <AuthorisationRow
              key={`${each.purpose} ${each.id}`}
              bank={bank}
              consent={thing}
              parameters={parameters}
              authorisation={each}
              onUpdate={update === null ? null : () => setOpen(update)}
            />
          )
        })}
      </ul>
      {open !== null && (
        <SignerForm
          key={Object.values(open.parameters).join(' ')}
          bank={bank}
          consent={thing}
          call={open}
          present={parameters}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

/** Of the bank's calls those it wants now: taking back once it was asked to, authorising before. */
function currentCalls({ authorisations }: ResourceProfile, cancelling: boolean): AuthorisationCalls | undefined {
  const wanted = cancelling ? 'cancellation' : 'authorisation'
  return authorisations.find(({ purpose }) => purpose === wanted) ?? authorisations[0]
}

/** @param cancelling the bank wants the cancellation authorised */
export function Signers({ cancelling, ...shown }: Shown & { readonly cancelling: boolean }) {
  const { bank, thing, profile, parameters, operations } = shown
  const calls = currentCalls(profile, cancelling)
  const start = useOperationDetail(bank.id, thing.environment, calls?.start ?? profile.create).detail
  const { subject } = authorising()
  const name = `signers ${thing.id}`
  const { busy, exchange, draft: sent, fault } = useSending(name)
  if (calls === undefined || !leadsToPage(bank)) return null
  const names = start?.parameters.map((each) => each.name).filter((each) => naming.test(each)) ?? []
  const listing = operations.find(({ id }) => id === calls.list)
  const mine = subject?.consent === thing.id
  return (
    <DetailSection
      title={cancelling ? 'Authorise the cancellation' : 'Signers'}
      action={
        listing !== undefined && (
          <Button
            kind="quiet"
            busy={busy}
            onClick={() => {
              const draft = draftAbout(thing, profile, listing, parameters)
              void sendDraft(name, draft).then(() => createdThings.refresh())
            }}
          >
            Ask the bank for the list
          </Button>
        )
      }
    >
      <Rows {...shown} />
      {exchange !== null && <ExchangeLine exchange={exchange} draft={sent} />}
      <FaultNotice fault={fault} title="The list was not told" action={<FaultRemedy fault={fault} />} />
      {mine && <AuthorisingSteps />}
      {!thing.final && !mine && <Start thing={thing} parameters={parameters} calls={calls} names={names} />}
    </DetailSection>
  )
}
