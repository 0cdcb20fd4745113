/** Finds and loads bank folders; what was compiled once is kept as JSON until a file of the folder changes. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnvironmentOverride } from '#shared/bank-environment.ts'
import { Fault, isFault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { signingSchemeOf } from '../signing/schemes.ts'
import type { Bank, CompiledBank } from './bank.ts'
import { bankAt } from './bank-at.ts'
import { findEnvironment, findOperation } from './find-operation.ts'
import { signedOperations } from './signed-operations.ts'
import { valueRecipes } from './value-recipes.ts'

/** Raise it when the shape of CompiledBank changes, so that kept copies are made anew. */
const format = 5

const files = { bank: 'bank.yaml', errors: 'errors.yaml', openapi: 'openapi.yaml' } as const

export interface BankShelf {
  /** Ids of every folder that holds a bank. */
  ids(): Promise<string[]>
  /** Throws BANK_UNKNOWN with the near ids, or DATA_DAMAGED. */
  open(id: string): Promise<Bank>
  /** The bank as it is at one environment: its values there, and what a person set. Throws ENVIRONMENT_UNKNOWN too. */
  at(id: string, environment: string): Promise<Bank>
  /** Every bank that opens: a damaged folder of a user stands in nobody's way. */
  all(): Promise<Bank[]>
  /** The folders that do not open, and why. */
  damaged(): Promise<{ readonly id: string; readonly fault: Fault }[]>
  /** A bank of the user's own is another one now: it is read anew, from `compiled` where that is given. */
  adopt(id: string, compiled: CompiledBank | null): Promise<void>
}

export interface ShelfFolders {
  /** `resources/banks` of the product. */
  readonly shipped: string
  /** Bank folders of the user's own. */
  readonly user: string
  /** Where compiled copies are kept; they hold nothing but what the folders say. */
  readonly cache: string
}

/** What a person set for one environment of a bank; null where nothing. */
export type ReadOverride = (bank: string, environment: string) => Promise<EnvironmentOverride | null>

const idForm = /^[a-z0-9][a-z0-9-]*$/

async function bankFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  // Other folders, such as .git, are none of ours: they must not stand in the way of the banks beside them.
  return entries.filter((entry) => entry.isDirectory() && idForm.test(entry.name)).map((entry) => entry.name)
}

/** Names a state of the folder: size and modification time of each file. */
async function stampOf(folder: string): Promise<string> {
  const stats = await Promise.all(Object.values(files).map((file) => stat(join(folder, file))))
  return createHash('sha256')
    .update(JSON.stringify([format, folder, ...stats.map((each) => [each.size, each.mtimeMs])]))
    .digest('hex')
}

async function readKept(path: string, stamp: string): Promise<CompiledBank | null> {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as { stamp: string; bank?: Partial<CompiledBank> }
    const whole = kept.bank?.profile && kept.bank.operations && kept.bank.errors && kept.bank.components
    return whole && kept.stamp === stamp ? (kept.bank as CompiledBank) : null
  } catch {
    return null
  }
}

async function compile(folder: string, id: string): Promise<CompiledBank> {
  const { compileBank } = await import('./compile-bank.ts')
  const [bank, errors, openapi] = await Promise.all([
    readFile(join(folder, files.bank), 'utf8'),
    readFile(join(folder, files.errors), 'utf8'),
    readFile(join(folder, files.openapi), 'utf8'),
  ])
  try {
    return compileBank({ bank, errors, openapi })
  } catch (fault) {
    if (!isFault(fault)) throw fault
    throw new Fault(
      fault.code,
      `The folder of bank ${id}: ${fault.message}`,
      { ...fault.details, bank: id },
      fault.cause,
    )
  }
}

/** Replaces the names in a profile by the entries of core's tables: from here on nobody asks for a name again. */
function resolveNames(id: string, source: Bank['source'], compiled: CompiledBank): Bank {
  const { profile } = compiled
  const registration = Object.entries(profile.registration?.body ?? {})
  const bank: Bank = {
    ...compiled,
    id,
    source,
    name: profile.name,
    signing: signingSchemeOf(profile.signing),
    headers: profile.headers.map(({ name, value, text, operations, reason }) => ({
      name,
      make: value === undefined ? () => text ?? null : valueRecipes[value],
      everywhere: operations === 'all',
      reason,
    })),
    registrationFields: registration.map(([name, value]) => ({ name, make: valueRecipes[value] })),
    operation: (operation) => findOperation(bank, operation),
    environment: (environment) => findEnvironment(bank, environment),
    override: null,
    signs: signedOperations(compiled.operations, profile.signing),
  }
  return bank
}

export function createBankShelf(folders: ShelfFolders, override: ReadOverride = async () => null): BankShelf {
  const opened = new Map<string, Promise<Bank>>()

  const places = async (): Promise<Map<string, 'shipped' | 'user'>> => {
    const map = new Map<string, 'shipped' | 'user'>()
    for (const id of (await bankFolders(folders.shipped)).sort()) map.set(id, 'shipped')
    for (const id of (await bankFolders(folders.user)).sort()) if (!map.has(id)) map.set(id, 'user')
    return map
  }

  const keptAt = (source: 'shipped' | 'user', id: string): string => join(folders.cache, `${source}-${id}.json`)

  /** A copy for the next start; without it everything still works, so a failure to write is no failure. */
  const keep = (source: 'shipped' | 'user', id: string, stamp: string, compiled: CompiledBank): Promise<void> =>
    mkdir(folders.cache, { recursive: true })
      .then(() => writeFile(keptAt(source, id), JSON.stringify({ stamp, bank: compiled })))
      .catch(() => {})

  const load = async (id: string): Promise<Bank> => {
    const source = (await places()).get(id)
    if (source === undefined) throw await unknownBank(id)
    const folder = join(folders[source], id)
    const kept = keptAt(source, id)
    const stamp = await stampOf(folder).catch((cause: unknown) => {
      throw new Fault(
        'DATA_DAMAGED',
        `The folder of bank ${id} is incomplete: it needs ${Object.values(files).join(', ')}.`,
        { bank: id },
        cause,
      )
    })
    let compiled = await readKept(kept, stamp)
    if (compiled === null) {
      compiled = await compile(folder, id)
      await keep(source, id, stamp, compiled)
    }
    return resolveNames(id, source, compiled)
  }

  const unknownBank = async (id: string): Promise<Fault> => {
    const known = [...(await places()).keys()]
    const near = nearest(id, known)
    const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `Known banks: ${known.join(', ')}.`
    return new Fault('BANK_UNKNOWN', `There is no bank "${id}". ${hint}`, {
      bank: id,
      near: near.length > 0 ? near : known,
    })
  }

  const open = (id: string): Promise<Bank> => {
    const kept = opened.get(id)
    if (kept) return kept
    const loading = load(id)
    opened.set(id, loading)
    loading.catch(() => opened.delete(id))
    return loading
  }

  const everything = async (): Promise<({ bank: Bank } | { id: string; fault: Fault })[]> =>
    Promise.all(
      [...(await places())].map(async ([id, source]) => {
        try {
          return { bank: await open(id) }
        } catch (fault) {
          // One of ours that does not open is a mistake of ours, and no state to go on in.
          if (source === 'shipped' || !isFault(fault)) throw fault
          return { id, fault }
        }
      }),
    )

  return {
    async at(id, environment) {
      const bank = await open(id)
      bank.environment(environment)
      return bankAt(bank, environment, await override(id, environment))
    },
    async adopt(id, compiled) {
      opened.delete(id)
      if (compiled !== null) await keep('user', id, await stampOf(join(folders.user, id)), compiled)
    },
    ids: async () => [...(await places()).keys()],
    open,
    all: async () => (await everything()).flatMap((each) => ('bank' in each ? [each.bank] : [])),
    damaged: async () => (await everything()).flatMap((each) => ('fault' in each ? [each] : [])),
  }
}
