/** The tags of an imported bank with their operations and the view each belongs to. */
import type { ViewName } from '#shared/bank-profile.ts'
import { isObject, type JsonObject } from './json-tree.ts'
import type { ShapedOperation } from './shape-operations.ts'
import { suggestView } from './suggest-view.ts'

export interface TagView {
  readonly name: string
  readonly description: string
  readonly view: ViewName | null
  readonly operations: readonly ShapedOperation[]
}

/** Tags in the order the document declares them, then those only operations name; without tags nothing carries. */
export function tagViews(
  document: JsonObject,
  operations: readonly ShapedOperation[],
  chosen: Readonly<Record<string, ViewName | null>>,
): TagView[] {
  const declared = (Array.isArray(document.tags) ? document.tags : []).filter(isObject)
  const descriptions = new Map(
    declared.flatMap(({ name, description }) =>
      typeof name === 'string' ? [[name.trim(), typeof description === 'string' ? description : '']] : [],
    ) as [string, string][],
  )
  const byTag = Map.groupBy(operations, ({ tag }) => tag)
  const names = new Set([...descriptions.keys(), ...byTag.keys()])
  return [...names].flatMap((name) => {
    const own = byTag.get(name)
    if (own === undefined) return []
    const paths = own.map(({ path }) => path)
    const view = Object.hasOwn(chosen, name) ? (chosen[name] ?? null) : suggestView(name, paths)
    return [{ name, description: descriptions.get(name) ?? '', view, operations: own }]
  })
}
