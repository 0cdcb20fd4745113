/** The way a thing took through the bank's statuses, each with its meaning and the answer that told it first. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { openExchange } from '../open.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { localMoment } from '../ui/local-time.ts'

export function StatusTimeline({
  bank,
  thing,
  profile,
}: {
  readonly bank: BankDetail
  readonly thing: Remembered
  readonly profile: Pick<ResourceProfile, 'vocabulary'>
}) {
  const words = bank.statuses[profile.vocabulary] ?? []
  const wordFor = (code: string) => words.find((word) => word.code.toLowerCase() === code.toLowerCase())
  if (thing.timeline.length === 0) return null
  return (
    <DetailSection title="Status so far">
      <ol aria-label="Status so far" className="flex flex-col">
        {thing.timeline.map(({ status, at, exchange }, place) => {
          const word = wordFor(status)
          const last = place === thing.timeline.length - 1
          return (
            <li key={`${at} ${status}`} className="flex gap-3 border-l-2 border-line py-1 pl-3">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2">
                  <Badge tone={last && word?.final !== true ? 'accent' : 'neutral'}>
                    {status}
                    {word !== undefined && ` · ${word.name}`}
                    {word?.final === true && ' · final'}
                  </Badge>
                  <time dateTime={at} className="text-sm text-muted">
                    {localMoment(at)}
                  </time>
                </p>
                <p className="text-sm text-muted">{word?.meaning ?? 'The bank’s data does not explain it.'}</p>
              </div>
              <Button
                kind="quiet"
                aria-label={`Open the answer that told ${status}`}
                onClick={() => openExchange(exchange)}
              >
                Open
              </Button>
            </li>
          )
        })}
      </ol>
    </DetailSection>
  )
}
