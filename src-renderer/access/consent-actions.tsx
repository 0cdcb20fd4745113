/** What can be done with a consent or payment: have it authorised, ask for its status, end it, forget it. */
import { useState } from 'react'
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { authorising, startAuthorisingConsent } from '../authorising.ts'
import { Button } from '../ui/button.tsx'
import { refreshAccess } from './access-data.ts'
import type { CallAbout } from './calls-about.ts'
import { DeleteConsentDialog } from './delete-consent-dialog.tsx'
import { following, startFollowing } from './following.ts'
import { ForgetConsentDialog } from './forget-consent-dialog.tsx'
import { keyStoreOpen } from './key-store-open.ts'

/** Banks whose answers link to a customer's page for one consent or payment. */
export const canAuthorise = ({ flow }: BankDetail): boolean => flow === 'oauth-sca' || flow === 'redirect-link'

export function ConsentActions({
  bank,
  consent,
  calls,
  parameters,
}: {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly calls: readonly CallAbout[] | null
  readonly parameters: Readonly<Record<string, string>>
}) {
  const { running } = authorising()
  const follow = following()
  const [asking, setAsking] = useState<'delete' | 'forget' | null>(null)
  const deletion = calls?.find(({ itself, operation }) => itself && operation.method === 'DELETE')
  const signed = consent.authorisations.length > 0 && consent.authorisations.every(({ final }) => final)
  const mine = follow.running && follow.subject?.consent === consent.id
  return (
    <div className="flex flex-wrap gap-2">
      {canAuthorise(bank) && !consent.final && (
        <Button
          data-primary
          kind={signed ? 'plain' : 'primary'}
          disabled={running}
          onClick={() => {
            if (keyStoreOpen()) void startAuthorisingConsent(consent, parameters).then(refreshAccess)
          }}
        >
          Authorise
        </Button>
      )}
      {!consent.final &&
        (mine ? (
          <Button onClick={following.cancel}>Stop following</Button>
        ) : (
          <Button
            disabled={follow.running}
            onClick={() => {
              if (keyStoreOpen()) void startFollowing({ consent: consent.id, authorisation: null }, parameters)
            }}
          >
            Follow
          </Button>
        ))}
      {deletion !== undefined && !consent.final && (
        <Button kind="danger" onClick={() => setAsking('delete')}>
          Delete at the bank …
        </Button>
      )}
      <Button kind="quiet" onClick={() => setAsking('forget')}>
        Forget here …
      </Button>
      {asking === 'delete' && (
        <DeleteConsentDialog consent={consent} parameters={parameters} onClose={() => setAsking(null)} />
      )}
      {asking === 'forget' && <ForgetConsentDialog consent={consent} onClose={() => setAsking(null)} />}
    </div>
  )
}
