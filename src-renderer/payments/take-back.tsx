/** Takes a payment or mandate back at the bank: with the scope that needs, or by an authorisation the bank asks for then. */
import { useState } from 'react'
import type { BankDetail, BankView, OperationView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { api } from '../api.ts'
import { createdThings } from '../created-things.ts'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { setSending, useSending } from '../forms/sending.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useAction } from '../ui/use-action.ts'
import { scopeAbout } from './about.ts'
import type { PaymentWords } from './payment-words.ts'
import { ScopeStep } from './scope-step.tsx'

interface Shown {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly thing: Remembered
  readonly profile: ResourceProfile
  readonly words: PaymentWords
  readonly operations: readonly OperationView[]
  readonly parameters: Readonly<Record<string, string>>
}

export const takeBackName = (thing: Remembered): string => `take back ${thing.id}`

/** The bank took the wish and wants it authorised before it acts (Berlin Group, 202). */
export const isAwaitingConsent = (status: number | undefined): boolean => status === 202

function Ask({ shown, onClose }: { readonly shown: Shown; readonly onClose: () => void }) {
  const { thing, words, parameters } = shown
  const remove = useAction(async () => {
    if (!keyStoreOpen()) return
    const { exchange } = await api.access.deleteConsent({ consent: thing.id, parameters: { ...parameters } })
    setSending(takeBackName(thing), { exchange })
    await createdThings.refresh()
    onClose()
  })
  return (
    <Dialog title={`${words.remove} at the bank?`} onClose={onClose}>
      <p>
        The {words.one} <span className="font-mono wrap-anywhere">{thing.resource}</span> is taken back at the bank,
        which cannot be undone.
        {shown.environment.kind === 'production' && ' It is a real customer’s.'}
      </p>
      <FaultNotice fault={remove.fault} title="It was not taken back" action={<FaultRemedy fault={remove.fault} />} />
      <div className="flex gap-2">
        <Button kind="danger" busy={remove.busy} onClick={() => void remove.run()}>
          Take it back
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  )
}

export function TakeBack(shown: Shown) {
  const { bank, environment, thing, profile, words, operations } = shown
  const [asking, setAsking] = useState(false)
  const [authorise, setAuthorise] = useState(false)
  const { grants } = useSelection()
  const { exchange } = useSending(takeBackName(thing))
  const operation = operations.find(({ id }) => id === profile.delete?.operation)
  if (operation === undefined) return null
  const scope = scopeAbout(thing, profile, operation)
  const granted = scope === null || grants.some((grant) => grant.scope === scope)
  // Where a token is asked of the customer for just this; elsewhere the token of the payment serves, or the answer says what is needed.
  const ownScope = scope !== null && bank.flow === 'oauth-code'
  return (
    <DetailSection title={words.remove}>
      {exchange !== null && <ExchangeLine exchange={exchange} />}
      {!thing.final && (
        <>
          {ownScope && (
            <p className="text-muted">
              {granted
                ? `The customer has allowed it: ${scope}.`
                : `Once it is signed, the customer has to allow it: scope ${scope}. Unsigned, the token it was created with is enough.`}
            </p>
          )}
          {ownScope && !granted && authorise && (
            <ScopeStep bank={bank} environment={environment} scope={scope} label={`Authorise ${scope.split(':')[0]}`} />
          )}
          <div className="flex flex-wrap gap-2">
            {ownScope && !granted && !authorise && (
              <Button onClick={() => setAuthorise(true)}>Ask the customer for it …</Button>
            )}
            <Button kind="danger" onClick={() => setAsking(true)}>
              {words.remove} …
            </Button>
          </div>
        </>
      )}
      {thing.final && (
        <div className="flex flex-wrap items-center gap-2">
          <p className="text-muted">Its status is final: there is nothing to take back any more.</p>
          <Button kind="quiet" onClick={() => setAsking(true)}>
            {words.remove} all the same …
          </Button>
        </div>
      )}
      {asking && <Ask shown={shown} onClose={() => setAsking(false)} />}
    </DetailSection>
  )
}
