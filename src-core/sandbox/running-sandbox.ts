/** Finds the local sandbox that runs for this data folder and speaks its control API. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { createFileMemory } from '#core/files/file-memory.ts'
import { Fault } from '#shared/fault.ts'
import { type SandboxRunning, sandboxRunningSchema } from '#shared/sandbox-protocol.ts'
import { controlFetch } from './control-fetch.ts'

const down = (): Fault =>
  new Fault('SANDBOX_DOWN', 'The local sandbox is not running. Start it in another terminal with: tpp sandbox')

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const memory = createFileMemory<SandboxRunning | null>()

async function readRunning(file: string): Promise<SandboxRunning | null> {
  try {
    return sandboxRunningSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** The sandbox of another machine that this data folder is attached to; its process is none of ours. */
export const attachedFile = (home: string): string => join(home, 'attached.json')

/** null when none runs on this machine, or when what is left of one is stale. */
export async function findOwnSandbox(home: string): Promise<SandboxRunning | null> {
  const file = join(home, 'running.json')
  const running = await memory(file, () => readRunning(file))
  return running !== null && alive(running.pid) ? running : null
}

/** The one that runs here, else the one of another machine that was attached; null without either. */
export async function findRunningSandbox(home: string): Promise<SandboxRunning | null> {
  const file = attachedFile(home)
  return (await findOwnSandbox(home)) ?? (await memory(file, () => readRunning(file)))
}

/** Throws SANDBOX_DOWN. */
export async function requireRunningSandbox(home: string): Promise<SandboxRunning> {
  const running = await findRunningSandbox(home)
  if (running === null) throw down()
  return running
}

/** Milliseconds a steering call may take; issuing an RSA certificate is the longest. */
const steeringDeadline = 15_000

/** One call of the control API. Throws SANDBOX_DOWN when nobody answers, SANDBOX_FAILED with the sandbox's own words when it declines. */
export async function steer<Schema extends z.ZodType>(
  running: SandboxRunning,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  answer: Schema,
  body?: unknown,
): Promise<z.output<Schema>> {
  let response: Response
  try {
    response = await controlFetch(running, path, {
      method,
      headers: {
        authorization: `Bearer ${running.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(steeringDeadline),
      redirect: 'error',
    })
  } catch (cause) {
    throw new Fault(
      'SANDBOX_DOWN',
      running.control.startsWith('https:')
        ? `The sandbox at ${running.control} does not answer. Is it still there, and the CA file the right one?`
        : 'The local sandbox does not answer. Stop it and start it again with: tpp sandbox',
      {},
      cause,
    )
  }
  const value: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const refusal = value as { error?: string; message?: string } | null
    throw new Fault('SANDBOX_FAILED', refusal?.message ?? `The local sandbox declined (${response.status}).`, {
      status: response.status,
      error: refusal?.error ?? null,
    })
  }
  const parsed = answer.safeParse(value)
  if (!parsed.success)
    throw new Fault(
      'SANDBOX_FAILED',
      'The local sandbox answered with something unexpected. Is it of another version?',
      { path },
      parsed.error,
    )
  return parsed.data
}
