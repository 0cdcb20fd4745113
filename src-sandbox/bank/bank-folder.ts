/** Reads a bank's folder: what operations it has, what it asks of a connection, and the rows of its error table. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Document } from 'openapi-backend'
import { z } from 'zod'
import { type BankProfile, bankProfileSchema } from '#shared/bank-profile.ts'
import { type ErrorRow, errorRowSchema } from '#shared/error-row.ts'
import { Fault } from '#shared/fault.ts'
import { readYaml } from './read-yaml.ts'

export interface BankFolder {
  readonly profile: BankProfile
  readonly openapi: Document
  readonly rows: ReadonlyMap<string, ErrorRow>
}

/** Walks up from the program: it is found from the sources as well as from a bundle in `out/`. */
export function findBanksFolder(given: string | undefined): string {
  if (given !== undefined) return given
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources', 'banks')
    if (existsSync(candidate)) return candidate
    if (dirname(folder) === folder)
      throw new Fault('FILE_UNREADABLE', 'The folder resources/banks was not found: name it with --banks.')
  }
}

export const bankIds = (banks: string): string[] =>
  readdirSync(banks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

/** @param compiled folder where what was read once is kept; left out, it is read anew. */
export function readBankFolder(banks: string, id: string, compiled?: string): BankFolder {
  const read = (file: string): unknown => readYaml(readFileSync(join(banks, id, file), 'utf8'), compiled)
  try {
    const rows = z.array(errorRowSchema).parse(read('errors.yaml'))
    return {
      profile: bankProfileSchema.parse(read('bank.yaml')),
      openapi: read('openapi.yaml') as Document,
      rows: new Map(rows.map((row) => [row.id, row])),
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Fault('FILE_UNREADABLE', `The folder of bank ${id} could not be read: ${why}`, { bank: id }, cause)
  }
}
