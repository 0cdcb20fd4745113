/** Every signer's authorisation of one consent or payment: how far it came on the bank's own way to the end. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { authorising, startAuthorisingConsent } from '../authorising.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { useNow } from '../ui/use-now.ts'
import { refreshAccess } from './access-data.ts'
import { canAuthorise } from './consent-actions.tsx'
import { following, startFollowing } from './following.ts'
import { keyStoreOpen } from './key-store-open.ts'
import { type Stage, scaVocabulary, scaWord, stagesOf } from './status-words.ts'

const dots: Record<Stage['state'], string> = {
  past: 'border-accent bg-accent',
  now: 'border-accent bg-accent ring-2 ring-accent-soft',
  later: 'border-line-strong bg-surface',
}

/** The text beside it says the same. */
function StageLine({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <div aria-hidden="true" className="flex items-center">
      {stages.map(({ name, state }, place) => (
        <span key={name} title={name} className="flex items-center">
          {place > 0 && <span className={`h-px w-3 ${state === 'later' ? 'bg-line-strong' : 'bg-accent'}`} />}
          <span className={`size-2.5 rounded-full border ${dots[state]}`} />
        </span>
      ))}
    </div>
  )
}

interface Shown {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly parameters: Readonly<Record<string, string>>
}

function Row({
  bank,
  consent,
  parameters,
  authorisation,
}: Shown & { readonly authorisation: Remembered['authorisations'][number] }) {
  const now = useNow()
  const { running } = authorising()
  const follow = following()
  const { id, status, final, customer, purpose, seenAt } = authorisation
  const codes = consent.authorisations.flatMap((each) => each.status ?? [])
  const vocabulary = scaVocabulary(bank, codes)
  const word = scaWord(vocabulary, status)
  const stages = stagesOf(vocabulary, status)
  const place = stages.findIndex(({ state }) => state === 'now') + 1
  const chosen = { consent: consent.id, authorisation: id }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={final ? 'neutral' : 'accent'}>
            {word?.name ?? status ?? 'not known yet'}
            {final && ' · final'}
          </Badge>
          <StageLine stages={stages} />
          {place > 0 && !final && (
            <span className="sr-only">
              stage {place} of {stages.length}
            </span>
          )}
        </p>
        <p className="text-sm wrap-anywhere text-muted">
          {purpose === 'cancellation' && 'to take it back · '}
          {customer ?? 'signer not named'} · <span className="font-mono">{id}</span>
          {status !== null && ` · told ${shortMoment(seenAt, now)}`}
          {word !== null && ` · ${word.meaning}`}
        </p>
      </div>
      {!final && (
        <div className="flex gap-1">
          {consent.authorisations.length > 1 && canAuthorise(bank) && (
            <Button
              aria-label={`Authorise as ${customer ?? id}`}
              disabled={running}
              onClick={() => {
                if (keyStoreOpen()) void startAuthorisingConsent(consent, parameters, id).then(refreshAccess)
              }}
            >
              Authorise
            </Button>
          )}
          <Button
            kind="quiet"
            aria-label={`Follow authorisation ${id}`}
            disabled={follow.running}
            onClick={() => {
              if (keyStoreOpen()) void startFollowing(chosen, parameters)
            }}
          >
            Follow
          </Button>
        </div>
      )}
    </li>
  )
}

export function AuthorisationList({ bank, consent, parameters }: Shown) {
  const { authorisations } = consent
  if (authorisations.length === 0) return null
  return (
    <div>
      <h3>{authorisations.length === 1 ? 'Authorisation' : `Authorisations (${authorisations.length} signers)`}</h3>
      <ul aria-label="Authorisations of it">
        {authorisations.map((each) => (
          <Row key={each.id} bank={bank} consent={consent} parameters={parameters} authorisation={each} />
        ))}
      </ul>
    </div>
  )
}
