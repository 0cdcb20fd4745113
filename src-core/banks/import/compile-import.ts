/** Compiles what an import made, as every bank is: what does not compile is refused before anything is written. */
import { isFault } from '#shared/fault.ts'
import type { CompiledBank } from '../bank.ts'
import { compileBank } from '../compile-bank.ts'
import { quoted, refuse } from './import-limits.ts'

/** File name → text. */
export type FolderTexts = Readonly<Record<string, string>>

/** Throws IMPORT_REFUSED instead of DATA_DAMAGED: nothing of the user's is damaged. `file` is the one the person gave. */
export function compileImport(texts: FolderTexts, file?: string): CompiledBank {
  try {
    return compileBank({
      bank: texts['bank.yaml'] ?? '',
      errors: texts['errors.yaml'] ?? '',
      openapi: texts['openapi.yaml'] ?? '',
    })
  } catch (fault) {
    if (!isFault(fault) || fault.code !== 'DATA_DAMAGED') throw fault
    const { place, file: own } = fault.details
    throw refuse({
      file: file ?? (typeof own === 'string' ? own : 'the folder'),
      ...(typeof place === 'string' ? { place: quoted(place) } : {}),
      what: `this does not hold together (${fault.message.replace(/^[\w.]+: /, '').replace(/\.$/, '')})`,
      remedy: 'Check the file with an OpenAPI linter and repair it there.',
      cause: fault,
    })
  }
}
