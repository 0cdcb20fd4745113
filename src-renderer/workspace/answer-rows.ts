/** Reads the rows out of a JSON answer nobody described: the first list of objects, wherever it stands. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface AnswerRows {
  /** Name of the field that holds the list; empty when the answer is the list. */
  readonly name: string
  readonly columns: readonly {
    readonly name: string /** Characters of its longest cell. */
    readonly longest: number
  }[]
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** Rows in the answer, of which `rows` are the first. */
  readonly total: number
}

/** More is for the views made for it. */
const most = { rows: 50, columns: 6 }

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function firstList(value: Json, name = ''): { name: string; list: readonly Json[] } | null {
  if (Array.isArray(value)) return value.some(isObject) ? { name, list: value } : null
  if (!isObject(value)) return null
  for (const [key, part] of Object.entries(value)) {
    const found = firstList(part, key)
    if (found !== null) return found
  }
  return null
}

/** An object of plain values, such as an amount with its currency, reads as one cell. */
function cellOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return ''
  if (!isObject(value)) return Array.isArray(value) ? null : String(value as string | number | boolean)
  const parts = Object.values(value)
  return parts.every((part) => typeof part !== 'object') ? parts.join(' ') : null
}

/** null where the text is no JSON or holds no list. */
export function answerRows(text: string): AnswerRows | null {
  let parsed: Json
  try {
    parsed = JSON.parse(text) as Json
  } catch {
    return null
  }
  const found = firstList(parsed)
  if (found === null) return null
  const objects = found.list.filter(isObject)
  const names = [...new Set(objects.slice(0, most.rows).flatMap((each) => Object.keys(each)))]
  const columns = names
    .filter((name) => !name.startsWith('_') && objects.every((each) => cellOf(each[name]) !== null))
    .slice(0, most.columns)
  const rows = objects
    .slice(0, most.rows)
    .map((each) => Object.fromEntries(columns.map((name) => [name, cellOf(each[name]) ?? ''])))
  const measured = columns.map((name) => ({ name, longest: Math.max(...rows.map((row) => row[name]!.length)) }))
  return { name: found.name, columns: measured, rows, total: objects.length }
}
