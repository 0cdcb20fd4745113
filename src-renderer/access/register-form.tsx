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
import { type Outcome, RegistrationOutcome } from './registration-outcome.tsx'

/** Callbacks being written, per bank and environment, so that a reload loses nothing. */
function useCallbacks(place: string, registered: readonly string[]) {
  const { kept } = useApp()
  const all = (kept.callbacks ?? {}) as Readonly<Record<string, readonly string[]>>
  const uris = all[place] ?? registered
  return [uris, (next: readonly string[]) => keep('callbacks', { ...all, [place]: next })] as const
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
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const store = keyStore().value
  const register = useAction(async () => {
    setOutcome(null)
    const answer = await api.access.register({
      bank: bank.id,
      environment: environment.id,
      ...(identity && { identity: identity.id }),
      ...(uris.length > 0 && { callbackUris: uris.map((uri) => uri.trim()) }),
    })
    setOutcome(answer)
    keepOutcome(placeOfIdentity(bank.id, environment.id, answer.exchange.identity), answer)
    await registrations.refresh()
  })
  const wrong = uris.some(
    (uri, index) =>
      callbackProblem(
        uri,
        uris.filter((_, at) => at !== index),
      ) !== null,
  )
  const start = (insist: boolean) => {
    setTold(true)
    if (wrong && !insist) return
    if (store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
    void register.run()
  }
  const place = placeOfIdentity(bank.id, environment.id, identity?.id ?? null)
  const before = useKeptOutcome(place)
  const now =
    outcome !== null && placeOfIdentity(bank.id, environment.id, outcome.exchange.identity) === place ? outcome : null
  const shown = register.busy ? null : (now ?? before)
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
        </div>
      </form>
      {shown !== null && <RegistrationOutcome outcome={shown} />}
    </Section>
  )
}
