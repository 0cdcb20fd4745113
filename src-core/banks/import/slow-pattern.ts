/** Tells regular expressions that could take very long: one endless repetition inside another. */

/** Whether a quantifier without an upper end begins at `at`. */
const endless = (pattern: string, at: number): boolean => /^(?:[*+]|\{\d+,\})/.test(pattern.slice(at, at + 12))

/** Offset just behind a character class that opens at `start`. */
function behindClass(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1
    else if (pattern[at] === ']') return at + 1
  }
  return pattern.length
}

/** True where a group that repeats without end holds something that does: `(a+)+` (no proof of harm, but its usual form). */
export function mayRunLong(pattern: string): boolean {
  const open: boolean[] = []
  let inside = false
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at]!
    let behind = at + 1
    let holdsEndless = false
    if (character === '\\') behind = at + 2
    else if (character === '[') behind = behindClass(pattern, at)
    else if (character === '(') {
      open.push(inside)
      inside = false
      at = behind
      continue
    } else if (character === ')') {
      holdsEndless = inside
      inside = open.pop() ?? false
    }
    if (endless(pattern, behind)) {
      if (holdsEndless) return true
      inside = true
    }
    inside ||= holdsEndless
    at = behind
  }
  return false
}

/** Whether a validator can make an expression of it: JSON Schema asks for ECMA-262 in Unicode mode. */
export function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}
