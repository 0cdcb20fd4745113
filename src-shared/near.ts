/** Finds the known words nearest to a mistyped one, for "did you mean". */

/**
 * Damerau-Levenshtein distance between two words, in edits: insert, delete, replace, swap neighbours. A metric, unlike
 * the optimal string alignment distance, after Lowrance and Wagner, "An Extension of the String-to-String Correction Problem".
 */
export function editDistance(left: string, right: string): number {
  // Row and column 0 stand before the words: no way through them is ever the shortest.
  const beyond = left.length + right.length
  const cost = Array.from({ length: left.length + 2 }, (_, row) =>
    Array.from({ length: right.length + 2 }, (_, column) =>
      row === 0 || column === 0 ? beyond : Math.max(row, column) - 1,
    ),
  )
  const lastRowOf = new Map<string, number>()
  for (let row = 1; row <= left.length; row++) {
    let lastColumn = 0
    for (let column = 1; column <= right.length; column++) {
      const swapRow = lastRowOf.get(right[column - 1]!) ?? 0
      const swapped = cost[swapRow]![lastColumn]! + (row - swapRow) + (column - lastColumn) - 1
      const same = left[row - 1] === right[column - 1]
      if (same) lastColumn = column
      const replaced = cost[row]![column]! + (same ? 0 : 1)
      cost[row + 1]![column + 1] = Math.min(replaced, cost[row + 1]![column]! + 1, cost[row]![column + 1]! + 1, swapped)
    }
    lastRowOf.set(left[row - 1]!, row)
  }
  return cost[left.length + 1]![right.length + 1]!
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
