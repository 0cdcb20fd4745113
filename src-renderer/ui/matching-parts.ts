/** Text cut where words of a search stand in it, so that they can be marked. */

export interface Part {
  readonly text: string
  readonly match: boolean
}

/** A search in words: lower case, none empty. */
export const wordsOf = (search: string): string[] => search.toLowerCase().split(/\s+/).filter(Boolean)

/** Whether every word stands somewhere in the text. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return words.every((word) => lower.includes(word))
}

/** The text in order; overlapping words make one match. Nothing is lost: the parts joined are the text. */
export function matchingParts(text: string, words: readonly string[]): Part[] {
  const lower = text.toLowerCase()
  // A letter whose lower case is longer would shift every place after it.
  if (lower.length !== text.length) return [{ text, match: false }]
  const marked = new Uint8Array(text.length)
  for (const word of words) {
    for (let at = lower.indexOf(word); at >= 0 && word !== ''; at = lower.indexOf(word, at + 1))
      marked.fill(1, at, at + word.length)
  }
  const parts: Part[] = []
  for (let from = 0; from < text.length; ) {
    let to = from + 1
    while (to < text.length && marked[to] === marked[from]) to += 1
    parts.push({ text: text.slice(from, to), match: marked[from] === 1 })
    from = to
  }
  return parts
}

/** The piece of a long text around its first match, with an ellipsis where it was cut; null where no word stands in it. */
export function matchingPiece(text: string, words: readonly string[], length = 80): string | null {
  const lower = text.toLowerCase()
  const places = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0)
  if (places.length === 0) return null
  if (text.length <= length) return text
  // From the beginning of a word, a little before the match.
  const about = Math.max(0, Math.min(...places) - Math.floor(length / 4))
  const from = about === 0 ? 0 : Math.min(text.indexOf(' ', about) + 1 || about, Math.min(...places))
  const piece = text.slice(from, from + length).trim()
  return `${from > 0 ? '…' : ''}${piece}${from + length < text.length ? '…' : ''}`
}
