/** Holds the path of a URL against the path of an operation: the whole, or its end where what precedes it is unknown. */

export interface PathMatch {
  /** Values of the placeholders, decoded. */
  readonly values: ReadonlyMap<string, string>
  /** Segments that are the same word for word. */
  readonly literals: number
  /** Segments of the URL before the operation's; 0: the whole path. */
  readonly before: number
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '')

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** A segment with placeholders, such as `{id}` or `basket:{id}`, taken apart without an expression of its own. */
function matchSegment(template: string, segment: string, values: Map<string, string>): 'literal' | 'value' | null {
  const open = template.indexOf('{')
  const close = template.indexOf('}', open)
  if (open < 0 || close < 0) return template === segment ? 'literal' : null
  const before = template.slice(0, open)
  const after = template.slice(close + 1)
  const text = decoded(segment)
  if (text.length <= before.length + after.length || !text.startsWith(before) || !text.endsWith(after)) return null
  values.set(template.slice(open + 1, close), text.slice(before.length, text.length - after.length))
  return 'value'
}

/** null where the path is none of the operation's. @param path begins with a slash, without query */
export function matchPath(template: string, path: string): PathMatch | null {
  const wanted = segmentsOf(template)
  const given = segmentsOf(path)
  const before = given.length - wanted.length
  if (before < 0) return null
  const values = new Map<string, string>()
  let literals = 0
  for (const [index, segment] of wanted.entries()) {
    const found = matchSegment(segment, given[before + index]!, values)
    if (found === null) return null
    if (found === 'literal') literals += 1
  }
  return { values, literals, before }
}
