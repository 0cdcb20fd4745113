/** Answers the contract's calls about banks of the user's own. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { implement } from '@orpc/server'
import { type BankCheckView, bankImport, type ProfileView } from '#shared/contract/bank-import.ts'
import { Fault } from '#shared/fault.ts'
import type { CompiledBank } from '../bank.ts'
import type { BankShelf } from '../bank-shelf.ts'
import { bankView } from '../bank-views.ts'
import type { BankCheck } from '../check/check-folder.ts'
import { type BankFolders, type BankPlaces, createBankFolders } from './bank-folders.ts'
import { editProfile, readEditable } from './edit-profile.ts'
import { folderFiles } from './import-folder.ts'
import { importLimits, quoted, refuse } from './import-limits.ts'
import { runImport } from './run-import.ts'

/** The shelf, where what changed on disk is told. */
export interface ImportShelf extends Pick<BankShelf, 'ids' | 'open'> {
  /**
   * A bank of the user's own is another one now: what is open under its id is forgotten. `compiled` is what its folder
   * compiles to, so that nobody has to do it again; null where it was not compiled, or the bank is gone.
   */
  adopt(id: string, compiled: CompiledBank | null): Promise<void>
}

export interface ImportParts {
  readonly banks: ImportShelf
  readonly places: BankPlaces
  /** The checks of the product's own banks. */
  checkFolder(folder: string): Promise<BankCheck>
  /** Ids of the banks the running sandbox serves. */
  sandboxBanks(): Promise<readonly string[]>
  changed(bank: string): void
}

interface Context extends ImportParts {
  readonly folders: BankFolders
  /** Throws BANK_UNKNOWN with the near ids. */
  known(id: string): Promise<void>
}

function contextOf(parts: ImportParts): Context {
  return {
    ...parts,
    folders: createBankFolders(parts.places),
    async known(id) {
      // Opening says it best; a damaged bank is known and may be read, edited and removed.
      if (!(await parts.banks.ids()).includes(id)) await parts.banks.open(id)
    },
  }
}

async function profileView({ folders, known }: Context, bank: string): Promise<ProfileView> {
  await known(bank)
  const source = (await folders.source(bank)) === 'shipped' ? 'shipped' : 'user'
  return { bank, source, editable: source === 'user', profile: readEditable(await profileText(folders, bank), bank) }
}

async function profileText(folders: BankFolders, bank: string): Promise<string> {
  const file = (await folders.read(bank)).find(({ path }) => path === 'bank.yaml')
  if (file !== undefined) return file.text
  throw new Fault('DATA_DAMAGED', `The folder of bank ${bank} has no bank.yaml.`, { bank })
}

/** Compiles a changed folder off the loop; one that does not compile says so when it is opened. */
const compiledFolder = async (folders: BankFolders, bank: string): Promise<CompiledBank | null> =>
  runImport({ main: 'bank.yaml', files: await folders.read(bank) }).then(
    (result) => result.bank,
    () => null,
  )

const asView = ({ checks, ...report }: BankCheck): BankCheckView => ({ ...report, checks: [...checks] })

/** The checks read a folder: files that are in none yet get one for as long as it takes. */
async function checkFiles(
  name: string,
  files: readonly { path: string; text: string }[],
  check: ImportParts['checkFolder'],
): Promise<BankCheckView> {
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  if (bytes > importLimits.bytes)
    throw refuse({ file: name, what: 'is too large', remedy: 'A bank folder has at most 20 MB.' })
  const root = await mkdtemp(join(tmpdir(), 'tpp-check-'))
  try {
    const folder = join(root, basename(name.replaceAll('\\', '/')) || 'bank')
    await mkdir(folder)
    for (const { path, text } of files) {
      if (!(folderFiles as readonly string[]).includes(path))
        throw refuse({
          file: quoted(path),
          what: 'is no file of a bank folder',
          remedy: `Those are ${folderFiles.join(', ')}.`,
        })
      await writeFile(join(folder, path), text)
    }
    return asView(await check(folder))
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** The handlers, to stand beside the others of `banks`. */
export function importHandlers(parts: ImportParts) {
  const context = contextOf(parts)
  const { folders, known, banks, sandboxBanks, changed, checkFolder } = context
  const os = implement(bankImport)
  return {
    previewImport: os.previewImport.handler(async ({ input, signal }) => {
      const { preview } = await runImport(input, signal)
      return { ...preview, idTakenBy: await folders.source(preview.suggestedId) }
    }),
    import: os.import.handler(async ({ input, signal }) => {
      const { id, replace, ...request } = input
      // Said before the work is done; asked again under the lock.
      const source = await folders.source(id)
      if (source !== null) folders.refuseTaken(id, source, replace)
      const { texts, bank } = await runImport({ ...request, id }, signal)
      await folders.create(id, texts, replace)
      await banks.adopt(id, bank)
      changed(id)
      const served = await sandboxBanks()
      return bankView(await banks.open(id), (each) => served.includes(each))
    }),
    exportFolder: os.exportFolder.handler(async ({ input: { bank } }) => {
      await known(bank)
      return { bank, files: await folders.read(bank) }
    }),
    readProfile: os.readProfile.handler(({ input: { bank } }) => profileView(context, bank)),
    saveProfile: os.saveProfile.handler(async ({ input: { bank, profile } }) => {
      await known(bank)
      folders.refuseShipped(bank, await folders.source(bank))
      const before = await profileText(folders, bank)
      const text = editProfile(before, bank, profile)
      if (text !== before) {
        await folders.write(bank, 'bank.yaml', text)
        await banks.adopt(bank, await compiledFolder(folders, bank))
        changed(bank)
      }
      return profileView(context, bank)
    }),
    remove: os.remove.handler(async ({ input: { bank } }) => {
      await known(bank)
      const source = await folders.source(bank)
      const hidden = source === 'shipped' && (await folders.hasOwn(bank))
      if (!hidden) folders.refuseShipped(bank, source)
      const name = hidden
        ? bank
        : await profileText(folders, bank)
            .then((text) => readEditable(text, bank).name)
            .catch(() => bank)
      await folders.remove(bank)
      await banks.adopt(bank, null)
      changed(bank)
      return { id: bank, name }
    }),
    check: os.check.handler(async ({ input }) => {
      if (!('bank' in input)) return checkFiles(input.folder, input.files, checkFolder)
      await known(input.bank)
      return asView(await checkFolder(await folders.folderOf(input.bank)))
    }),
  }
}
