/** Why a consent is of no use any more, in words: replaced, past its last day, taken back, ended by the TPP, refused. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { endOf, statusName } from './status-words.ts'

export interface ConsentEnd {
  readonly title: string
  readonly text: string
}

/** What the last day adds to the bank's word: an end before it has another reason. */
function aboutLastDay(validUntil: string | null, now: number): string {
  const end = validUntil === null ? null : endOf(validUntil)
  if (validUntil === null || end === null) return ''
  return Date.parse(end) <= now
    ? ` Its last day was ${validUntil}.`
    : ` Its last day would have been ${validUntil}: it ended before.`
}

/** null while it can still be used, or still come to be. @param now milliseconds since 1970 */
export function consentEnd(bank: BankDetail, consent: Remembered, now: number): ConsentEnd | null {
  const { status, meaning, final, replacedBy, validUntil } = consent
  if (replacedBy !== null)
    return {
      title: 'Replaced by a newer consent',
      text: 'A recurring consent of the same customer became valid after it, and the bank keeps one of them.',
    }
  const name = statusName(bank, consent)
  const profile = bank.resources.find(({ kind }) => kind === consent.kind)
  if (final && status !== null && status.toLowerCase() === profile?.delete?.gives?.toLowerCase())
    return { title: name, text: 'It was deleted at the bank from the TPP’s side.' }
  if (final) return { title: name, text: `${meaning ?? ''}${aboutLastDay(validUntil, now)}`.trim() }
  const end = validUntil === null ? null : endOf(validUntil)
  if (end !== null && Date.parse(end) <= now)
    return {
      title: 'Past its last day',
      text: `It was valid until ${validUntil}; the bank’s last word was “${name}”. Ask for a new one.`,
    }
  return null
}
