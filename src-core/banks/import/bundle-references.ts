/** Makes one document of several files: references become references to its own components, or are written out. */
import { type Component, createComponentNames, sections } from './component-names.ts'
import { importLimits, quoted, refuse } from './import-limits.ts'
import { follow, memberOf } from './json-pointer.ts'
import { type Budget, isObject, type JsonObject, type JsonTree, tooDeep } from './json-tree.ts'
import { type Kind, kinds, mapChildren, type Walk } from './openapi-grammar.ts'
import { resolveReference, type Target } from './resolve-reference.ts'

/** The files of an import, read when first needed. */
export interface ImportFiles {
  readonly main: string
  /** Throws IMPORT_REFUSED for text that cannot be read; undefined where there is no such file. */
  tree(path: string): JsonTree | undefined
}

export interface Bundle {
  readonly document: JsonObject
  /** Keys that were left out because something inside them is a reference nobody can place. */
  readonly unplaced: readonly { place: string; key: string }[]
}

/** Where a walk is: the file references are relative to, and what is being written out around here. */
interface Context {
  readonly file: string
  readonly inside: readonly string[]
}

const isReference = (value: JsonTree): value is JsonObject & { $ref: string } =>
  isObject(value) && typeof value.$ref === 'string'

function holdsReference(value: JsonTree): boolean {
  if (Array.isArray(value)) return value.some(holdsReference)
  if (!isObject(value)) return false
  return isReference(value) || Object.values(value).some(holdsReference)
}

const nameOf = ({ file, pointer }: Target): string => `${file}#${pointer}`

/** Schemas of 3.1 may carry more beside `$ref`; elsewhere what stands beside it does not count. */
const isPure = (value: JsonObject, kind: Kind): boolean => kind !== 'schema' || Object.keys(value).length === 1

/** Throws IMPORT_REFUSED, with `details.missing` where files are missing. */
export function bundleReferences(files: ImportFiles, budget: Budget): Bundle {
  const names = createComponentNames()
  const pending: Component[] = []
  const unplaced: { place: string; key: string }[] = []
  const missing = new Set<string>()

  /** What a target is; null where its file is missing, which is told at the end with all the others. */
  const valueAt = (target: Target, from: string, place: string): JsonTree | null => {
    const tree = files.tree(target.file)
    if (tree === undefined) {
      missing.add(target.file)
      return null
    }
    const value = follow(tree, target.pointer) as JsonTree | undefined
    if (value !== undefined) return value
    throw refuse({
      file: from,
      place,
      what: `the reference leads to ${quoted(nameOf(target))}, where there is nothing`,
      remedy: 'Correct the reference or add what it names.',
    })
  }

  /** Follows references that are nothing but references. */
  const finalTarget = (reference: string, kind: Kind, file: string, place: string) => {
    let target = resolveReference(reference, file, place)
    const passed = new Set<string>()
    for (;;) {
      const value = valueAt(target, file, place)
      if (!value || !isReference(value) || !isPure(value, kind)) return { target, value }
      if (passed.has(nameOf(target))) throw leadsBack(file, place, reference)
      passed.add(nameOf(target))
      target = resolveReference(value.$ref, target.file, `#${target.pointer}`)
    }
  }

  const referenceTo = (component: Component): string =>
    memberOf(memberOf('#/components', component.section), component.name)

  const componentOf = (kind: Kind, section: string, target: Target, wished?: string): Component => {
    const { component, fresh } = names.name(kind, section, target, wished)
    if (fresh) pending.push(component)
    return component
  }

  const writeOut = (value: JsonObject & { $ref: string }, kind: Kind, context: Context, place: string): JsonTree => {
    const { target, value: found } = finalTarget(value.$ref, kind, context.file, place)
    const name = nameOf(target)
    if (context.inside.includes(name)) throw leadsBack(context.file, place, value.$ref)
    if (context.inside.length > importLimits.depth) throw tooDeep(context.file, place)
    if (found === null) return {}
    const inner = { file: target.file, inside: [...context.inside, name] }
    const written = child(found, kind, inner, `#${target.pointer}`)
    const { $ref: _, ...beside } = value
    return isObject(written) && kind === 'pathItem'
      ? { ...written, ...mapChildren(kind, beside, walkIn(context.file), context, place) }
      : written
  }

  const child = (value: JsonTree, kind: Kind, context: Context, place: string): JsonTree => {
    budget.spend(context.file, place)
    if (isReference(value)) {
      const section = sections[kind]
      if (section === undefined) return writeOut(value, kind, context, place)
      const { target } = finalTarget(value.$ref, kind, context.file, place)
      const { $ref: _, ...beside } = value
      const kept = kind === 'schema' ? mapChildren(kind, beside, walkIn(context.file), context, place) : {}
      return { $ref: referenceTo(componentOf(kind, section, target)), ...kept }
    }
    if (!isObject(value)) return value
    const mapped = mapChildren(kind, value, walkIn(context.file), context, place)
    return kind === 'schema' ? withMapping(mapped, context, place) : mapped
  }

  /** A discriminator's mapping names schemas by reference too. */
  const withMapping = (schema: JsonObject, { file }: Context, place: string): JsonObject => {
    const { discriminator } = schema
    if (!isObject(discriminator) || !isObject(discriminator.mapping)) return schema
    const mapping = Object.entries(discriminator.mapping).map(([value, name]): [string, JsonTree] => {
      if (typeof name !== 'string') return [value, name]
      const own = memberOf('#/components/schemas', name)
      const named = follow(files.tree(file), own.slice(1)) !== undefined
      if (!named && !/[#/.]/.test(name)) return [value, name]
      const { target } = finalTarget(named ? own : name, 'schema', file, `${place}/discriminator/mapping`)
      return [value, referenceTo(componentOf('schema', 'schemas', target))]
    })
    return { ...schema, discriminator: { ...discriminator, mapping: Object.fromEntries(mapping) } }
  }

  const walkIn = (file: string): Walk<Context> => ({
    file,
    child,
    container(value, context, place) {
      const { target, value: found } = finalTarget(value.$ref as string, 'components', context.file, place)
      return { value: found ?? (place.endsWith('s') ? {} : []), context: { ...context, file: target.file }, place }
    },
    other(key, value, kind, place) {
      // Examples and links are data; in a schema, what JSON Schema does not know is nobody's reference.
      if (kind === 'example' || kind === 'link' || key === 'discriminator' || key === 'examples') return value
      if (!holdsReference(value)) return value
      unplaced.push({ place, key })
      return undefined
    },
  })

  const document = bundleMain(files, { componentOf, finalTarget, walkIn })
  const components: Record<string, JsonObject> = {}
  // The list grows while it is walked.
  for (const { section, name, kind, target } of pending) {
    const value = valueAt(target, target.file, `#${target.pointer}`)
    components[section] ??= {}
    if (value !== null)
      components[section][name] = child(value, kind, { file: target.file, inside: [] }, `#${target.pointer}`)
  }
  if (missing.size > 0) throw filesMissing(files.main, [...missing].sort())
  return { document: { ...document, components }, unplaced }
}

interface MainParts {
  componentOf(kind: Kind, section: string, target: Target, wished?: string): Component
  finalTarget(reference: string, kind: Kind, file: string, place: string): { target: Target; value: JsonTree | null }
  walkIn(file: string): Walk<Context>
}

/** The main file without its components; those are named first, so that they keep their names. */
function bundleMain(files: ImportFiles, parts: MainParts): JsonObject {
  const { main } = files
  const { components, ...rest } = files.tree(main) as JsonObject
  const own = components === undefined ? {} : components
  const origin = isReference(own) ? parts.finalTarget(own.$ref, 'components', main, '#/components') : null
  const home = origin?.target ?? { file: main, pointer: '/components' }
  const found = origin === null ? own : (origin.value ?? {})
  for (const kind of kinds) {
    const section = sections[kind]
    if (section === undefined) continue
    const pointer = memberOf(home.pointer, section)
    let entries: unknown = follow(found, `/${section}`)
    let base: Target = { file: home.file, pointer }
    if (isReference(entries as JsonTree)) {
      const moved = parts.finalTarget((entries as { $ref: string }).$ref, 'components', home.file, `#${pointer}`)
      entries = moved.value
      base = moved.target
    }
    for (const [name, value] of Object.entries(isObject(entries) ? entries : {})) {
      const at = memberOf(base.pointer, name)
      // A component that only forwards gives its name to what it leads to.
      const target =
        isReference(value) && isPure(value, kind)
          ? parts.finalTarget(value.$ref, kind, base.file, `#${at}`).target
          : { file: base.file, pointer: at }
      parts.componentOf(kind, section, target, name)
    }
  }
  return mapChildren('document', rest, parts.walkIn(main), { file: main, inside: [] }, '#')
}

const leadsBack = (file: string, place: string, reference: string) =>
  refuse({
    file,
    place,
    what: `the reference "${quoted(reference)}" leads back to itself`,
    remedy: 'Write out one of the objects of the circle.',
  })

function filesMissing(main: string, missing: readonly string[]) {
  const shown = missing.slice(0, 5).map(quoted).join(', ')
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  return refuse({
    file: main,
    what: `refers to ${missing.length === 1 ? 'a file that is' : 'files that are'} not here: ${shown}${more}`,
    remedy: 'Give them together with the main file, in the folders they are looked for.',
    details: { missing: missing.slice(0, importLimits.files) },
  })
}
