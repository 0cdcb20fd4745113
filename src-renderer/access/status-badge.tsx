/** The status of a consent or payment in the bank's words, and whether it can still change. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { Badge } from '../ui/badge.tsx'
import { statusName } from './status-words.ts'

export function StatusBadge({
  bank,
  consent,
}: {
  readonly bank: BankDetail
  readonly consent: Pick<Remembered, 'status' | 'meaning' | 'final'>
}) {
  return (
    <Badge
      tone={consent.final ? 'neutral' : 'accent'}
      {...(consent.meaning === null ? {} : { title: consent.meaning })}
    >
      {statusName(bank, consent)}
      {consent.final && ' · final'}
    </Badge>
  )
}
