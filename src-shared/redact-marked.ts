/** Masks what the data of a bank marks as secret: names that are none elsewhere, such as the `code` an identification ends with. */
import { jsonMemberTexts, redactJsonMembers } from './redact-json.ts'
import { redacted } from './redacted.ts'

export const noMarks: readonly string[] = Object.freeze([])

interface Marks {
  readonly fields: ReadonlySet<string>
  /** Alternatives of a regular expression, for a JSON member however its name is escaped. */
  readonly members: string
  /** A JSON document that stands as a string in another one. */
  readonly escaped: RegExp
  readonly escapedBare: RegExp
  /** `name=value` as in a query. */
  readonly field: RegExp
  readonly element: RegExp
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)

/** RFC 8259 section 7: a character may stand as itself, as its number, and some behind a backslash. */
function spelling(name: string): string {
  const units = Array.from({ length: name.length }, (_, index) => name[index]!)
  return units
    .map((unit) => {
      const number = unit.charCodeAt(0).toString(16).padStart(4, '0')
      // Half of a surrogate pair stands as itself beside its other half.
      const itself = /[\ud800-\udfff]/.test(unit) ? unit : JSON.stringify(unit).slice(1, -1)
      return `(?:${literal(itself)}${unit === '/' ? String.raw`|\\/` : ''}|\\\\u${number})`
    })
    .join('')
}

function make(names: readonly string[]): Marks {
  const plain = names.map(literal).join('|')
  return {
    fields: new Set(names.map((name) => name.toLowerCase())),
    members: names.map(spelling).join('|'),
    escaped: new RegExp(`((\\\\{1,64})"(?:${plain})\\2"\\s*:\\s*\\2")[^"\\\\]*`, 'gi'),
    escapedBare: new RegExp(`((\\\\{1,64})"(?:${plain})\\2"\\s*:\\s*)(?!true|false|null)[^\\s"\\\\,{}[\\]]+`, 'gi'),
    field: new RegExp(`(?<![\\w-])((?:${plain})=)(?!\\[)[^\\s&"'<>#;,\\\\]+`, 'gi'),
    element: new RegExp(`(<(?:[\\w.-]{1,64}:)?(?:${plain})(?:\\s[^<>]*)?>)[^<]+`, 'gi'),
  }
}

/** A bank's lists of names do not change: each is made up once. */
const known = new WeakMap<readonly string[], Marks>()

function marksOf(names: readonly string[]): Marks {
  const before = known.get(names)
  if (before !== undefined) return before
  const made = make(names)
  known.set(names, made)
  return made
}

const noFields: ReadonlySet<string> = new Set()

/** In lower case. */
export const fieldNames = (names: readonly string[]): ReadonlySet<string> =>
  names.length === 0 ? noFields : marksOf(names).fields

/** JSON members, fields and XML elements of these names; JSON and text need not be whole. */
export function maskMarkedText(text: string, names: readonly string[]): string {
  const { members, escaped, escapedBare, field, element } = marksOf(names)
  return redactJsonMembers(text, members)
    .replace(escaped, `$1${redacted}`)
    .replace(escapedBare, `$1${redacted}`)
    .replace(field, `$1${redacted}`)
    .replace(element, `$1${redacted}`)
}

/** Values of these members: what an answer may repeat in its own words. */
export const markedTexts = (text: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : jsonMemberTexts(text, marksOf(names).members)
