/** Ranks texts as a person's language orders them, mostly by numbers instead of asking the language for every pair. */
import { type Compare, ranksOfOrder, sortedIndexes } from './sorted-indexes.ts'

/** As a person's language orders words. Taken out once: to ask for it costs more than to compare. */
export const { compare: byLanguage } = new Intl.Collator(undefined, { sensitivity: 'base' })

/** Texts between two chances to stop. */
const stride = 512

/** What each UTF-16 code unit weighs beside the others of these texts; 0 where it weighs nothing. */
function weightsOf(units: ReadonlySet<number>): Uint16Array {
  const characters = [...units].map((unit) => String.fromCharCode(unit)).sort(byLanguage)
  const weights = new Uint16Array(65_536)
  let weight = 0
  for (const [at, character] of characters.entries()) {
    if (byLanguage(character, '') === 0) continue
    if (weight === 0 || byLanguage(characters[at - 1]!, character) !== 0) weight += 1
    weights[character.charCodeAt(0)] = weight
  }
  return weights
}

/** Compares letter by letter. Languages know more than that: two letters that count as one, one that counts as two. */
function* letterByLetter(texts: readonly string[]): Generator<void, Compare> {
  const units = new Set<number>()
  let length = 0
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index]!
    for (let at = 0; at < text.length; at += 1) units.add(text.charCodeAt(at))
    length += text.length + 1
    if (index % stride === 0) yield
  }
  const weights = weightsOf(units)
  // One row of numbers for all texts, each ended by a 0.
  const row = new Uint16Array(length)
  const starts = new Uint32Array(texts.length)
  let next = 0
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index]!
    starts[index] = next
    for (let at = 0; at < text.length; at += 1) {
      const weight = weights[text.charCodeAt(at)]!
      if (weight !== 0) row[next++] = weight
    }
    next += 1
    if (index % stride === 0) yield
  }
  return (a, b) => {
    let [left, right] = [starts[a]!, starts[b]!]
    while (row[left] === row[right] && row[left] !== 0) {
      left += 1
      right += 1
    }
    return row[left]! - row[right]!
  }
}

/**
 * The language has the last word: neighbours are compared by it, and where it disagrees everything is sorted by it.
 * @returns for each text its rank; those that are the same to the language have the same
 */
export function* ranksByLanguage(texts: readonly string[]): Generator<void, Uint32Array> {
  let agrees = true
  const compare: Compare = (a, b) => byLanguage(texts[a]!, texts[b]!)
  const checking: Compare = (a, b) => {
    const order = compare(a, b)
    if (order > 0) agrees = false
    return order
  }
  const quick = yield* sortedIndexes(texts.length, yield* letterByLetter(texts))
  const ranks = yield* ranksOfOrder(quick, checking)
  if (agrees) return ranks
  return yield* ranksOfOrder(yield* sortedIndexes(texts.length, compare), compare)
}
