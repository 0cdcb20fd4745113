/** Finds its way through a JSON Schema whose references stand inside it: what is known of a place in a document. */

export type Schema = Readonly<Record<string, unknown>>

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names from the document's top down to a place; null for an item of an array, which has no name of its own. */
export type Path = readonly (string | null)[]

/** References that lead to references end here: a circle would not. */
const farthest = 8

/** The schema a reference means, within the schemas that travel with the body's. */
function resolve(schema: unknown, root: Schema): Schema {
  let found = schema
  for (let step = 0; step < farthest; step += 1) {
    if (!isSchema(found)) return {}
    const { $ref } = found
    if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return found
    let target: unknown = root
    for (const part of $ref.slice(2).split('/'))
      target = isSchema(target) ? target[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
    // What stands beside a reference says more about this place than the schema referred to.
    const { $ref: _, ...beside } = found
    found = isSchema(target) ? { ...target, ...beside } : beside
  }
  return {}
}

/** The schema itself and everything it is put together from. */
export function partsOf(schema: unknown, root: Schema, depth = 0): Schema[] {
  const own = resolve(schema, root)
  if (depth > 5) return [own]
  const inner = [own.allOf, own.oneOf, own.anyOf].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
  return [own, ...inner.flatMap((each) => partsOf(each, root, depth + 1))]
}

export const propertiesOf = (schema: unknown, root: Schema): Readonly<Record<string, unknown>> =>
  Object.assign(
    {},
    ...partsOf(schema, root).map(({ properties }) => (isSchema(properties) ? properties : {})),
  ) as Record<string, unknown>

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

/** What every document of the schema has: of alternatives, what all of them ask for. */
export function requiredOf(schema: unknown, root: Schema, depth = 0): ReadonlySet<unknown> {
  const { required, allOf, oneOf, anyOf } = resolve(schema, root)
  if (depth > 5) return new Set(listOf(required))
  const of = (inner: unknown) => requiredOf(inner, root, depth + 1)
  const everywhere = listOf(allOf).flatMap((each) => [...of(each)])
  const alternatives = [listOf(oneOf), listOf(anyOf)].flatMap((list) => {
    const [first, ...others] = list.map(of)
    return [...(first ?? [])].filter((name) => others.every((each) => each.has(name)))
  })
  return new Set([...listOf(required), ...everywhere, ...alternatives])
}

/** undefined where the schema does not know the place. */
export function schemaAt(path: Path, root: Schema): unknown {
  let schema: unknown = root
  for (const name of path) {
    schema =
      name === null
        ? partsOf(schema, root).find(({ items }) => items !== undefined)?.items
        : propertiesOf(schema, root)[name]
  }
  return schema
}

/** Values to pick from at a place. */
export const valuesAt = (path: Path, root: Schema): unknown[] => [
  ...new Set(
    partsOf(schemaAt(path, root), root).flatMap((part) => [
      ...listOf(part.enum),
      ...(part.const === undefined ? [] : [part.const]),
    ]),
  ),
]
