/** Names for what becomes a component of the one document that is made. */
import { keysOf } from './json-pointer.ts'
import type { Kind } from './openapi-grammar.ts'
import { createUniqueNames } from './operation-ids.ts'
import type { Target } from './resolve-reference.ts'

/** The section of `components` for what stays a reference; everything else is written out where it is used. */
export const sections: Partial<Record<Kind, string>> = {
  schema: 'schemas',
  parameter: 'parameters',
  response: 'responses',
  header: 'headers',
  securityScheme: 'securitySchemes',
}

export interface Component {
  readonly section: string
  readonly name: string
  readonly target: Target
  readonly kind: Kind
}

/** What OpenAPI takes as the name of a component. `__proto__` would pass, and reach into the prototype. */
const clean = (name: string): string =>
  name === '__proto__' ? 'proto' : name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '')

/** The last word of the pointer, or the file's own name. */
function wish({ file, pointer }: Target): string {
  const base = file
    .split('/')
    .at(-1)!
    .replace(/\.(ya?ml|json)$/i, '')
  return clean(keysOf(pointer).at(-1) ?? base) || clean(base) || 'component'
}

/** Gives every target one name per section, whoever asks first. */
export function createComponentNames() {
  const byTarget = new Map<string, Component>()
  const uniqueIn = new Map<string, (name: string) => string>()
  const keyOf = (section: string, { file, pointer }: Target) => `${section}\n${file}\n${pointer}`
  return {
    /** The component of the target; `fresh` where it was not asked for before. */
    name(kind: Kind, section: string, target: Target, wished = wish(target)): { component: Component; fresh: boolean } {
      const known = byTarget.get(keyOf(section, target))
      if (known !== undefined) return { component: known, fresh: false }
      const unique = uniqueIn.get(section) ?? createUniqueNames()
      uniqueIn.set(section, unique)
      const name = unique(clean(wished) || 'component')
      const component = { section, name, target, kind }
      byTarget.set(keyOf(section, target), component)
      return { component, fresh: true }
    },
  }
}
