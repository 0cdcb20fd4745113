/** Finds the known words nearest to a mistyped one, for "did you mean". */

/** Optimal string alignment distance between two words, in edits. */
export function editDistance(left: string, right: string): number {
  let before: number[] = []
  let above = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let best = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) best = Math.min(best, before[column - 2]! + 1)
      current.push(best)
    }
    before = above
    above = current
  }
  return above[right.length]!
}

/** At most `limit` of the known words, nearest first; words that contain the wanted one count as near. */
export function nearest(wanted: string, known: readonly string[], limit = 5): string[] {
  const needle = wanted.toLowerCase()
  const reach = Math.max(2, Math.ceil(needle.length / 3))
  return known
    .map((word) => {
      const hay = word.toLowerCase()
      const contains = needle.length >= 3 && (hay.includes(needle) || (hay.length >= 3 && needle.includes(hay)))
      return { word, distance: contains ? 1 : editDistance(needle, hay) }
    })
    .filter((candidate) => candidate.distance <= reach)
    .sort((a, b) => a.distance - b.distance || a.word.localeCompare(b.word))
    .slice(0, limit)
    .map((candidate) => candidate.word)
}
