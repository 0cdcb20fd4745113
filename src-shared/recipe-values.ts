/** The values in double braces that a recipe's texts may hold: how they are written, and where they stand. */
import type { RecipeJson } from './error-recipe.ts'

/** One value, read. */
export type RecipeValue =
  | { readonly kind: 'kept'; readonly name: string }
  | { readonly kind: 'organisation'; readonly identity: string | null }
  | { readonly kind: 'url'; readonly host: string }
  | { readonly kind: 'callback' }
  | { readonly kind: 'uuid' }
  /** Days from today. */
  | { readonly kind: 'day'; readonly offset: number }
  /** Seconds from now. */
  | { readonly kind: 'http-date'; readonly offset: number }

const forms: readonly (readonly [RegExp, (found: RegExpExecArray) => RecipeValue])[] = [
  [/^organisation(?::([a-z][A-Za-z0-9]*))?$/, ([, identity]) => ({ kind: 'organisation', identity: identity ?? null })],
  [/^url:([a-z0-9-]+)$/, ([, host = '']) => ({ kind: 'url', host })],
  [/^callback$/, () => ({ kind: 'callback' })],
  [/^uuid$/, () => ({ kind: 'uuid' })],
  [/^today(?:([+-]\d+)d)?$/, ([, days]) => ({ kind: 'day', offset: Number(days ?? 0) })],
  [/^httpDate(?:([+-]\d+)s)?$/, ([, seconds]) => ({ kind: 'http-date', offset: Number(seconds ?? 0) })],
  [/^([a-z][A-Za-z0-9]*)$/, ([, name = '']) => ({ kind: 'kept', name })],
]

/** @param text what stands between the braces. null where it is no value. */
export function readRecipeValue(text: string): RecipeValue | null {
  for (const [form, read] of forms) {
    const found = form.exec(text)
    if (found) return read(found)
  }
  return null
}

const braces = /\{\{([^{}]*)\}\}/g

/** What stands between double braces anywhere in these. */
export function bracesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(braces)].map(([, text = '']) => text)
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(bracesIn)
}

/** Replaces every value, at any depth; names of members stay as they are. */
export function fillBraces<Value extends RecipeJson | undefined>(
  value: Value,
  valueFor: (text: string) => string,
): Value {
  const filled = (part: RecipeJson): RecipeJson => {
    if (typeof part === 'string') return part.replace(braces, (_, text: string) => valueFor(text))
    if (Array.isArray(part)) return part.map(filled)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, filled(member)]))
  }
  return (value === undefined ? undefined : filled(value)) as Value
}
