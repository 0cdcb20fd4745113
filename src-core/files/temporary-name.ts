/** Names temporary files so that those of a dead process can be told from those still being written. */

import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** `.<target>.<machine>-<pid>-<random>.tmp`: process ids mean something on their own machine only. */
const pattern = /^\..+\.([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{12}\.tmp$/
const machine = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8)
const dayInMilliseconds = 86_400_000

const swept = new Set<string>()

/** The name of a temporary file for `target`; `random` is 12 hexadecimal digits. Hidden, so that no listing shows it. */
export const temporaryName = (target: string, random: string): string =>
  `.${target}.${machine}-${process.pid}-${random}.tmp`

/**
 * Removes what killed processes left in `folder`; once per folder and process, because a large folder is slow to list.
 * Files of a living process stay; files of another machine go after a day. Never throws: tidiness must not stop a write.
 */
export async function removeAbandonedTemporaries(folder: string): Promise<void> {
  const key = path.resolve(folder)
  if (swept.has(key)) return
  swept.add(key)
  const names = await fs.readdir(key).catch(() => [])
  for (const name of names) {
    const file = path.join(key, name)
    if (await isAbandoned(name, file)) await fs.rm(file, { force: true }).catch(() => undefined)
  }
}

async function isAbandoned(name: string, file: string): Promise<boolean> {
  const match = pattern.exec(name)
  if (!match) return false
  if (match[1] === machine) return !isAlive(Number(match[2]))
  const stat = await fs.stat(file).catch(() => null)
  return stat !== null && Date.now() - stat.mtimeMs > dayInMilliseconds
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: the process lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
