/** The signers of one consent or payment: each with their authorisation, and a way to start the next one. */
import { useState } from 'react'
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { AuthorisationCalls } from '#shared/resource-profile.ts'
import { Button } from '../ui/button.tsx'
import { AuthorisationRow } from './authorisation-row.tsx'
import type { CallAbout } from './calls-about.ts'
import { type SignerCall, SignerForm } from './signer-form.tsx'

interface Shown {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly calls: readonly CallAbout[] | null
  readonly parameters: Readonly<Record<string, string>>
}

/** Payment and standing order may share their calls: their kinds are in the data once each. */
const callsOf = ({ resources }: BankDetail, { kind }: Remembered): readonly AuthorisationCalls[] =>
  resources.find((each) => each.kind === kind)?.authorisations ?? []

const about = (calls: Shown['calls'], operation: string | undefined): CallAbout | undefined =>
  operation === undefined ? undefined : calls?.find((each) => each.operation.id === operation)

function startOf({ bank, consent, calls }: Shown): SignerCall | null {
  const own = callsOf(bank, consent).find(({ purpose }) => purpose === 'authorisation')
  const found = about(calls, own?.start)
  if (found === undefined || consent.final) return null
  return { ...found, title: 'A signer’s authorisation', submit: 'Start this signer’s authorisation' }
}

function updateOf(
  { bank, consent, calls }: Shown,
  { id, purpose }: Remembered['authorisations'][number],
): SignerCall | null {
  const own = callsOf(bank, consent).find((each) => each.purpose === purpose)
  const found = about(calls, own?.update)
  if (own === undefined || found === undefined) return null
  const parameters = { ...found.parameters, [own.parameter]: id }
  return { ...found, parameters, title: `Customer data for ${id}`, submit: 'Send the customer’s data' }
}

/** The bank did not begin an authorisation by itself: every signer's has to be started. */
const hasToBeStarted = ({ authorisations, links }: Remembered): boolean =>
  authorisations.length === 0 && links.some((name) => name.startsWith('startAuthorisation'))

export function AuthorisationList(shown: Shown) {
  const { bank, consent, parameters } = shown
  const { authorisations } = consent
  const [open, setOpen] = useState<SignerCall | null>(null)
  const start = startOf(shown)
  if (authorisations.length === 0 && start === null) return null
  const many = authorisations.length > 1
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="flex-1">{many ? `Authorisations (${authorisations.length} signers)` : 'Authorisation'}</h3>
        {start !== null && (
          <Button
            kind={hasToBeStarted(consent) ? 'primary' : 'plain'}
            aria-expanded={open?.operation.id === start.operation.id}
            onClick={() => setOpen(start)}
          >
            {authorisations.length === 0 ? 'Start a signer’s authorisation …' : 'Another signer …'}
          </Button>
        )}
      </div>
      {hasToBeStarted(consent) && (
        <p className="text-muted">The bank began none by itself: start one for every person who has to sign.</p>
      )}
      {authorisations.length > 0 && (
        <ul aria-label="Authorisations of it">
          {authorisations.map((each) => {
            const update = updateOf(shown, each)
            return (
              <AuthorisationRow
                key={`${each.purpose} ${each.id}`}
                bank={bank}
                consent={consent}
                parameters={parameters}
                authorisation={each}
                onUpdate={update === null ? null : () => setOpen(update)}
              />
            )
          })}
        </ul>
      )}
      {open !== null && (
        <SignerForm
          key={`${open.operation.id} ${Object.values(open.parameters).join(' ')}`}
          bank={bank}
          consent={consent}
          call={open}
          present={parameters}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}
