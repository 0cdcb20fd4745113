/** Makes characters seen that a person cannot see, or would take for others: a signature covers every one of them. */

export interface VisiblePart {
  readonly text: string
  /** What the character is, in words; null for text that is what it looks like. */
  readonly name: string | null
}

/** Sign and name of characters that have no shape of their own. */
const signs: Readonly<Record<string, readonly [sign: string, name: string]>> = {
  ' ': ['·', 'space at the end'],
  '\t': ['→', 'tab'],
  '\r': ['␍', 'carriage return'],
  '\u00a0': ['⍽', 'no-break space'],
}

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** Spaces at the end of the line, control characters, and everything beyond ASCII. */
const special = /[ ]+$|[^\x20-\x7e]/gu

function shown(character: string): VisiblePart {
  const [sign, name] = signs[character] ?? []
  if (sign !== undefined && name !== undefined) return { text: sign, name: `${name} (${codePoint(character)})` }
  const unseen = /[\p{C}\p{Z}\p{M}]/u.test(character)
  return {
    text: unseen ? `‹${codePoint(character)}›` : character,
    name: `${unseen ? 'character that is not seen' : 'not ASCII'} (${codePoint(character)})`,
  }
}

/** @param line without its line feed. */
export function visibleParts(line: string): readonly VisiblePart[] {
  const parts: VisiblePart[] = []
  let from = 0
  for (const { 0: found, index } of line.matchAll(special)) {
    if (index > from) parts.push({ text: line.slice(from, index), name: null })
    parts.push(...[...found].map(shown))
    from = index + found.length
  }
  if (from < line.length) parts.push({ text: line.slice(from), name: null })
  return parts
}
