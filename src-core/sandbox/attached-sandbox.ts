/** Uses the sandbox of another machine as if it were this one's: its banks, its QTSP, and the control of one tenant. */
import { createHash, X509Certificate } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { removeDurably, writeAtomically } from '#core/files/write-atomically.ts'
import { Fault } from '#shared/fault.ts'
import type { SandboxRunning } from '#shared/sandbox-protocol.ts'
import { sandboxReachedSchema } from '#shared/sandbox-state.ts'
import { attachedFile, findOwnSandbox, findRunningSandbox, steer } from './running-sandbox.ts'

export interface AttachWish {
  readonly control: string
  readonly ca: string
  readonly token: string
}

export interface Attached {
  control: string
  tenant: string | null
  banks: string[]
}

/** @throws Fault INPUT_INVALID. Plain http never leaves this machine. */
function baseOf(text: string): string {
  const url = new URL(text)
  if (url.protocol === 'https:' && url.pathname === '/' && url.search === '') return url.origin
  const message = `The control API of another machine is https://NAME:PORT, not ${text}. Its ready line has it as shared.control.`
  throw new Fault('INPUT_INVALID', message, { field: 'control' })
}

/** @throws Fault CERTIFICATE_UNREADABLE */
function requireCa(pem: string): void {
  try {
    void new X509Certificate(pem)
  } catch (error) {
    const message = 'The CA of the sandbox does not decode: give the PEM file its ready line names as "ca".'
    throw new Fault('CERTIFICATE_UNREADABLE', message, { field: 'ca' }, error)
  }
}

/** @throws Fault SANDBOX_RUNNING, INPUT_INVALID, CERTIFICATE_UNREADABLE, SANDBOX_DOWN, SANDBOX_FAILED */
export async function attach(home: string, wish: AttachWish): Promise<Attached> {
  if (await findOwnSandbox(home))
    throw new Fault('SANDBOX_RUNNING', 'A sandbox of this data folder runs on this machine: stop it first.')
  const control = baseOf(wish.control)
  requireCa(wish.ca)
  await mkdir(home, { recursive: true, mode: 0o700 })
  // Named after what it holds: an attempt that fails leaves the CA of an attachment that stands as it is.
  const ca = join(home, `attached-ca-${createHash('sha256').update(wish.ca).digest('hex').slice(0, 16)}.pem`)
  await writeAtomically(ca, wish.ca)
  // Some process has to stand there; this one's life says nothing about a sandbox elsewhere, and nobody asks.
  const running: SandboxRunning = { ready: true, control, ca, banks: [], token: wish.token, pid: process.pid }
  const { tenant, banks } = await steer(running, 'GET', '/ready', sandboxReachedSchema)
  await writeAtomically(attachedFile(home), `${JSON.stringify({ ...running, banks })}\n`)
  return { control, tenant, banks: banks.map(({ id }) => id) }
}

/** False where there was nothing to detach from. */
export const detach = (home: string): Promise<boolean> => removeDurably(attachedFile(home))

/** Base URL of the control API; null where the sandbox is this machine's own, or none. */
export async function attachedTo(home: string): Promise<string | null> {
  if (await findOwnSandbox(home)) return null
  return (await findRunningSandbox(home))?.control ?? null
}

/** @throws Fault SANDBOX_RUNNING */
export async function refuseAttached(home: string): Promise<void> {
  const control = await attachedTo(home)
  if (control !== null)
    throw new Fault(
      'SANDBOX_RUNNING',
      `This data folder uses the sandbox at ${control}. Let go of it first with: tpp sandbox detach`,
      { control },
    )
}
