/** Runs a server of the system for a test, in a folder of its own, on a port of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface RunningServer {
  readonly port: number
  /** https, by address. */
  readonly origin: string
  /** What it has written so far. */
  output(): string
  stop(): Promise<void>
}

/** Debian keeps servers where only root looks. */
const alsoIn = ['/usr/sbin', '/usr/local/sbin']

/** The program's path, or undefined. */
export const findProgram = (name: string): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), ...alsoIn]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))

/**
 * @returns null when the program can be used, else the reason, which was also printed.
 * @throws Error under CI=true, where skipping would hide that a promise is not tested.
 */
export function whyNoServer(name: string, versionFlag: string): string | null {
  const path = findProgram(name)
  if (path !== undefined && spawnSync(path, [versionFlag]).error === undefined) return null
  const reason = `${name} not found; install with: apt-get install ${name}`
  if (process.env.CI === 'true') throw new Error(`the transport must be proved under CI=true: ${reason}`)
  process.stderr.write(`SKIPPED, not proven here: the transport against a real ${name}: ${reason}\n`)
  return reason
}

/** A port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => socket.destroy()).once('error', () => resolve(false))
    socket.once('close', (failed) => resolve(!failed))
  })

async function untilItListens(child: ChildProcess, port: number, output: () => string): Promise<void> {
  const giveUp = performance.now() + 10_000
  while (!(await accepts(port))) {
    if (child.exitCode !== null || performance.now() > giveUp) throw new Error(`the server did not start: ${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** @param prepare writes what the program needs into its folder and gives its arguments */
export async function startServer(
  program: string,
  prepare: (folder: string, port: number) => readonly string[] | Promise<readonly string[]>,
): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tpp-server-'))
  const port = await freePort()
  const child = spawn(program, await prepare(folder, port), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async () => {
    child.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilItListens(child, port, () => text)
  } catch (error) {
    await stop()
    throw error
  }
  return { port, origin: `https://127.0.0.1:${port}`, output: () => text, stop }
}
