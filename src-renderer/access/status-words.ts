/** A bank's own words for the statuses of a consent or payment and of its authorisations. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'

type Vocabulary = BankDetail['statuses'][string]
export type StatusWord = Vocabulary[number]

/** Banks write them in either case. */
const wordIn = (vocabulary: Vocabulary | undefined, code: string): StatusWord | null =>
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

/** Of the Berlin Group's `scaStatus`, by which the folders name this list; else the first that knows all that is asked. */
export function scaVocabulary({ statuses }: BankDetail, codes: readonly string[]): Vocabulary {
  const known = (vocabulary: Vocabulary | undefined) => codes.every((code) => wordIn(vocabulary, code) !== null)
  const { sca = [], ...others } = statuses
  return known(sca) ? sca : (Object.values(others).find(known) ?? sca)
}

export interface Stage {
  readonly name: string
  readonly state: 'past' | 'now' | 'later'
}

/** The way to a final status: the ones that are none, in the bank's order, and the end. Empty for a status the bank does not name. */
export function stagesOf(vocabulary: Vocabulary, status: string | null): readonly Stage[] {
  const now = status === null ? null : wordIn(vocabulary, status)
  if (now === null) return []
  const open = vocabulary.filter(({ final }) => !final)
  const at = now.final ? open.length : open.indexOf(now)
  return [...open.map(({ name }) => name), now.final ? now.name : 'The end'].map((name, place) => ({
    name,
    state: place < at ? 'past' : place > at ? 'later' : 'now',
  }))
}

export const scaWord = (vocabulary: Vocabulary, status: string | null): StatusWord | null =>
  status === null ? null : wordIn(vocabulary, status)

/** When something valid until a day or a moment ends: a day counts to its end. null for what is neither. */
export function endOf(validUntil: string): string | null {
  const moment = /^\d{4}-\d\d-\d\d$/.test(validUntil) ? `${validUntil}T23:59:59.999Z` : validUntil
  return Number.isNaN(Date.parse(moment)) ? null : moment
}
