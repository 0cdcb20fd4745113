/** A form body between its text and its fields; the text is what is sent, byte for byte. */
import type { ParameterView } from '#shared/contract/banks.ts'
import { documentationAt } from './schema-documentation.ts'
import { partsOf, propertiesOf, requiredOf, type Schema, schemaAt, valuesAt } from './schema-walk.ts'

/** null where the text says more than a table can show: a name twice, or no pairs at all. */
export function fieldsOf(text: string): Readonly<Record<string, string>> | null {
  const pairs = [...new URLSearchParams(text)]
  const fields = Object.fromEntries(pairs)
  if (Object.keys(fields).length !== pairs.length) return null
  return text === '' || /^[^=&]+=/.test(text) ? fields : null
}

/** Empty fields are left out, as empty parameters are. */
export const formText = (fields: Readonly<Record<string, string>>): string =>
  new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString()

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** The schema's fields as the parameter tables show them; then those of the text it does not know. */
export function formParameters(schema: Schema, names: readonly string[]): ParameterView[] {
  const known = Object.keys(propertiesOf(schema, schema))
  const required = requiredOf(schema, schema)
  return [...known, ...names.filter((name) => !known.includes(name))].map((name) => {
    const place = documentationAt([name], schema)
    const merged = Object.assign({}, ...partsOf(schemaAt([name], schema), schema).reverse()) as Schema
    return {
      name,
      wireName: name,
      in: 'query',
      required: required.has(name),
      description: place?.description ?? 'Not in the bank’s documentation.',
      type: place?.type ?? 'string',
      enum: valuesAt([name], schema).map(String),
      pattern: textOr(merged.pattern),
      minimum: numberOr(merged.minimum),
      maximum: numberOr(merged.maximum),
      minLength: numberOr(merged.minLength),
      maxLength: numberOr(merged.maxLength),
      example: place?.example ?? null,
      computed: null,
      value: null,
      source: null,
      assumption: null,
    }
  })
}
