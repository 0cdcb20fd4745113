/** Names and values a schema knows for the place where the cursor stands in a JSON text. */

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'

export type Schema = Readonly<Record<string, unknown>>
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Follows one reference into the schemas that travel with the body's. */
function resolve(schema: unknown, root: Schema): Schema {
  if (!isSchema(schema)) return {}
  const { $ref } = schema
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return schema
  let found: unknown = root
  for (const part of $ref.slice(2).split('/')) found = isSchema(found) ? found[part] : undefined
  return isSchema(found) ? found : {}
}

/** The schema itself and everything it is put together from. */
function parts(schema: unknown, root: Schema, depth = 0): Schema[] {
  const own = resolve(schema, root)
  if (depth > 5) return [own]
  const inner = [own.allOf, own.oneOf, own.anyOf].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
  return [own, ...inner.flatMap((each) => parts(each, root, depth + 1))]
}

const propertiesOf = (schema: unknown, root: Schema): Record<string, unknown> =>
  Object.assign({}, ...parts(schema, root).map(({ properties }) => (isSchema(properties) ? properties : {}))) as Record<
    string,
    unknown
  >

const nameOf = (property: SyntaxNode, state: EditorState): string => {
  const name = property.getChild('PropertyName')
  return name === null ? '' : state.sliceDoc(name.from, name.to).replace(/^"|"$/g, '')
}

/** Names from the document's top down to the node; an array's items have no name of their own. */
function pathTo(node: SyntaxNode | null, state: EditorState): (string | null)[] {
  const path: (string | null)[] = []
  for (let at = node; at !== null; at = at.parent) {
    if (at.name === 'Property') path.unshift(nameOf(at, state))
    if (at.name === 'Array') path.unshift(null)
  }
  return path
}

function schemaAt(path: readonly (string | null)[], root: Schema): unknown {
  let schema: unknown = root
  for (const name of path) {
    schema =
      name === null
        ? parts(schema, root).find(({ items }) => items !== undefined)?.items
        : propertiesOf(schema, root)[name]
  }
  return schema
}

function nameOptions(object: SyntaxNode, root: Schema, state: EditorState): Completion[] {
  const schema = schemaAt(pathTo(object, state), root)
  const there = new Set(object.getChildren('Property').map((property) => nameOf(property, state)))
  const required = new Set(parts(schema, root).flatMap((part) => (Array.isArray(part.required) ? part.required : [])))
  return Object.entries(propertiesOf(schema, root))
    .filter(([name]) => !there.has(name))
    .map(([name, inner]) => ({
      label: `"${name}"`,
      detail: required.has(name) ? 'required' : '',
      type: 'property',
      ...(typeof resolve(inner, root).description === 'string'
        ? { info: resolve(inner, root).description as string }
        : {}),
    }))
}

function valueOptions(path: readonly (string | null)[], root: Schema): Completion[] {
  const values = parts(schemaAt(path, root), root).flatMap((part) => (Array.isArray(part.enum) ? part.enum : []))
  return values.map((value: unknown) => ({ label: JSON.stringify(value), type: 'enum' }))
}

/** A completion source for the given schema; the schemas it refers to are inside it. */
export function schemaCompletion(root: Schema): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const { state, pos, explicit } = context
    const word = context.matchBefore(/"?[\w-]*/)
    if (word === null || (word.from === word.to && !explicit)) return null
    const node = syntaxTree(state).resolveInner(pos, -1)
    const object = node.name === 'Object' ? node : node.name === 'PropertyName' ? node.parent?.parent : null
    const options =
      object?.name === 'Object' ? nameOptions(object, root, state) : valueOptions(pathTo(node, state), root)
    return options.length === 0 ? null : { from: word.from, options, validFor: /^"?[\w-]*$/ }
  }
}
