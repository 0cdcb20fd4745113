/** Keeps grants: what is known of them in one file each, their tokens in the key store. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import { unwritable } from '../files/unwritable.ts'
import { removeDurably } from '../files/write-atomically.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

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
})
export type GrantRecord = z.infer<typeof grantRecordSchema>

const tokensSchema = z.object({ accessToken: z.string(), refreshToken: z.string().nullable() })
export type Tokens = z.infer<typeof tokensSchema>

export interface GrantBook {
  list(): Promise<GrantRecord[]>
  /** Throws GRANT_UNKNOWN with the near ids. */
  find(id: string): Promise<GrantRecord>
  /** Throws SECRET_ABSENT. */
  tokens(id: string): Promise<Tokens>
  /** Tokens first, then the record: a crash between the two loses no token that is still needed. */
  save(record: GrantRecord, tokens: Tokens): Promise<void>
  /** The record alone. */
  note(record: GrantRecord): Promise<void>
  remove(id: string): Promise<boolean>
}

/** In place of an identity: the token was entered and is bound to no certificate anybody knows of. */
export const anyIdentity = '-'

/** 40 random bits, in letters and digits that are easy to read aloud. */
export const newGrantId = (): string => `g-${randomBytes(5).toString('hex')}`

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
  const ids = async (): Promise<string[]> =>
    (await readdir(folder).catch(() => []))
      .filter((name) => /^g-[0-9a-f]+\.json$/.test(name))
      .map((name) => name.slice(0, -5))

  const note = async (record: GrantRecord): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw unwritable(basename(folder), cause)
    })
    await writeJson(fileOf(record.id), record)
  }

  return {
    note,
    async list() {
      const records = await Promise.all((await ids()).map((id) => readJson(fileOf(id), grantRecordSchema)))
      return records.filter((record) => record !== null).sort((a, b) => (a.obtainedAt < b.obtainedAt ? 1 : -1))
    },
    async find(id) {
      const record = /^g-[0-9a-f]+$/.test(id) ? await readJson(fileOf(id), grantRecordSchema) : null
      if (record !== null) return record
      const near = nearest(id, await ids())
      const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'List them with: tpp access list'
      throw new Fault('GRANT_UNKNOWN', `There is no grant "${id}". ${hint}`, { grant: id, near })
    },
    async tokens(id) {
      const secret = await secrets.get(secretName(id))
      if (secret === null) {
        throw new Fault('SECRET_ABSENT', `The tokens of grant ${id} are no longer in the key store. Authorise again.`, {
          grant: id,
        })
      }
      return parseTokens(id, secret)
    },
    async save(record, tokens) {
      await secrets.set(secretName(record.id), Buffer.from(JSON.stringify(tokens), 'utf8'))
      await note(record)
    },
    async remove(id) {
      await secrets.delete(secretName(id))
      return removeDurably(fileOf(id))
    },
  }
}
