/** One signer's authorisation: how far it came on the bank's own way to the end, when, and what can be done with it. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { authorising, startAuthorisingConsent } from '../authorising.ts'
import { openExchange } from '../open.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { useNow } from '../ui/use-now.ts'
import { refreshAccess } from './access-data.ts'
import { canAuthorise } from './consent-actions.tsx'
import { following, startFollowing } from './following.ts'
import { keyStoreOpen } from './key-store-open.ts'
import { type Stage, scaVocabulary, scaWord, stagesOf } from './status-words.ts'

type Authorisation = Remembered['authorisations'][number]

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

/** Every status the bank told, in its order; each opens the answer that told it first. */
function Timeline({ bank, authorisation }: { readonly bank: BankDetail; readonly authorisation: Authorisation }) {
  const now = useNow()
  const { timeline, id } = authorisation
  if (timeline.length === 0) return null
  const vocabulary = scaVocabulary(
    bank,
    timeline.map(({ status }) => status),
  )
  return (
    <ol aria-label={`What was told of ${id}`} className="flex flex-wrap items-center gap-x-1 text-sm">
      {timeline.map(({ status, at, exchange }, place) => (
        <li key={`${status} ${at}`} className="flex items-center gap-1">
          {place > 0 && <span aria-hidden="true">→</span>}
          <button
            type="button"
            className="rounded-sm text-accent underline"
            title={`${scaWord(vocabulary, status)?.meaning ?? status} Opens the answer in History.`}
            onClick={() => openExchange(exchange)}
          >
            {scaWord(vocabulary, status)?.name ?? status} {shortMoment(at, now)}
          </button>
        </li>
      ))}
    </ol>
  )
}

export interface RowProps {
  readonly bank: BankDetail
  readonly consent: Remembered
  readonly parameters: Readonly<Record<string, string>>
  readonly authorisation: Authorisation
  /** Opens the form that tells the bank who the signer is; null where the bank has no such call. */
  readonly onUpdate: (() => void) | null
}

function RowActions({ bank, consent, parameters, authorisation, onUpdate }: RowProps) {
  const { running } = authorising()
  const follow = following()
  const { id, customer } = authorisation
  return (
    <div className="flex flex-wrap gap-1">
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
          if (keyStoreOpen()) void startFollowing({ consent: consent.id, authorisation: id }, parameters)
        }}
      >
        Follow
      </Button>
      {onUpdate !== null && (
        <Button kind="quiet" aria-label={`Customer data … for ${id}`} onClick={onUpdate}>
          Customer data …
        </Button>
      )}
    </div>
  )
}

export function AuthorisationRow(props: RowProps) {
  const { bank, consent, authorisation } = props
  const now = useNow()
  const { id, status, final, customer, purpose, seenAt } = authorisation
  const codes = consent.authorisations.flatMap((each) => each.status ?? [])
  const vocabulary = scaVocabulary(bank, codes)
  const word = scaWord(vocabulary, status)
  const stages = stagesOf(vocabulary, status)
  const place = stages.findIndex(({ state }) => state === 'now') + 1
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
        <Timeline bank={bank} authorisation={authorisation} />
      </div>
      {!final && <RowActions {...props} />}
      {final && props.onUpdate !== null && (
        <Button
          kind="quiet"
          title="It is over: the bank takes nothing for it any more."
          aria-label={`Customer data all the same … for ${id}`}
          onClick={props.onUpdate}
        >
          Customer data all the same …
        </Button>
      )}
    </li>
  )
}
