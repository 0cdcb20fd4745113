/** The values of a JSON text by their pointers, in the order they stand there; numbers as they are written. */

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown

/** A number with its digits: a double would call two long ids the same. */
class Digits {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

const keepDigits: Reviver = (_key, value, context) =>
  typeof value === 'number' ? new Digits(context?.source ?? String(value)) : value

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Digits)

/** Levels walked into; what is deeper is left out. */
const deepest = 200

/** @returns null for what is no JSON; at most `most` fields. */
export function jsonFields(text: string, most: number): ReadonlyMap<string, string> | null {
  let whole: unknown
  try {
    whole = JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1])
  } catch {
    return null
  }
  const fields = new Map<string, string>()
  const walk = (value: unknown, pointer: string, depth: number): void => {
    if (fields.size >= most || depth > deepest) return
    if (isContainer(value) && Object.keys(value).length > 0) {
      for (const [name, each] of Object.entries(value)) walk(each, `${pointer}/${escaped(name)}`, depth + 1)
      return
    }
    fields.set(pointer, value instanceof Digits ? value.source : JSON.stringify(value))
  }
  walk(whole, '', 0)
  return fields
}
