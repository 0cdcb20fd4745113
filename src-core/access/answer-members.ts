/** Members of a bank's answer as far as they are of the kind that is looked for. */

export type Json = Readonly<Record<string, unknown>>

export function jsonOf(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
  } catch {
    return {}
  }
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
/** An id, which some banks send as a number. */
export const idOf = (value: unknown): string | null => (typeof value === 'number' ? String(value) : textOf(value))
export const firstText = (answer: Json, names: readonly string[]): string | null =>
  names.map((name) => textOf(answer[name])).find((value) => value !== null) ?? null
