/** The fields of a form, read off a JSON schema: one per member, groups for objects, lists with a field per item. */
import { isSchema, partsOf, propertiesOf, requiredOf, type Schema } from '../requests/schema-walk.ts'
import { partsOfPointer, pointerTo } from './json-value.ts'

export type FieldKind = 'group' | 'list' | 'choice' | 'text' | 'date' | 'number' | 'boolean' | 'json'

export interface Field {
  /** JSON pointer of it in the document. */
  readonly place: string
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly required: boolean
  /** One of several members of which one has to be there. */
  readonly alternative: boolean
  readonly description: string
  /** Of a choice. */
  readonly values: readonly string[]
  /** Of a number: whole ones only. */
  readonly whole: boolean
  /** Of a text; null where there is no limit. */
  readonly maxLength: number | null
  /** Of a group. */
  readonly fields: readonly Field[]
  /** Of a group of which only some member has to be there: the ones that stand in sight; the others are unfolded. */
  readonly first: ReadonlySet<string>
  /** Of a list: the field of the item at an index. */
  readonly itemAt: ((index: number) => Field) | null
}

export interface FormShape {
  /** JSON pointers. */
  readonly required: ReadonlySet<string>
  readonly without: ReadonlySet<string>
}

export const plainShape: FormShape = { required: new Set(), without: new Set() }

/** As it stands in the document: the member's name, or the place of an item in its list. */
export function wireNameOf({ place }: Pick<Field, 'place'>): string {
  const last = partsOfPointer(place).at(-1) ?? ''
  return /^\d+$/.test(last) ? `[${last}]` : last
}

/** Schemas that refer to themselves end here; deeper places are edited as JSON. */
const deepest = 6
const abbreviations = new Set(['iban', 'bban', 'bic', 'pan', 'msisdn', 'id', 'ssn', 'kyc', 'psu', 'tpp'])

/** `creditorAccount` → `Creditor account`, `iban` → `IBAN`. */
export function labelOf(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_]+/)
  const [first = '', ...rest] = words.map((word) =>
    abbreviations.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase(),
  )
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')
}

const typesOf = (parts: readonly Schema[]): readonly unknown[] => parts.flatMap(({ type }) => [type].flat())
const firstOf = <Value>(parts: readonly Schema[], key: string, is: (value: unknown) => value is Value): Value | null =>
  parts.map((part) => part[key]).find(is) ?? null
const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number'

function valuesOf(parts: readonly Schema[]): string[] {
  const all = parts.flatMap((part) => [
    ...(Array.isArray(part.enum) ? (part.enum as unknown[]) : []),
    ...(part.const === undefined ? [] : [part.const]),
  ])
  return [...new Set(all.filter(isText))]
}

function kindOf(parts: readonly Schema[], values: readonly string[], depth: number): FieldKind {
  const types = typesOf(parts)
  if (types.includes('array') || parts.some(({ items }) => isSchema(items))) return depth < deepest ? 'list' : 'json'
  if (types.includes('object') || parts.some(({ properties }) => isSchema(properties)))
    return depth < deepest ? 'group' : 'json'
  if (values.length > 0) return 'choice'
  if (types.includes('boolean')) return 'boolean'
  if (types.includes('integer') || types.includes('number')) return 'number'
  return firstOf(parts, 'format', isText) === 'date' ? 'date' : 'text'
}

/** Members that alternatives ask for, in their order: an account is told by one of its numbers. */
function alternativesOf(parts: readonly Schema[]): readonly (readonly string[])[] {
  const lists = parts.flatMap(({ anyOf, oneOf }) => [anyOf, oneOf]).filter((list) => Array.isArray(list))
  return (lists as unknown[][]).flatMap((list) =>
    list.flatMap((each) =>
      isSchema(each) && Array.isArray(each.required) ? [(each.required as unknown[]).filter(isText)] : [],
    ),
  )
}

interface At {
  readonly place: string
  readonly name: string
  readonly required: boolean
  readonly depth: number
}

function fieldOf(schema: unknown, root: Schema, shape: FormShape, { place, name, required, depth }: At): Field {
  const parts = partsOf(schema, root)
  const values = valuesOf(parts)
  const kind = kindOf(parts, values, depth)
  const alternatives = alternativesOf(parts)
  const names = new Set(alternatives.flat())
  const fields =
    kind === 'group'
      ? membersOf(schema, root, shape, place, depth + 1).map((field) =>
          names.has(field.name) ? { ...field, alternative: true } : field,
        )
      : []
  const items = parts.find((part) => isSchema(part.items))?.items
  return {
    place,
    name,
    label: labelOf(name),
    kind: kind === 'list' && items === undefined ? 'json' : kind,
    required,
    alternative: false,
    description: firstOf(parts, 'description', isText) ?? '',
    values,
    whole: typesOf(parts).includes('integer'),
    maxLength: firstOf(parts, 'maxLength', isNumber),
    fields,
    first: new Set(
      fields
        .filter(({ name: member, required: needed }) => names.size === 0 || needed || alternatives[0]?.includes(member))
        .map((field) => field.name),
    ),
    itemAt:
      kind !== 'list' || items === undefined
        ? null
        : (index) =>
            fieldOf(items, root, shape, {
              place: pointerTo(place, index),
              name: `${name} ${index + 1}`,
              required: true,
              depth: depth + 1,
            }),
  }
}

function membersOf(schema: unknown, root: Schema, shape: FormShape, place: string, depth: number): Field[] {
  const required = requiredOf(schema, root)
  return Object.entries(propertiesOf(schema, root)).map(([name, member]) => {
    const at = pointerTo(place, name)
    return fieldOf(member, root, shape, {
      place: at,
      name,
      required: required.has(name) || shape.required.has(at),
      depth,
    })
  })
}

/** @param root schema of the whole document, with the schemas it refers to inside it */
export const formFields = (root: Schema, shape: FormShape = plainShape): readonly Field[] =>
  membersOf(root, root, shape, '', 0)

/** Whether a place lies in one of the fields that are shown: where a problem of it can stand. */
export function fieldFor(place: string, shown: readonly string[]): string | null {
  const parts = partsOfPointer(place)
  for (let length = parts.length; length > 0; length -= 1) {
    const pointer = place
      .split('/')
      .slice(0, length + 1)
      .join('/')
    if (shown.includes(pointer)) return pointer
  }
  return null
}
