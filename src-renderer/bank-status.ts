/** A bank's own words for a status, and when what is valid until a day ends: of whatever view shows consents or payments. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'

export type Vocabulary = BankDetail['statuses'][string]
export type StatusWord = Vocabulary[number]

/** Banks write them in either case. */
export const wordIn = (vocabulary: Vocabulary | undefined, code: string): StatusWord | null =>
  vocabulary?.find((word) => word.code.toLowerCase() === code.toLowerCase()) ?? null

/** The bank's name for a status whose meaning is known; the code where it has none. */
export function statusName(
  { statuses }: BankDetail,
  { status, meaning }: Pick<Remembered, 'status' | 'meaning'>,
): string {
  if (status === null) return 'not known'
  const words = Object.values(statuses).map((vocabulary) => wordIn(vocabulary, status))
  return words.find((word) => word?.meaning === meaning)?.name ?? status
}

/** When something valid until a day or a moment ends: a day counts to its end. null for what is neither. */
export function endOf(validUntil: string): string | null {
  const moment = /^\d{4}-\d\d-\d\d$/.test(validUntil) ? `${validUntil}T23:59:59.999Z` : validUntil
  return Number.isNaN(Date.parse(moment)) ? null : moment
}
