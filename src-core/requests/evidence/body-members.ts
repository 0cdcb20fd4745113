/** Evidence on members of a JSON body, place by place against the schema of the operation: absent, of another type, or named otherwise. */
import { bodyValue, type CallFacts } from '../call-facts.ts'
import { no, open, type Predicate, yes } from './judgement.ts'

type Schema = Readonly<Record<string, unknown>>

interface Trouble {
  readonly kind: 'absent' | 'wrong-type' | 'misnamed'
  /** A whole sentence; it names members and types, never values. */
  readonly sentence: string
}

/** Deeper than any body of a bank; a schema may contain itself. */
const deepest = 8

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function resolved(schema: unknown, schemas: Schema): Schema {
  if (!isRecord(schema)) return {}
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined
  return name === undefined ? schema : resolved(schemas[name], {})
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? 'number' : typeof value

function fitsType(schema: Schema, value: unknown): boolean {
  if (schema.type === undefined) return true
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]) as unknown[]
  const own = typeOf(value)
  return types.includes(own) || (own === 'number' && types.includes('integer'))
}

const spoken: Readonly<Record<string, string>> = {
  array: 'a list',
  string: 'a text',
  object: 'an object',
  null: 'null',
}
const named = (type: unknown): string => spoken[String(type)] ?? `a ${String(type)}`

function ofObject(schema: Schema, value: Schema, at: string, schemas: Schema, depth: number): Trouble[] {
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : []
  const other = Object.keys(value).filter((name) => !Object.hasOwn(properties, name))
  const absent = required.filter((name) => !Object.hasOwn(value, name) || value[name] === '')
  const missing = absent.flatMap((name): Trouble[] => {
    const is = Object.hasOwn(value, name) ? 'empty' : 'missing'
    const lacks: Trouble = { kind: 'absent', sentence: `${at}/${name} is ${is}; the schema requires it.` }
    if (is === 'empty' || other.length === 0) return [lacks]
    const instead = other
      .slice(0, 3)
      .map((each) => `${at}/${each}`)
      .join(', ')
    const otherwise = `There is no ${at}/${name}, but ${instead}, which the bank’s document does not have.`
    return [lacks, { kind: 'misnamed', sentence: otherwise }]
  })
  const within = Object.entries(value).flatMap(([name, each]) =>
    Object.hasOwn(properties, name) ? troubles(properties[name], each, `${at}/${name}`, schemas, depth + 1) : [],
  )
  return [...missing, ...within]
}

function troubles(of: unknown, value: unknown, at: string, schemas: Schema, depth: number): Trouble[] {
  if (depth > deepest) return []
  const schema = resolved(of, schemas)
  if (!fitsType(schema, value)) {
    const what = at === '' ? 'The body' : at
    return [{ kind: 'wrong-type', sentence: `${what} is ${named(typeOf(value))}, not ${named(schema.type)}.` }]
  }
  const parts = Array.isArray(schema.allOf) ? (schema.allOf as unknown[]) : []
  const all = parts.flatMap((part) => troubles(part, value, at, schemas, depth + 1))
  if (Array.isArray(value))
    return [
      ...all,
      ...value.slice(0, 50).flatMap((each, n) => troubles(schema.items, each, `${at}/${n}`, schemas, depth + 1)),
    ]
  return isRecord(value) ? [...all, ...ofObject(schema, value, at, schemas, depth)] : all
}

const found = new WeakMap<CallFacts, readonly Trouble[] | null>()

/** null where there is no JSON body or no schema to compare it with. Worked out once per call. */
function troublesOf(facts: CallFacts): readonly Trouble[] | null {
  const known = found.get(facts)
  if (known !== undefined) return known
  const { operation, bank } = facts
  const value = bodyValue(facts)
  const schemas = isRecord(bank.components.schemas) ? bank.components.schemas : {}
  const all =
    operation.body === null || value === undefined ? null : troubles(operation.body.schema, value, '', schemas, 0)
  found.set(facts, all)
  return all
}

const ofKind =
  (kind: Trouble['kind'], none: string): Predicate =>
  (facts) => {
    const all = troublesOf(facts)
    if (all === null) return open('There is no JSON body to compare with its schema.')
    const [first] = all.filter((each) => each.kind === kind)
    return first === undefined ? no(none) : yes(first.sentence)
  }

export const bodyMemberEvidence = {
  'body-member-absent': ofKind('absent', 'The body has every member its schema requires.'),
  'body-member-wrong-type': ofKind('wrong-type', 'Every member of the body has the type its schema gives.'),
  'body-member-misnamed': ofKind('misnamed', 'No member the schema requires goes under another name.'),
  'body-backslash'({ body }) {
    if (body === null) return open('The call had no body.')
    // Within JSON a backslash of the text itself is written as two.
    return body.includes('\\\\')
      ? yes('A text of the body holds a backslash.')
      : no('No text of the body holds a backslash.')
  },
} satisfies Record<string, Predicate>
