import { lstat, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { type ImportFileInput, mostImportBytes } from '#shared/contract/bank-import.ts'
import { Fault } from '#shared/fault.ts'

const folderFiles = ['openapi.yaml', 'bank.yaml', 'errors.yaml', 'journeys.yaml']

const unreadable = (path: string, why: string, cause?: unknown): Fault =>
  new Fault('FILE_UNREADABLE', `${path} could not be read: ${why}.`, { file: path }, cause)

const systemCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)

/** Whether the path is a folder. Throws FILE_UNREADABLE where there is nothing. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (cause) {
    throw unreadable(path, systemCode(cause), cause)
  }
}

/** A file as text; bytes that are no UTF-8 become replacement characters, which the import refuses with their place. */
async function readText(path: string): Promise<string> {
  try {
    const { size, ...found } = await stat(path).then((stats) => ({ size: stats.size, isFile: stats.isFile() }))
    if (!found.isFile) throw unreadable(path, 'it is no file')
    if (size <= mostImportBytes) return new TextDecoder().decode(await readFile(path))
    const most = `${mostImportBytes / 1024 / 1024} MB`
    throw new Fault(
      'IMPORT_REFUSED',
      `${path} has ${(size / 1024 / 1024).toFixed(1)} MB; ${most} is the most. Leave out the parts that are not needed.`,
      { file: path, place: null },
    )
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw unreadable(path, systemCode(cause), cause)
  }
}

/** A file beside the main one; null where there is none. Throws IMPORT_REFUSED for a link that leads out of the folder. */
async function readBeside(folder: string, path: string): Promise<ImportFileInput | null> {
  const full = join(folder, path)
  if ((await lstat(full).catch(() => null)) === null) return null
  const [root, real] = await Promise.all([realpath(folder), realpath(full).catch(() => null)])
  if (real === null) return null
  if (real.startsWith(root.endsWith(sep) ? root : root + sep)) return { path, text: await readText(full) }
  throw new Fault(
    'IMPORT_REFUSED',
    `${path} is a link that leads out of the folder of the main file. Put the file itself there.`,
    { file: path, place: null },
  )
}

/** The main file, to begin with; what it refers to is asked for by name. */
export async function mainFile(path: string): Promise<{ main: string; files: ImportFileInput[] }> {
  const main = basename(path)
  return { main, files: [{ path: main, text: await readText(path) }] }
}

/** Those of the missing files that are there. */
export async function filesBeside(main: string, missing: readonly string[]): Promise<ImportFileInput[]> {
  const found = await Promise.all(missing.map((path) => readBeside(dirname(main), path)))
  return found.filter((file) => file !== null)
}

/** The files of a bank folder. Throws FILE_UNREADABLE where it has none of them. */
export async function bankFolderFiles(folder: string): Promise<ImportFileInput[]> {
  const files = await filesBeside(join(folder, 'bank.yaml'), folderFiles)
  if (files.length > 0) return files
  throw unreadable(folder, `a bank folder has ${folderFiles.join(', ')}, and there is none of them`)
}
