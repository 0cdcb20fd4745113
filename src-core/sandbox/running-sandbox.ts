/** Finds the local sandbox that runs for this data folder and speaks its control API. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import { type SandboxRunning, sandboxRunningSchema } from '#shared/sandbox-protocol.ts'

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

/** null when none runs, or when what is left of one is stale. */
export async function findRunningSandbox(home: string): Promise<SandboxRunning | null> {
  const text = await readFile(join(home, 'running.json'), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const running = sandboxRunningSchema.parse(JSON.parse(text))
    return alive(running.pid) ? running : null
  } catch {
    return null
  }
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
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  answer: Schema,
  body?: unknown,
): Promise<z.output<Schema>> {
  let response: Response
  try {
    response = await fetch(running.control + path, {
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
      'The local sandbox does not answer. Stop it and start it again with: tpp sandbox',
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
