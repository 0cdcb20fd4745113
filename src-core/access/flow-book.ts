/** Keeps authorisations that have begun and not ended, so that a restart shows them and can go on with them. */
import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { draftSchema } from '#shared/contract/requests.ts'
import { Fault, isFault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import { withProcessLock } from '../files/process-lock.ts'
import { unwritable } from '../files/unwritable.ts'
import { removeDurably } from '../files/write-atomically.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { grantServerSchema } from './grant-book.ts'
import { type DamagedFile, readRecordFolder } from './record-folder.ts'

/** A flow without what is secret about it. Instants are ISO 8601. */
export const flowRecordSchema = z.looseObject({
  id: z.string(),
  kind: z.enum(['code', 'page', 'challenge']),
  bank: z.string(),
  environment: z.string(),
  identity: z.string(),
  /** The customer, masked. */
  customer: z.string().nullable(),
  scope: z.string().nullable(),
  consent: z.string().nullable(),
  operation: z.string().nullable(),
  clientId: z.string(),
  redirectUri: z.string(),
  startedAt: z.string(),
  step: z.enum(['browser', 'exchanging']),
  /** The server a link led to; null where the bank's data names the endpoints. */
  server: grantServerSchema.extend({ namesItself: z.boolean() }).nullable(),
})
export type FlowRecord = z.infer<typeof flowRecordSchema>

const flowSecretsSchema = z.object({
  /** The page with everything in it, the customer's identity among it. */
  url: z.string(),
  state: z.string().nullable(),
  verifier: z.string().nullable(),
  /** The call that is repeated after the customer's return. */
  draft: draftSchema.nullable(),
})
export type FlowSecrets = z.infer<typeof flowSecretsSchema>

/** A flow this process works on; nobody else can take it meanwhile. */
export interface FlowInHand {
  readonly record: FlowRecord
  readonly secrets: FlowSecrets
  note(change: Partial<FlowRecord>): Promise<void>
  /** Back to the customer's page, with other secrets than before. */
  renew(secrets: FlowSecrets): Promise<void>
  /** It is over: record and secrets go. */
  end(): Promise<void>
  /** Leaves it to whoever resumes it; harmless after `end`. */
  release(): Promise<void>
}

export interface FlowBook {
  begin(record: FlowRecord, secrets: FlowSecrets): Promise<FlowInHand>
  /** Throws FLOW_UNKNOWN, BUSY while another process works on it. */
  take(id: string): Promise<FlowInHand>
  /** Oldest first, each with whether somebody works on it. */
  list(): Promise<(FlowRecord & { readonly held: boolean })[]>
  damaged(): Promise<DamagedFile[]>
  find(id: string): Promise<FlowRecord>
  /** Also a damaged one. Throws BUSY while somebody works on it. */
  remove(id: string): Promise<void>
}

export const newFlowId = (): string => `f-${randomBytes(5).toString('hex')}`
const idForm = /^f-[0-9a-f]+$/
const secretName = (id: string): string => `flow-${id}`

/** Holds a lock until it is told to let go. The operating system frees it when this process dies. */
async function hold(file: string, patience: number): Promise<() => Promise<void>> {
  const over = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const done = withProcessLock(file, 'this authorisation', { timeoutMilliseconds: patience }, () => {
    held.resolve()
    return over.promise
  })
  await Promise.race([held.promise, done])
  return () => {
    over.resolve()
    return done
  }
}

export function createFlowBook(folder: string, secrets: SecretStore): FlowBook {
  const fileOf = (id: string) => join(folder, `${id}.json`)
  const lockOf = (id: string) => join(folder, `${id}.lock`)
  const read = () => readRecordFolder(folder, idForm, flowRecordSchema)

  const find = async (id: string): Promise<FlowRecord> => {
    const record = idForm.test(id) ? await readJson(fileOf(id), flowRecordSchema) : null
    if (record !== null) return record
    const near = nearest(
      id,
      (await read()).records.map((each) => each.id),
    )
    const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'List them with: tpp access flows'
    throw new Fault('FLOW_UNKNOWN', `There is no half-finished authorisation "${id}". ${hint}`, { flow: id, near })
  }

  const readSecrets = async (id: string): Promise<FlowSecrets> => {
    const bytes = await secrets.get(secretName(id))
    try {
      return flowSecretsSchema.parse(JSON.parse((bytes ?? Buffer.alloc(0)).toString('utf8')))
    } catch {
      throw new Fault(
        'SECRET_DAMAGED',
        `What authorisation ${id} was begun with is gone. Abandon it and start again.`,
        {
          flow: id,
        },
      )
    } finally {
      bytes?.fill(0)
    }
  }

  const keepSecrets = (id: string, own: FlowSecrets) =>
    secrets.set(secretName(id), Buffer.from(JSON.stringify(own), 'utf8'))

  const inHand = (record: FlowRecord, begunWith: FlowSecrets, letGo: () => Promise<void>): FlowInHand => {
    let current = record
    let own = begunWith
    let ended = false
    return {
      get secrets() {
        return own
      },
      get record() {
        return current
      },
      async note(change) {
        current = { ...current, ...change }
        await writeJson(fileOf(record.id), current)
      },
      async renew(other) {
        await keepSecrets(record.id, other)
        own = other
        current = { ...current, step: 'browser' }
        await writeJson(fileOf(record.id), current)
      },
      async end() {
        ended = true
        await removeDurably(fileOf(record.id))
        await secrets.delete(secretName(record.id))
      },
      async release() {
        await letGo()
        if (ended) await rm(lockOf(record.id), { force: true }).catch(() => {})
      },
    }
  }

  const isHeld = async (id: string): Promise<boolean> => {
    try {
      await (await hold(lockOf(id), 0))()
      return false
    } catch (fault) {
      return isFault(fault) && fault.code === 'BUSY'
    }
  }

  return {
    find,
    async begin(record, own) {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
        throw unwritable(basename(folder), cause)
      })
      const letGo = await hold(lockOf(record.id), 1000)
      const flow = inHand(record, own, letGo)
      try {
        // The secrets first: a record without them could not be resumed.
        await keepSecrets(record.id, own)
        await flow.note({})
        return flow
      } catch (fault) {
        await letGo()
        throw fault
      }
    },
    async take(id) {
      await find(id)
      const letGo = await hold(lockOf(id), 500)
      try {
        return inHand(await find(id), await readSecrets(id), letGo)
      } catch (fault) {
        await letGo()
        throw fault
      }
    },
    async list() {
      const { records } = await read()
      const shown = await Promise.all(records.map(async (record) => ({ ...record, held: await isHeld(record.id) })))
      return shown.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
    },
    damaged: async () => (await read()).damaged,
    async remove(id) {
      if (!idForm.test(id)) return
      const letGo = await hold(lockOf(id), 500)
      try {
        await removeDurably(fileOf(id))
        await secrets.delete(secretName(id))
      } finally {
        await letGo()
        await rm(lockOf(id), { force: true }).catch(() => {})
      }
    },
  }
}
