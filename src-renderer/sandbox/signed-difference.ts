/** Holds the text a bank verified against the one that was signed here. */
import { redacted } from '#shared/redacted.ts'

/** @returns a sentence. What was taken out of history cannot be compared, and is said not to be. */
export function comparison(theirs: string, ours: string): string {
  if (theirs === ours) return 'Character for character what was signed here.'
  const [bank, own] = [theirs.split('\n'), ours.split('\n')]
  const length = Math.max(bank.length, own.length)
  const differing = Array.from({ length }, (_, at) => at).filter((at) => bank[at] !== own[at])
  const first = differing.find((at) => own[at]?.includes(redacted) !== true)
  if (first === undefined) return 'The same as what was signed here, but for secrets History does not keep.'
  if (own[first] === undefined) return `Line ${first + 1} was not signed here.`
  if (bank[first] === undefined) return `Line ${first + 1} of what was signed here is not in it: ${own[first]}`
  return `Line ${first + 1} differs; signed here was: ${own[first]}`
}
