/** The signers of one consent or payment: each with their authorisation, and a way to start the next one. */
import { useState } from 'react'
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import {
  AskForSigners,
  authorisationCalls,
  callAbout,
  SignerList,
  type SignersOf,
  SignersTold,
} from '../forms/signer-list.tsx'
import { bankOperations } from '../live-data.ts'
import type { Presence } from '../presence.ts'
import { Button } from '../ui/button.tsx'
import type { SignerCall } from './signer-form.tsx'

function startOf(of: SignersOf): SignerCall | null {
  const own = authorisationCalls(of).find(({ purpose }) => purpose === 'authorisation')
  const found = callAbout(of, own?.start)
  if (found === null || of.thing.final) return null
  return { ...found, title: 'A signer’s authorisation', submit: 'Start this signer’s authorisation' }
}

/** The bank did not begin an authorisation by itself: every signer's has to be started. */
const hasToBeStarted = ({ authorisations, links }: Remembered): boolean =>
  authorisations.length === 0 && links.some((name) => name.startsWith('startAuthorisation'))

export function AuthorisationList({
  bank,
  consent,
  presence,
}: {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly presence: Presence
}) {
  const { authorisations } = consent
  const [open, setOpen] = useState<SignerCall | null>(null)
  const of = { bank, thing: consent, operations: bankOperations(bank.id)().value ?? [] }
  const own = authorisationCalls(of).find(({ purpose }) => purpose === 'authorisation')
  const start = startOf(of)
  if (authorisations.length === 0 && start === null) return null
  const many = authorisations.length > 1
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="flex-1">{many ? `Authorisations (${authorisations.length} signers)` : 'Authorisation'}</h3>
        <AskForSigners {...of} list={own?.list} presence={presence} />
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
      <SignersTold thing={consent} />
      <SignerList {...of} presence={presence} open={open} onOpen={setOpen} />
    </div>
  )
}
