/** Turns an import away by its size, before anything of it is read. */
import { importLimits, refuse } from './import-limits.ts'
import type { ImportFile } from './read-document.ts'

/** Throws IMPORT_REFUSED for too many files or bytes. */
export function refuseTooMuch(files: readonly ImportFile[], main: string): void {
  if (files.length > importLimits.files) {
    throw refuse({
      file: main,
      what: `comes with ${files.length} files; ${importLimits.files} is the most`,
      remedy: 'Bundle them into one file first, for example with: npx @redocly/cli bundle',
    })
  }
  let bytes = 0
  for (const { text } of files) bytes += Buffer.byteLength(text)
  if (bytes <= importLimits.bytes) return
  throw refuse({
    file: main,
    what: `has ${(bytes / 1024 / 1024).toFixed(1)} MB; ${importLimits.bytes / 1024 / 1024} MB is the most`,
    remedy: 'Leave out the parts that are not needed.',
  })
}
