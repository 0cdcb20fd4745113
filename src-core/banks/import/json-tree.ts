/** The values an import works on: plain trees of their own, counted while they are made. */
import { importLimits, refuse } from './import-limits.ts'
import { memberOf } from './json-pointer.ts'

export type JsonTree = null | boolean | number | string | JsonTree[] | JsonObject
export interface JsonObject {
  [key: string]: JsonTree
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text or number as text; everything else is none. */
export const textOf = (value: JsonTree | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** Counts values over all files and all that is copied out of them: references and aliases cannot multiply without end. */
export interface Budget {
  spend(file: string, place: string): void
}

export function createBudget(): Budget {
  let spent = 0
  return {
    spend(file, place) {
      spent += 1
      if (spent <= importLimits.values) return
      throw refuse({
        file,
        place,
        what: `the document unfolds to more than ${importLimits.values.toLocaleString('en')} values`,
        remedy: 'Split it, or leave out what the bank does not need.',
      })
    },
  }
}

/**
 * Copies what a parser gave into a tree without shared parts.
 * Throws for what is too deep or too much, for numbers JSON cannot carry and for the key `__proto__`, which would reach
 * into the prototype of whoever copies it carelessly later.
 */
export function toTree(file: string, value: unknown, budget: Budget, place = '#', depth = 0): JsonTree {
  budget.spend(file, place)
  if (depth > importLimits.depth) throw tooDeep(file, place)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value)) {
    return value.map((each, index) => toTree(file, each, budget, `${place}/${index}`, depth + 1))
  }
  if (typeof value !== 'object') {
    throw refuse({
      file,
      place,
      what: 'the value is no text, number, truth value or null that JSON could carry',
      remedy: 'Write it as text.',
    })
  }
  const tree: JsonObject = {}
  for (const [key, each] of Object.entries(value)) {
    const at = memberOf(place, key)
    if (key === '__proto__') {
      throw refuse({ file, place: at, what: 'the key "__proto__" is not taken', remedy: 'Rename it or take it out.' })
    }
    tree[key] = toTree(file, each, budget, at, depth + 1)
  }
  return tree
}

export const tooDeep = (file: string, place: string) =>
  refuse({
    file,
    place,
    what: `the document is nested deeper than ${importLimits.depth} levels`,
    remedy: 'No description of an API is; check where the file comes from.',
  })
