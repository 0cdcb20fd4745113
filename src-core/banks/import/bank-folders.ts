/** The folders of banks on disk: the user's are made, replaced and removed whole; the product's are only read. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, isFault } from '#shared/fault.ts'
import { withProcessLock } from '../../files/process-lock.ts'
import { unwritable } from '../../files/unwritable.ts'
import { writeAtomically } from '../../files/write-atomically.ts'
import type { FolderTexts } from './compile-import.ts'
import { folderFiles } from './import-folder.ts'

export interface BankPlaces {
  readonly shipped: string
  readonly user: string
}

export interface FolderFile {
  readonly path: string
  readonly text: string
}

/** Hidden, so that no listing of banks shows them: what is being made, and what is being put away. */
const making = '.new-'
const replaced = '.replaced-'
const removed = '.removed-'

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

const random = (): string => randomBytes(6).toString('hex')

export function createBankFolders(places: BankPlaces) {
  const source = async (id: string): Promise<'shipped' | 'user' | null> => {
    if (await isFolder(join(places.shipped, id))) return 'shipped'
    return (await isFolder(join(places.user, id))) ? 'user' : null
  }

  const folderOf = async (id: string): Promise<string> =>
    join((await source(id)) === 'shipped' ? places.shipped : places.user, id)

  /** One change at a time, over all processes; first what a killed one left is put right. */
  const changing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      await mkdir(places.user, { recursive: true, mode: 0o700 })
      return await withProcessLock(join(places.user, '.lock'), 'the banks of your own', {}, async () => {
        await tidy(places.user)
        return work()
      })
    } catch (error) {
      throw isFault(error) ? error : unwritable('banks', error)
    }
  }

  const make = async (texts: FolderTexts): Promise<string> => {
    const folder = join(places.user, `${making}${random()}`)
    await mkdir(folder, { mode: 0o700 })
    for (const [name, text] of Object.entries(texts)) await writeAtomically(join(folder, name), text)
    return folder
  }

  const refuseTaken = (id: string, found: 'shipped' | 'user', replace: boolean): void => {
    if (!replace) throw exists(id, found)
    refuseShipped(id, found)
  }

  const refuseShipped = (id: string, found: 'shipped' | 'user' | null): void => {
    if (found === 'shipped')
      throw new Fault(
        'BANK_READ_ONLY',
        `${id} is a bank of the product. Export it, and import the folder under an id of your own to change it.`,
        { bank: id },
      )
  }

  return {
    source,
    folderOf,
    /** A folder of the user's own, also one that a bank of the product with the same id hides. */
    hasOwn: (id: string): Promise<boolean> => isFolder(join(places.user, id)),
    /** Throws BANK_READ_ONLY. */
    refuseShipped,
    /** Throws BANK_EXISTS, or BANK_READ_ONLY where a bank of the product would be replaced. */
    refuseTaken,
    /** The files there are, in a fixed order. */
    async read(id: string): Promise<FolderFile[]> {
      const folder = await folderOf(id)
      const files: FolderFile[] = []
      for (const path of folderFiles) {
        const text = await readFile(join(folder, path), 'utf8').catch((error: unknown) => {
          const { code } = error as NodeJS.ErrnoException
          if (code === 'ENOENT') return null
          throw new Fault('DATA_DAMAGED', `${path} of bank ${id} could not be read: ${code}.`, { bank: id }, error)
        })
        if (text !== null) files.push({ path, text })
      }
      return files
    },
    /** Throws BANK_EXISTS, or BANK_READ_ONLY for an id of the product's own. */
    create: (id: string, texts: FolderTexts, replace: boolean): Promise<void> =>
      changing(async () => {
        const found = await source(id)
        if (found !== null) refuseTaken(id, found, replace)
        const made = await make(texts)
        const place = join(places.user, id)
        const old = join(places.user, `${replaced}${id}-${random()}`)
        if (found !== null) await rename(place, old)
        await rename(made, place).catch(async (error: unknown) => {
          if (found !== null) await rename(old, place)
          throw error
        })
        await rm(old, { recursive: true, force: true })
      }),
    /** One file of a bank of the user's own. */
    write: (id: string, path: string, text: string): Promise<void> =>
      changing(() => writeAtomically(join(places.user, id, path), text)),
    remove: (id: string): Promise<void> =>
      changing(async () => {
        const away = join(places.user, `${removed}${id}-${random()}`)
        await rename(join(places.user, id), away)
        await rm(away, { recursive: true, force: true })
      }),
  }
}
export type BankFolders = ReturnType<typeof createBankFolders>

/** Under the lock nothing is half made: what looks so was left by a process that was killed. */
async function tidy(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const id = name.startsWith(replaced) ? name.slice(replaced.length).replace(/-[0-9a-f]{12}$/, '') : null
    // Between putting the old one away and putting the new one there: the old one comes back.
    if (id !== null && !(await isFolder(join(folder, id)))) await rename(join(folder, name), join(folder, id))
    else if ([making, replaced, removed].some((start) => name.startsWith(start)))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

function exists(id: string, source: 'shipped' | 'user'): Fault {
  const remedy =
    source === 'shipped' ? 'Choose another id.' : 'Choose another id, or replace it (in the terminal: --replace).'
  const whose = source === 'shipped' ? 'of the product' : 'of your own'
  return new Fault('BANK_EXISTS', `There is a bank ${whose} with the id ${id}. ${remedy}`, { bank: id, source })
}
