/** Registers the chosen identity with the chosen bank. */
import { useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { keep, useApp } from '../app-state.ts'
import { keyStore, registrations } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'
import { CallbackEditor } from './callback-editor.tsx'
import { callbackProblem } from './callback-problem.ts'
import { FaultRemedy } from './fault-remedy.tsx'
import { keepOutcome, placeOfIdentity, useKeptOutcome } from './kept-outcome.ts'
import { asItShouldBe, type Otherwise, otherwiseWords, RegisterOtherwise } from './register-otherwise.tsx'
import { type Outcome, RegistrationOutcome } from './registration-outcome.tsx'

/** Callbacks being written, per bank and environment, so that a reload loses nothing. */
function useCallbacks(place: string, registered: readonly string[]) {
  const { kept } = useApp()
  const all = (kept.callbacks ?? {}) as Readonly<Record<string, readonly string[]>>
  const uris = all[place] ?? registered
  return [uris, (next: readonly string[]) => keep('callbacks', { ...all, [place]: next })] as const
}

const hasProblem = (uris: readonly string[]): boolean =>
  uris.some(
    (uri, index) =>
      callbackProblem(
        uri,
        uris.filter((_, at) => at !== index),
      ) !== null,
  )

/** Of the call what a person decides. */
function sentOf(uris: readonly string[], { withoutCertificate, emptyList, organisation }: Otherwise) {
  const callbackUris = emptyList ? [] : uris.map((uri) => uri.trim())
  return {
    ...((emptyList || uris.length > 0) && { callbackUris }),
    ...(withoutCertificate && { certificate: false }),
    ...(organisation.trim() !== '' && { organizationIdentifier: organisation.trim() }),
  }
}

export function RegisterForm({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  const { identity, registration } = useSelection()
  const [uris, setUris] = useCallbacks(`${bank.id}/${environment.id}`, registration?.callbackUris ?? [])
  const [told, setTold] = useState(false)
  const [otherwise, setOtherwise] = useState<Otherwise>(asItShouldBe)
  const [outcome, setOutcome] = useState<(Outcome & { readonly place: string }) | null>(null)
  const store = keyStore().value
  // Of whom it is told when the call was made: one without a certificate names nobody.
  const place = placeOfIdentity(bank.id, environment.id, identity?.id ?? null)
  const register = useAction(async () => {
    setOutcome(null)
    const answer = await api.access.register({
      bank: bank.id,
      environment: environment.id,
      ...(identity && { identity: identity.id }),
      ...sentOf(uris, otherwise),
    })
    setOutcome({ ...answer, place })
    keepOutcome(place, answer)
    await registrations.refresh()
  })
  const wrong = !otherwise.emptyList && hasProblem(uris)
  const onPurpose = otherwiseWords(otherwise)
  const start = (insist: boolean) => {
    setTold(true)
    if (wrong && !insist) return
    if (store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
    void register.run()
  }
  const before = useKeptOutcome(place)
  const shown = register.busy ? null : outcome?.place === place ? outcome : before
  return (
    <Section title={registration === null ? 'Register' : 'Register again'}>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          start(false)
        }}
      >
        <CallbackEditor uris={uris} onChange={setUris} told={told} />
        {environment.kind !== 'production' && (
          <RegisterOtherwise own={identity?.organizationIdentifier ?? null} value={otherwise} onChange={setOtherwise} />
        )}
        <FaultNotice
          fault={register.fault}
          title="The registration did not go out"
          action={<FaultRemedy fault={register.fault} />}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button
            kind={registration === null ? 'primary' : 'plain'}
            type="submit"
            busy={register.busy}
            disabled={identity === null}
          >
            Register with {bank.name}
          </Button>
          {told && wrong && environment.kind === 'local-sandbox' && (
            <Button busy={register.busy} disabled={identity === null} onClick={() => start(true)}>
              Send it anyway, to see the refusal
            </Button>
          )}
          {environment.kind === 'production' && <span className="text-muted">This goes to the real bank.</span>}
          {onPurpose.length > 0 && (
            <span role="status" className="text-caution">{`It goes out ${onPurpose.join(', ')}.`}</span>
          )}
        </div>
      </form>
      {shown !== null && <RegistrationOutcome outcome={shown} />}
    </Section>
  )
}
