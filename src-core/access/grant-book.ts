/** Keeps grants: what is known of them in one file each, their tokens in the key store. */
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { createFolderMemory, fileStamp } from '../files/file-memory.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import { unwritable } from '../files/unwritable.ts'
import { removeDurably } from '../files/write-atomically.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { type DamagedFile, readRecordFolder } from './record-folder.ts'

/** A token endpoint that was found in a server's metadata (RFC 8414) instead of the bank's data. */
export const grantServerSchema = z.looseObject({ issuer: z.string(), tokenEndpoint: z.string() })

/** A grant without its tokens. Instants are ISO 8601. */
export const grantRecordSchema = z.looseObject({
  id: z.string(),
  bank: z.string(),
  environment: z.string(),
  identity: z.string(),
  /** The customer, masked. */
  customer: z.string().nullable(),
  scope: z.string(),
  obtainedAt: z.string(),
  accessTokenExpiresAt: z.string(),
  refreshable: z.boolean(),
  refreshTokenExpiresAt: z.string().nullable(),
  /** Since when a refresh is under way: left behind by a process that died between sending and storing. */
  refreshingSince: z.string().nullable().default(null),
  /** SHA-256 of the certificate the token says it is bound to; null where it says nothing. */
  boundTo: z.string().nullable().default(null),
  server: grantServerSchema.nullable().default(null),
  /** Id of the remembered consent or payment it is for. */
  consent: z.string().nullable().default(null),
})
export type GrantRecord = z.infer<typeof grantRecordSchema>

const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  /** The refresh token before this one, kept until this one has worked. */
  previousRefreshToken: z.string().nullable().default(null),
})
export type Tokens = z.infer<typeof tokensSchema>
/** Tokens as a bank issues them. */
export type IssuedTokens = Pick<Tokens, 'accessToken' | 'refreshToken'>

export interface GrantBook {
  /** Newest first; a damaged file is left out. */
  list(): Promise<GrantRecord[]>
  damaged(): Promise<DamagedFile[]>
  /** Throws GRANT_UNKNOWN with the near ids. */
  find(id: string): Promise<GrantRecord>
  /**
   * Throws SECRET_ABSENT. `fresh` asks the key store whatever is held: a refresh must not spend a token that a process
   * which died between tokens and record had spent already.
   */
  tokens(id: string, fresh?: boolean): Promise<Tokens>
  /** Tokens first, then the record: a crash between the two loses no token that is still needed. */
  save(record: GrantRecord, tokens: IssuedTokens, previousRefreshToken?: string | null): Promise<void>
  /** The record alone. */
  note(record: GrantRecord): Promise<void>
  /** Also a damaged one. */
  remove(id: string): Promise<boolean>
  /** Drops the tokens held in memory (auto-lock). */
  forget(): void
}

/** 40 random bits, in letters and digits that are easy to read aloud. */
export const newGrantId = (): string => `g-${randomBytes(5).toString('hex')}`

const idForm = /^g-[0-9a-f]+$/

const secretName = (id: string): string => `grant-${id}`

function parseTokens(id: string, secret: Buffer): Tokens {
  try {
    return tokensSchema.parse(JSON.parse(secret.toString('utf8')))
  } catch {
    // Without its cause: a parser's message quotes what it read, and that is a token.
    throw new Fault('SECRET_DAMAGED', `The tokens of grant ${id} in the key store are damaged. Authorise again.`, {
      grant: id,
    })
  } finally {
    secret.fill(0)
  }
}

export function createGrantBook(folder: string, secrets: SecretStore): GrantBook {
  const fileOf = (id: string) => join(folder, `${id}.json`)
  // Asking the key store costs ten times a call. What is held counts as long as its record is the one it was read with:
  // every process writes the record after the tokens.
  const held = new Map<string, { readonly stamp: string; readonly tokens: Tokens }>()
  const memory = createFolderMemory<GrantRecord>()
  const read = () => readRecordFolder(folder, idForm, grantRecordSchema, memory)

  const note = async (record: GrantRecord): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw unwritable(basename(folder), cause)
    })
    await writeJson(fileOf(record.id), record)
  }

  return {
    note,
    list: async () => (await read()).records.sort((a, b) => (a.obtainedAt < b.obtainedAt ? 1 : -1)),
    damaged: async () => (await read()).damaged,
    async find(id) {
      const record = idForm.test(id)
        ? await memory.file(fileOf(id), () => readJson(fileOf(id), grantRecordSchema))
        : null
      if (record !== null) return record
      const known = (await read()).records.map((each) => each.id)
      const near = nearest(id, known)
      const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'List them with: tpp access list'
      throw new Fault('GRANT_UNKNOWN', `There is no grant "${id}". ${hint}`, { grant: id, near })
    },
    async tokens(id, fresh = false) {
      const stamp = fileStamp(fileOf(id))
      const known = held.get(id)
      if (!fresh && known !== undefined && known.stamp === stamp) return known.tokens
      const secret = await secrets.get(secretName(id))
      if (secret === null) {
        throw new Fault('SECRET_ABSENT', `The tokens of grant ${id} are no longer in the key store. Authorise again.`, {
          grant: id,
        })
      }
      const tokens = parseTokens(id, secret)
      if (stamp !== null) held.set(id, { stamp, tokens })
      return tokens
    },
    forget: () => held.clear(),
    async save(record, { accessToken, refreshToken }, previousRefreshToken = null) {
      const tokens: Tokens = { accessToken, refreshToken, previousRefreshToken }
      held.delete(record.id)
      await secrets.set(secretName(record.id), Buffer.from(JSON.stringify(tokens), 'utf8'))
      await note(record)
    },
    async remove(id) {
      held.delete(id)
      await secrets.delete(secretName(id))
      return removeDurably(fileOf(id))
    },
  }
}
