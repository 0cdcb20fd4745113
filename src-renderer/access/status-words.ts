/** The statuses of an authorisation in a bank's own words, and the way they go. */
import type { BankDetail } from '#shared/contract/banks.ts'
import { type StatusWord, type Vocabulary, wordIn } from '../bank-status.ts'

export { endOf, type StatusWord, statusName } from '../bank-status.ts'

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
