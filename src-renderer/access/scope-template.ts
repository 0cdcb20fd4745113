/** Scopes that carry an id: `basket:{basketId}` is asked for as `basket:5f1c…`. */

/** Names of the ids a scope needs, in their order; `{id}` and `<id>` mean the same. */
export const scopeIds = (template: string): readonly string[] =>
  [...template.matchAll(/[{<]([^}>]+)[}>]/g)].map(([, name]) => name!)

export const fillScope = (template: string, ids: Readonly<Record<string, string>>): string =>
  template.replace(/[{<]([^}>]+)[}>]/g, (_, name: string) => ids[name]?.trim() ?? '')

/** The ids in a granted scope, or null where it is of another kind. */
export function matchScope(template: string, granted: string): Readonly<Record<string, string>> | null {
  const names = scopeIds(template)
  const pattern = template
    .split(/[{<][^}>]+[}>]/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('(\\S+)')
  const found = new RegExp(`^${pattern}$`).exec(granted)
  return found === null ? null : Object.fromEntries(names.map((name, index) => [name, found[index + 1]!]))
}
