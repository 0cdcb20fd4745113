/** Reads and writes one small JSON file: checked against a schema on the way in, stable and crash-safe on the way out. */

import fs from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import { type WriteOptions, writeAtomically } from './write-atomically.ts'

/** Larger than any record we write: what is larger was not written by us. Bytes. */
const largest = 16 * 1024 * 1024

/**
 * @param schema use `z.looseObject` where fields of a newer version are to survive the next `writeJson`.
 * @returns null when there is no such file.
 * @throws Fault DATA_DAMAGED (not JSON, not of this form, too large), FILE_UNREADABLE. The file is never touched.
 */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const name = path.basename(file)
  const text = await readText(file)
  if (text === null) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // The parser's own message quotes the file, which may hold personal data: only the position is passed on.
    throw damaged(name, `it is not JSON${position(text, error)}`, error)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') || 'the top level'
  throw damaged(name, `${where} does not have the expected form`, parsed.error)
}

/** Writes sorted keys, two spaces, LF, so that equal values are equal files. @throws Fault DATA_UNWRITABLE */
export const writeJson = (file: string, value: unknown, options?: WriteOptions): Promise<void> =>
  writeAtomically(file, `${JSON.stringify(value, sortKeys, 2)}\n`, options)

async function readText(file: string): Promise<string | null> {
  const name = path.basename(file)
  try {
    const stat = await fs.stat(file)
    if (stat.size > largest) throw damaged(name, `it is ${stat.size} bytes long, more than any we write`)
    return new TextDecoder('utf-8', { fatal: true }).decode(await fs.readFile(file))
  } catch (error) {
    if (error instanceof Fault) throw error
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return null
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw damaged(name, 'it is not UTF-8', error)
    throw new Fault('FILE_UNREADABLE', `${name} could not be read: ${code}.`, { file: name, system: code }, error)
  }
}

const damaged = (name: string, why: string, cause?: unknown): Fault =>
  new Fault(
    'DATA_DAMAGED',
    `${name} is damaged: ${why}. It was left as it is; restore it from a backup or move it away.`,
    { file: name },
    cause,
  )

function position(text: string, error: unknown): string {
  const offset = /at position (\d+)/.exec(String(error))?.[1]
  if (offset === undefined) return text.trim() === '' ? ' (it is empty)' : ''
  return ` (line ${text.slice(0, Number(offset)).split('\n').length})`
}

/** fromEntries defines own properties, so a key named `__proto__` stays data. Arrays keep their order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
