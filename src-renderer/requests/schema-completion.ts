/** Names and values a schema knows for the place where the cursor stands in a JSON text. */

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'
import { pathTo, propertyName } from './json-place.ts'
import { documentationAt } from './schema-documentation.ts'
import { type Path, propertiesOf, requiredOf, type Schema, schemaAt, valuesAt } from './schema-walk.ts'

function nameOptions(object: SyntaxNode, root: Schema, state: EditorState): Completion[] {
  const path = pathTo(object, state)
  const schema = schemaAt(path, root)
  const there = new Set(object.getChildren('Property').map((property) => propertyName(property, state)))
  const required = requiredOf(schema, root)
  return Object.keys(propertiesOf(schema, root))
    .filter((name) => !there.has(name))
    .map((name) => {
      const description = documentationAt([...path, name], root)?.description ?? ''
      return {
        label: `"${name}"`,
        detail: required.has(name) ? 'required' : '',
        type: 'property',
        ...(description === '' ? {} : { info: description }),
      }
    })
}

const valueOptions = (path: Path, root: Schema): Completion[] =>
  valuesAt(path, root).map((value) => ({ label: JSON.stringify(value), type: 'enum' }))

/** A completion source for the given schema; the schemas it refers to are inside it. */
export function schemaCompletion(root: Schema): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const { state, pos, explicit } = context
    const word = context.matchBefore(/"?[\w-]*/)
    if (word === null || (word.from === word.to && !explicit)) return null
    const node = syntaxTree(state).resolveInner(pos, -1)
    const object = node.name === 'Object' ? node : node.name === 'PropertyName' ? node.parent?.parent : null
    const path = pathTo(node, state)
    const options =
      object?.name === 'Object'
        ? nameOptions(object, root, state)
        : valueOptions(node.name === 'Array' ? [...path, null] : path, root)
    return options.length === 0 ? null : { from: word.from, options, validFor: /^"?[\w-]*$/ }
  }
}
