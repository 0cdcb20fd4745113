/** Who has to authorise it, one by one: each authorisation with its SCA status, and one more started for a signer. */
import { useState } from 'react'
import type { BankDetail, OperationView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { AuthorisationCalls, ResourceProfile } from '#shared/resource-profile.ts'
import { AuthorisingSteps } from '../access/authorising-steps.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import type { SignerCall } from '../access/signer-form.tsx'
import { authorising, startAuthorisingConsent } from '../authorising.ts'
import { createdThings } from '../created-things.ts'
import { useCustomerSuggestions } from '../customer-suggestions.ts'
import { AskForSigners, SignerList, SignersTold } from '../forms/signer-list.tsx'
import type { Presence } from '../presence.ts'
import { useOperationDetail } from '../requests/operation-details.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { TextField } from '../ui/field.tsx'

/** Headers by which the Berlin Group's framework names a signer, at every bank that follows it. */
const naming = /^PSU-(Corporate-)?ID$/i

/** A bank whose answers lead to the customer's page for one payment. */
const leadsToPage = ({ flow }: BankDetail): boolean => flow === 'oauth-sca' || flow === 'redirect-link'

interface Shown {
  readonly bank: BankDetail
  readonly thing: Remembered
  readonly profile: ResourceProfile
  readonly presence: Presence
  readonly operations: readonly OperationView[]
}

function SignerField({
  name,
  value,
  onChange,
}: {
  readonly name: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <TextField
      label={`${name} of the signer`}
      className="font-mono"
      suggestions={useCustomerSuggestions(name)}
      value={value}
      onChange={({ target }) => onChange(target.value.trim())}
    />
  )
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
    <SignerField
      key={name}
      name={name}
      value={values[name] ?? ''}
      onChange={(value) => onChange({ ...values, [name]: value })}
    />
  ))
}

function Start({
  thing,
  parameters,
  calls,
  names,
}: Pick<Shown, 'thing'> & {
  parameters: Readonly<Record<string, string>>
  calls: AuthorisationCalls
  names: readonly string[]
}) {
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

/** Of the bank's calls those it wants now: taking back once it was asked to, authorising before. */
function currentCalls({ authorisations }: ResourceProfile, cancelling: boolean): AuthorisationCalls | undefined {
  const wanted = cancelling ? 'cancellation' : 'authorisation'
  return authorisations.find(({ purpose }) => purpose === wanted) ?? authorisations[0]
}

/** @param cancelling the bank wants the cancellation authorised */
export function Signers({ cancelling, ...shown }: Shown & { readonly cancelling: boolean }) {
  const { bank, thing, profile, presence, operations } = shown
  const { parameters } = presence
  const [open, setOpen] = useState<SignerCall | null>(null)
  const calls = currentCalls(profile, cancelling)
  const start = useOperationDetail(bank.id, thing.environment, calls?.start ?? profile.create).detail
  const { subject } = authorising()
  const of = { bank, thing, operations }
  if (calls === undefined || !leadsToPage(bank)) return null
  const names = start?.parameters.map((each) => each.name).filter((each) => naming.test(each)) ?? []
  const mine = subject?.consent === thing.id
  return (
    <DetailSection
      title={cancelling ? 'Authorise the cancellation' : 'Signers'}
      action={<AskForSigners {...of} list={calls.list} presence={presence} />}
    >
      {thing.authorisations.length === 0 && <p className="text-muted">Nobody’s authorisation has begun yet.</p>}
      <SignersTold thing={thing} />
      <SignerList {...of} presence={presence} open={open} onOpen={setOpen} />
      {mine && <AuthorisingSteps />}
      {!thing.final && !mine && <Start thing={thing} parameters={parameters} calls={calls} names={names} />}
    </DetailSection>
  )
}
