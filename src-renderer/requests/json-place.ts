/** Between a place in a JSON text and its name: the path of the cursor, and where a pointer's value stands. */
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode, Tree } from '@lezer/common'
import type { Path } from './schema-walk.ts'

export interface Range {
  readonly from: number
  readonly to: number
}

export function propertyName(property: SyntaxNode, state: EditorState): string {
  const name = property.getChild('PropertyName')
  if (name === null) return ''
  const text = state.sliceDoc(name.from, name.to)
  try {
    return JSON.parse(text) as string
  } catch {
    return text.replace(/^"|"$/g, '')
  }
}

/** Names from the document's top down to the node. */
export function pathTo(node: SyntaxNode | null, state: EditorState): Path {
  const path: (string | null)[] = []
  for (let at = node; at !== null; at = at.parent) {
    if (at.name === 'Property') path.unshift(propertyName(at, state))
    // An array itself has a name; what stands in it has none.
    if (at.name === 'Array' && at !== node) path.unshift(null)
  }
  return path
}

const isLeaf = ({ name }: SyntaxNode): boolean => /^(PropertyName|String|Number|True|False|Null)$/.test(name)

/** The name or value at an offset, else what is around it; null outside the document's value. */
export function placeAt(state: EditorState, offset: number): (Range & { readonly path: Path }) | null {
  const tree = syntaxTree(state)
  const [before, after] = [tree.resolveInner(offset, -1), tree.resolveInner(offset, 1)]
  const leaf = [before, after].find(isLeaf)
  if (leaf !== undefined) return { from: leaf.from, to: leaf.to, path: pathTo(leaf, state) }
  const around = [before, after].find(({ type }) => !type.isTop && !type.isError)
  return around === undefined ? null : { from: offset, to: offset, path: pathTo(around, state) }
}

/** Node types that are no values: brackets, commas, errors. */
const isValue = (node: SyntaxNode): boolean => /^(Object|Array|String|Number|True|False|Null)$/.test(node.name)

function valuesOf(node: SyntaxNode): SyntaxNode[] {
  const values: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (isValue(child)) values.push(child)
  return values
}

const decoded = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~')

/** The name of the property a value belongs to, else the value's first character. */
function markOf(value: SyntaxNode): Range {
  const name = value.parent?.name === 'Property' ? value.parent.getChild('PropertyName') : null
  return name === null ? { from: value.from, to: Math.min(value.from + 1, value.to) } : { from: name.from, to: name.to }
}

/** What stands in an object or array, by name or number; of a name given twice the first. */
function membersOf(value: SyntaxNode, state: EditorState): ReadonlyMap<string, SyntaxNode> {
  const members = new Map<string, SyntaxNode>()
  if (value.name === 'Array') {
    for (const [index, item] of valuesOf(value).entries()) members.set(String(index), item)
    return members
  }
  for (const property of value.getChildren('Property')) {
    const name = propertyName(property, state)
    const [found] = valuesOf(property)
    if (found !== undefined && !members.has(name)) members.set(name, found)
  }
  return members
}

/**
 * Where JSON pointers (RFC 6901) lead: the value, or, where it is an object or array, what names it.
 * A place that is not there gives the nearest one around it. A large array is read once, however many pointers lead into it.
 */
export function rangesOf(state: EditorState, tree: Tree = syntaxTree(state)): (pointer: string) => Range {
  const { topNode } = tree
  const top = topNode.getChild('Object') ?? valuesOf(topNode)[0]
  const known = new Map<string, ReadonlyMap<string, SyntaxNode>>()
  const membersAt = (pointer: string, value: SyntaxNode): ReadonlyMap<string, SyntaxNode> => {
    const members = known.get(pointer) ?? membersOf(value, state)
    known.set(pointer, members)
    return members
  }
  return (pointer) => {
    if (top === undefined) return { from: 0, to: 0 }
    let value = top
    let at = ''
    for (const segment of pointer.split('/').slice(1)) {
      const next = membersAt(at, value).get(decoded(segment))
      if (next === undefined) return markOf(value)
      value = next
      at += `/${segment}`
    }
    return value.name === 'Object' || value.name === 'Array' ? markOf(value) : { from: value.from, to: value.to }
  }
}
