/** Reads the report a command is given: a file by its path, or standard input for "-". */
import { open } from 'node:fs/promises'
import { mostReportCharacters } from '#shared/contract/reports.ts'
import { Fault } from '#shared/fault.ts'

/** UTF-8 unless a byte order mark says otherwise: PowerShell writes what it redirects as UTF-16. */
function decode(bytes: Uint8Array): string {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe
  const big = bytes[0] === 0xfe && bytes[1] === 0xff
  return new TextDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes)
}

const tooLarge = (): Fault =>
  new Fault(
    'REPORT_REFUSED',
    `The report has more than ${mostReportCharacters / 1024 / 1024} MB. Export only the failing call.`,
  )

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > 2 * mostReportCharacters) throw tooLarge()
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

/** @throws Fault FILE_UNREADABLE, REPORT_REFUSED */
export async function reportText(path: string): Promise<string> {
  if (path === '-') return decode(await collect(process.stdin))
  try {
    const file = await open(path)
    try {
      return decode(await collect(file.createReadStream()))
    } finally {
      await file.close()
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new Fault('FILE_UNREADABLE', `${path} could not be read: ${why}.`, { file: path }, cause)
  }
}
