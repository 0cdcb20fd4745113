/** What a schema says of one place of a document, in words a person reads. */
import { isSchema, type Path, partsOf, requiredOf, type Schema, schemaAt, valuesAt } from './schema-walk.ts'

export interface PlaceDocumentation {
  /** `instructedAmount.amount`, `notes[].text`; `body` for the whole. */
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly description: string
  /** One sentence or formula each. */
  readonly limits: readonly string[]
  readonly values: readonly string[]
  readonly example: string | null
}

function nameOf(path: Path): string {
  const text = path.reduce<string>((name, part) => (part === null ? `${name}[]` : `${name}.${part}`), '')
  return text.replace(/^\./, '') || 'body'
}

/** The first part that says something decides: what stands beside a reference goes before what it refers to. */
function first<Value>(
  parts: readonly Schema[],
  key: string,
  is: (value: unknown) => value is NonNullable<Value>,
): NonNullable<Value> | null {
  for (const part of parts) if (is(part[key])) return part[key]
  return null
}
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isNumber = (value: unknown): value is number => typeof value === 'number'

function typeOf(parts: readonly Schema[]): string {
  const types = parts.flatMap(({ type }) => [type].flat()).filter(isText)
  const named = [...new Set(types)].join(' or ')
  const format = first(parts, 'format', isText)
  return `${named || (parts.some(({ properties }) => isSchema(properties)) ? 'object' : 'any')}${format === null ? '' : ` (${format})`}`
}

const counted = (limit: number | string, noun: string): string => `${limit} ${noun}${limit === 1 ? '' : 's'}`

const words: readonly (readonly [key: string, sentence: (limit: number | string) => string])[] = [
  ['minLength', (limit) => `at least ${counted(limit, 'character')}`],
  ['maxLength', (limit) => `at most ${counted(limit, 'character')}`],
  ['minimum', (limit) => `from ${limit}`],
  ['exclusiveMinimum', (limit) => `more than ${limit}`],
  ['maximum', (limit) => `to ${limit}`],
  ['exclusiveMaximum', (limit) => `less than ${limit}`],
  ['minItems', (limit) => `at least ${counted(limit, 'item')}`],
  ['maxItems', (limit) => `at most ${counted(limit, 'item')}`],
  ['pattern', (limit) => `matches ${limit}`],
]

function limitsOf(parts: readonly Schema[]): string[] {
  return words.flatMap(([key, sentence]) => {
    const limit = key === 'pattern' ? first(parts, key, isText) : first(parts, key, isNumber)
    return limit === null ? [] : [sentence(limit)]
  })
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function exampleOf(parts: readonly Schema[]): string | null {
  for (const { example, examples, default: standard } of parts) {
    const found: unknown = example ?? (Array.isArray(examples) ? (examples as unknown[])[0] : undefined) ?? standard
    // A whole object is what "Fill with example" is for.
    if (found !== undefined && found !== null && typeof found !== 'object') return shown(found)
  }
  return null
}

/** null where the schema does not know the place. */
export function documentationAt(path: Path, root: Schema): PlaceDocumentation | null {
  const schema = schemaAt(path, root)
  if (schema === undefined) return null
  const parts = partsOf(schema, root)
  const parent = schemaAt(path.slice(0, -1), root)
  return {
    name: nameOf(path),
    type: typeOf(parts),
    required: path.length > 0 && requiredOf(parent, root).has(path.at(-1)),
    description: first(parts, 'description', isText) ?? '',
    limits: limitsOf(parts),
    values: valuesAt(path, root).map(shown),
    example: exampleOf(parts),
  }
}

/** The same as one text, for a screen reader. */
export function documentationText({
  name,
  type,
  required,
  description,
  limits,
  values,
  example,
}: PlaceDocumentation): string {
  return [
    `${name}: ${type}${required ? ', required' : ''}`,
    description,
    limits.join(', '),
    values.length > 0 ? `one of ${values.join(', ')}` : '',
    example === null ? '' : `for example ${example}`,
  ]
    .filter(Boolean)
    .map((sentence) => sentence.replace(/\.$/, ''))
    .join('. ')
}
