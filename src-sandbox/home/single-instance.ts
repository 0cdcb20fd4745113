/** One running sandbox per home: refuses a second start and replaces what a crashed one left behind. */
import { linkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { Fault } from '#shared/fault.ts'
import { type SandboxRunning, sandboxRunningSchema } from '#shared/sandbox-protocol.ts'
import { readFileIfThere, writeFileAtomically } from './atomic-file.ts'
import type { SandboxHome } from './sandbox-home.ts'

/** A start takes seconds: an older lock belongs to a program that died, whoever has its process id now. */
const longestStartMilliseconds = 60_000

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // EPERM: it lives and is somebody else's.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}

function readRunning(path: string): SandboxRunning | null {
  const text = readFileIfThere(path)
  if (text === null) return null
  try {
    return sandboxRunningSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

async function answers(running: SandboxRunning): Promise<boolean> {
  try {
    const response = await fetch(`${running.control}/health`, {
      headers: { authorization: `Bearer ${running.token}` },
      signal: AbortSignal.timeout(2000),
    })
    return response.ok
  } catch {
    return false
  }
}

function takeStartLock(home: SandboxHome): void {
  const mine = `${home.starting}.${process.pid}`
  writeFileSync(mine, String(process.pid), { mode: 0o600 })
  try {
    // A link appears whole or not at all and fails where one exists: two starts cannot both win.
    linkSync(mine, home.starting)
  } catch (cause) {
    const owner = Number(readFileIfThere(home.starting) ?? Number.NaN)
    const fresh = lockAge(home.starting) < longestStartMilliseconds
    if (fresh && Number.isInteger(owner) && isAlive(owner))
      throw new Fault('SANDBOX_RUNNING', `Another local sandbox is starting in ${home.folder}.`, { pid: owner }, cause)
    rmSync(home.starting, { force: true })
    linkSync(mine, home.starting)
  } finally {
    rmSync(mine, { force: true })
  }
}

function lockAge(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** @throws Fault SANDBOX_RUNNING where a living sandbox owns the home. */
export async function claimHome(home: SandboxHome): Promise<void> {
  takeStartLock(home)
  const running = readRunning(home.running)
  if (running && isAlive(running.pid) && (await answers(running))) {
    releaseStartLock(home)
    throw new Fault('SANDBOX_RUNNING', `A local sandbox is already running in ${home.folder}: stop it first.`, {
      pid: running.pid,
      control: running.control,
    })
  }
  rmSync(home.running, { force: true })
}

export const releaseStartLock = (home: SandboxHome): void => rmSync(home.starting, { force: true })

export function announceRunning(home: SandboxHome, running: SandboxRunning): void {
  writeFileAtomically(home.running, `${JSON.stringify(running, null, 2)}\n`, 0o600)
  releaseStartLock(home)
}

export const withdrawRunning = (home: SandboxHome): void => rmSync(home.running, { force: true })
