/** What an import takes at most, and the one way it refuses: naming file, place and remedy. */
import { mostImportBytes } from '#shared/contract/bank-import.ts'
import { Fault } from '#shared/fault.ts'

const megabyte = 1024 * 1024

export const importLimits = {
  /** All files together, in bytes of UTF-8. */
  bytes: mostImportBytes,
  files: 500,
  /** One YAML text, in characters: a YAML parser needs more than a hundred times its text. */
  yamlCharacters: 6 * megabyte,
  /** Words, marks and spaces of one YAML text. */
  yamlParts: 1_000_000,
  /** The OpenAPI file that is made, in bytes: what the check of a bank folder reads. */
  resultBytes: 3_900_000,
  depth: 200,
  /** Values (objects, lists, texts, numbers) of all files, references followed. */
  values: 1_000_000,
  aliases: 1_000,
  /** Characters of one `pattern`. */
  pattern: 1_000,
  milliseconds: 20_000,
  heapMegabytes: 1_536,
} as const

export interface Refusal {
  readonly file: string
  /** JSON Pointer as a fragment (`#/paths`), or `line 3, column 7`. */
  readonly place?: string
  /** A sentence without its subject, such as "is not valid JSON". */
  readonly what: string
  /** What the person does now: a whole sentence. */
  readonly remedy: string
  readonly details?: Record<string, unknown>
  readonly cause?: unknown
}

/** Text of a document as part of a message: on one line, and not longer than one can read. */
export function quoted(text: string): string {
  const line = text.slice(0, 500).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
  return line.length > 120 ? `${line.slice(0, 117)}…` : line
}

export function refuse({ file, place, what, remedy, details = {}, cause }: Refusal): Fault {
  const where = place === undefined ? quoted(file) : `${quoted(file)}, ${quoted(place)}:`
  return new Fault('IMPORT_REFUSED', `${where} ${what}. ${remedy}`, { ...details, file, place: place ?? null }, cause)
}

/** `line 3, column 7` of an offset. */
export function lineOf(text: string, offset: number): string {
  const before = text.slice(0, offset)
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`
}
