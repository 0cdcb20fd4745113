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

/** `names` are alternatives of a regular expression; upper and lower case count alike. */
export function redactJsonMembers(text: string, names: string): string {
  let result = ''
  let from = 0
  for (const match of text.matchAll(new RegExp(`"(?:${names})"\\s*:\\s*`, 'gi'))) {
    const start = match.index + match[0].length
    // A member of a value that is masked already; after a string that was cut off, one may begin with its last quote.
    if (start <= from) continue
    const end = valueEnd(text, start)
    if (end === start) continue
    result += `${text.slice(from, start)}"${redacted}"`
    from = end
  }
  return result + text.slice(from)
}
