// Lets one process at a time install or build in this folder; the others wait and then find the work done.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { alive } from './parent.mjs'
import { cache } from './places.mjs'
import { tell } from './tell.mjs'

const lock = join(cache, 'setup.lock')
const heartbeat = 5_000
/** A holder that has not been heard of for so long is gone, whoever has its process number now. */
const forgotten = 60_000

export async function oneAtATime(work) {
  mkdirSync(cache, { recursive: true })
  for (let waiting = false; !take(); waiting = true) {
    if (!waiting) tell('Another command is installing or building here; waiting for it …')
    await sleep(200)
  }
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), heartbeat)
  const leave = () => rmSync(lock, { force: true })
  process.once('exit', leave)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', leave)
    leave()
  }
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (failure) {
    if (failure.code !== 'EEXIST') throw failure
    clearAbandoned()
    return false
  }
}

function clearAbandoned() {
  try {
    const holder = readFileSync(lock, 'utf8')
    const silent = Date.now() - statSync(lock).mtimeMs
    if (silent < (holder !== '' && !alive(Number(holder)) ? 0 : forgotten)) return
    // Renaming can succeed for one waiter only; deleting by name could hit the lock of the next holder.
    const aside = `${lock}.${process.pid}`
    renameSync(lock, aside)
    rmSync(aside, { force: true })
  } catch (failure) {
    if (failure.code !== 'ENOENT') throw failure
  }
}
