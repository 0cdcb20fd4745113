/** Compares two JSON texts value by value, numbers as they are written: a double would call two long ids the same. */

export interface JsonDifference {
  /** Pointer (RFC 6901). */
  readonly name: string
  readonly a: string | null
  readonly b: string | null
}

/** A number with its digits. */
class Digits {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

/** Two levels more than any bank's; what is deeper is compared as text, because walking it could exhaust the stack. */
const deepest = 200

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown

const keepDigits: Reviver = (_key, value, { source }) =>
  typeof value === 'number' ? new Digits(source ?? String(value)) : value

/** undefined: no JSON. */
function parse(text: string): unknown {
  if (depthOf(text) > deepest) return undefined
  try {
    return JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1])
  } catch {
    return undefined
  }
}

/** At least the depth of the JSON; brackets inside strings count, too. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0]
  for (const character of text) {
    if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    most = Math.max(most, depth)
  }
  return most
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Digits)

function written(value: unknown): string | null {
  if (value === undefined) return null
  if (value instanceof Digits) return value.source
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (!isContainer(value)) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${written(each)}`)
    .join(',')}}`
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** Own members only: a body may have one named `constructor`. */
const member = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined

/** @returns null when one of them is no JSON; at most `most` differences. */
export function compareJson(a: string, b: string, most: number): JsonDifference[] | null {
  const [left, right] = [parse(a), parse(b)]
  if (left === undefined || right === undefined) return null
  const found: JsonDifference[] = []
  const walk = (one: unknown, other: unknown, pointer: string): void => {
    if (found.length >= most) return
    if (isContainer(one) && isContainer(other) && Array.isArray(one) === Array.isArray(other)) {
      for (const name of new Set([...Object.keys(one), ...Object.keys(other)]))
        walk(member(one, name), member(other, name), `${pointer}/${escaped(name)}`)
      return
    }
    const [before, after] = [written(one), written(other)]
    if (before !== after) found.push({ name: pointer, a: before, b: after })
  }
  walk(left, right, '')
  return found
}
