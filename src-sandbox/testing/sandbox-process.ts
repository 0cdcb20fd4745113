/** Starts the real program as a child with a scratch home, for tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SandboxRunning, sandboxReadySchema, sandboxRunningSchema } from '#shared/sandbox-protocol.ts'

export const programPath = join(import.meta.dirname, '..', 'index.ts')

export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface SandboxProcess {
  readonly home: string
  readonly child: ChildProcess
  readonly running: SandboxRunning
  readonly end: Promise<ProgramEnd>
  /** Milliseconds from spawn to the ready line. */
  readonly readyAfter: number
  stop(): Promise<ProgramEnd>
}

export const scratchHome = (): string => mkdtempSync(join(tmpdir(), 'sandbox-test-'))

export const removeHome = (home: string): void => rmSync(home, { recursive: true, force: true })

export function spawnProgram(args: readonly string[]) {
  const child = spawn(process.execPath, [programPath, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const end = new Promise<ProgramEnd>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      if (stdout.includes('\n')) resolve(stdout.split('\n')[0] ?? '')
    })
  })
  return { child, end, firstLine }
}

export async function startSandbox(home = scratchHome(), args: readonly string[] = []): Promise<SandboxProcess> {
  const begin = performance.now()
  const { child, end, firstLine } = spawnProgram(['--home', home, ...args])
  const line = await Promise.race([firstLine, end])
  if (typeof line !== 'string') throw new Error(`The sandbox ended with ${line.code}: ${line.stderr}${line.stdout}`)
  const readyAfter = performance.now() - begin
  sandboxReadySchema.strict().parse(JSON.parse(line))
  const running = sandboxRunningSchema.parse(JSON.parse(readFileSync(join(home, 'running.json'), 'utf8')))
  const stop = (): Promise<ProgramEnd> => {
    child.kill('SIGTERM')
    return end
  }
  return { home, child, running, end, readyAfter, stop }
}
