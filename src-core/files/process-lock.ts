/** Lets one piece of work run at a time across all processes, and frees the lock when its holder dies. */

import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '#shared/fault.ts'
import { unwritable } from './unwritable.ts'

export interface LockOptions {
  /** How long to wait for the lock, in milliseconds; 10,000 unless told. The work itself is not limited. */
  readonly timeoutMilliseconds?: number
  readonly signal?: AbortSignal
}

/** SQLite's result code for "somebody else holds it" (https://sqlite.org/rescode.html#busy); extended codes share its low byte. */
const sqliteBusy = 5
const pauseMilliseconds = 15

/** The last in line per lock file of this process: SQLite would answer "busy" to ourselves without any order. */
const lines = new Map<string, Promise<void>>()

/**
 * Runs `work` while holding the lock `file`, a small SQLite database of its own: the lock is the operating system's, so a
 * holder killed by SIGKILL frees it at once and there is no stale lock to break. Calls within one process queue in order.
 * Not reentrant: taking the same lock inside `work` waits for itself and ends in BUSY.
 * Nothing else may open and close `file` in this process: POSIX would drop the lock with the first close.
 * @param name what the lock is for, for the message: "the index of keys".
 * @throws Fault BUSY after the timeout, CANCELLED by the signal, DATA_UNWRITABLE when the file cannot be made.
 */
export async function withProcessLock<T>(
  file: string,
  name: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + (options.timeoutMilliseconds ?? 10_000)
  const key = path.resolve(file)
  const before = lines.get(key) ?? Promise.resolve()
  const turn = Promise.withResolvers<void>()
  const line = before.then(() => turn.promise)
  lines.set(key, line)
  try {
    await ourTurn(before, deadline, name, options.signal)
    const release = await acquire(key, name, deadline, options.signal)
    try {
      return await work()
    } finally {
      release()
    }
  } finally {
    turn.resolve()
    if (lines.get(key) === line) lines.delete(key)
  }
}

async function ourTurn(
  before: Promise<void>,
  deadline: number,
  name: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted) throw cancelled(name)
  const over = new AbortController()
  const stop = signal ? AbortSignal.any([signal, over.signal]) : over.signal
  const timeUp = sleep(Math.max(0, deadline - performance.now()), 'timeout', { signal: stop, ref: true })
  try {
    if ((await Promise.race([before, timeUp.catch(() => 'cancelled')])) === undefined) return
    throw signal?.aborted ? cancelled(name) : busy(name)
  } finally {
    over.abort()
  }
}

async function acquire(
  file: string,
  name: string,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<() => void> {
  // Loaded here: most commands never take a lock, and the module costs time at start.
  const sqlite = await import('node:sqlite')
  for (;;) {
    if (signal?.aborted) throw cancelled(name)
    const database = tryToHold(sqlite.DatabaseSync, file)
    if (database) return keep(database)
    if (performance.now() >= deadline) throw busy(name)
    await sleep(pauseMilliseconds * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined)
  }
}

/** Referenced from here while held: a database that only a waiting promise knows is collected, and its lock with it. */
const held = new Set<object>()

function keep(database: InstanceType<Database>): () => void {
  held.add(database)
  return () => {
    held.delete(database)
    database.close()
  }
}

type Database = typeof DatabaseSync

/** Never writes: an exclusive transaction over an empty database takes the lock and leaves the file at 0 bytes. */
function tryToHold(Sqlite: Database, file: string): InstanceType<Database> | null {
  let database: InstanceType<Database> | undefined
  try {
    database = new Sqlite(file, { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database?.close()
    if ((((error as { errcode?: number }).errcode ?? 0) & 0xff) === sqliteBusy) return null
    throw unwritable(path.basename(file), error)
  }
}

const busy = (name: string): Fault =>
  new Fault('BUSY', `Another workbench process is using ${name}. Wait for it or close it, then try again.`, {
    lock: name,
  })

const cancelled = (name: string): Fault => new Fault('CANCELLED', `Waiting for ${name} was cancelled.`, { lock: name })
