/** Masks JSON members by name inside text, which need not be JSON as a whole and may be cut off. */
import { redacted } from './redacted.ts'

/** A string with its quotes; one that is cut off reaches to the end of its line. */
const string = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*(?:"|\\?(?=[\r\n]|$))/y
const structure = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*(?:"|\\?(?=[\r\n]|$))|[[\]{}]/g
/** A number, or a word that is no JSON; `true`, `false` and `null` hold no secret. */
const bare = /(?!(?:true|false|null)\b)[^\s,:"'[\]{}]+/y

function endOf(expression: RegExp, text: string, start: number): number {
  expression.lastIndex = start
  return expression.test(text) ? expression.lastIndex : start
}

/** Where the value ends that begins at `start`; `start` itself where there is nothing to mask. */
function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return endOf(string, text, start)
  if (text[start] !== '{' && text[start] !== '[') return endOf(bare, text, start)
  let depth = 0
  structure.lastIndex = start
  for (let match = structure.exec(text); match !== null; match = structure.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth += 1
    else if (match[0] === '}' || match[0] === ']') depth -= 1
    if (depth === 0) return structure.lastIndex
  }
  return text.length
}

const members = new Map<string, RegExp>()

/** Made once: it is looked for in every text of every call. */
function memberOf(names: string): RegExp {
  const known = members.get(names) ?? new RegExp(`"(?:${names})"\\s*:\\s*`, 'gi')
  members.set(names, known)
  return known
}

type Span = readonly [start: number, end: number]

/** Each value, in order; `names` are alternatives of a regular expression; upper and lower case count alike. */
function valuesOf(text: string, names: string): readonly Span[] {
  const spans: Span[] = []
  const member = memberOf(names)
  member.lastIndex = 0
  let from = 0
  while (member.test(text)) {
    const start = member.lastIndex
    // A member of a value that is masked already; after a string that was cut off, one may begin with its last quote.
    if (start <= from) continue
    const end = valueEnd(text, start)
    if (end === start) continue
    spans.push([start, end])
    from = end
  }
  return spans
}

/** `names` are alternatives of a regular expression; upper and lower case count alike. */
export function redactJsonMembers(text: string, names: string): string {
  let result = ''
  let from = 0
  for (const [start, end] of valuesOf(text, names)) {
    result += `${text.slice(from, start)}"${redacted}"`
    from = end
  }
  return result + text.slice(from)
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
}

/** What `redactJsonMembers` would take out: texts and numbers, as they would be said elsewhere. */
export function jsonMemberTexts(text: string, names: string): string[] {
  return valuesOf(text, names).flatMap(([start, end]) => {
    const value = text.slice(start, end)
    try {
      return leaves(JSON.parse(value))
    } catch {
      return [value.replaceAll('"', '')]
    }
  })
}
