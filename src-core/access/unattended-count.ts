/** Counts a grant's calls without the customer per day, durably and across processes: banks allow a few a day. */
import { statSync } from 'node:fs'
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unwritable } from '../files/unwritable.ts'

export interface UnattendedCount {
  /** Calls of the grant on the day of `now` (milliseconds since 1970); days are those of UTC. */
  used(grant: string, now: number): Promise<number>
  /** One more. It outlives this process. */
  add(grant: string, now: number): Promise<void>
  forget(grant: string): Promise<void>
}

/** The day a call counts for. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10)

const idForm = /^g-[0-9a-f]+$/

/** One file per grant and day that grows by a byte per call: appending needs no lock, and costs a call next to nothing. */
export function createUnattendedCount(folder: string): UnattendedCount {
  const fileOf = (grant: string, day: string) => join(folder, `${grant}--${day}`)

  const removeOthers = async (grant: string, day: string | null): Promise<void> => {
    const names = await readdir(folder).catch(() => [])
    const old = names.filter((name) => name.startsWith(`${grant}--`) && name !== `${grant}--${day}`)
    await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
  }

  const used = async (grant: string, now: number): Promise<number> => {
    if (!idForm.test(grant)) return 0
    try {
      // Every call asks it: through the thread pool it would cost twenty times as much.
      return statSync(fileOf(grant, dayOf(now)), { throwIfNoEntry: false })?.size ?? 0
    } catch {
      return 0
    }
  }

  return {
    used,
    async add(grant, now) {
      if (!idForm.test(grant)) return
      const day = dayOf(now)
      const first = (await used(grant, now)) === 0
      try {
        if (first) await mkdir(folder, { recursive: true, mode: 0o700 })
        await appendFile(fileOf(grant, day), '.', { mode: 0o600 })
      } catch (cause) {
        throw unwritable(basename(folder), cause)
      }
      if (first) await removeOthers(grant, day)
    },
    async forget(grant) {
      if (idForm.test(grant)) await removeOthers(grant, null)
    },
  }
}
