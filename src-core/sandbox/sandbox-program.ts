/** Starts the sandbox program as a child and stops it again. */
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { Fault, isFaultCode } from '#shared/fault.ts'
import { type SandboxReady, sandboxReadySchema } from '#shared/sandbox-protocol.ts'

/** The program once started, by whatever means. */
export interface SandboxProcess {
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  /** Resolves with the exit code when it has ended (null: by a signal); rejects when it could not be started. */
  readonly ended: Promise<number | null>
  kill(signal: 'SIGTERM' | 'SIGKILL'): void
}

/** How a host starts the program: a function of its own (Electron's utility process), or a command. */
export type SandboxProgram = ((args: readonly string[]) => SandboxProcess) | SandboxCommand

export interface SandboxCommand {
  readonly command: string
  readonly args: readonly string[]
}

export interface SandboxOptions {
  readonly home: string
  readonly port?: number | undefined
  readonly banks: readonly string[]
  /** Left out: only this machine reaches it. */
  readonly listen?: string | undefined
  readonly hosts?: readonly string[]
}

/** Milliseconds until the ready line must have come; the first start makes keys. */
const startDeadline = 20_000

export interface SandboxChild {
  readonly ready: SandboxReady
  /** Resolves when it is gone. */
  stop(): Promise<void>
  /** Resolves when the program ends, by itself or by `stop`. */
  readonly ended: Promise<void>
}

function runCommand({ command, args }: SandboxCommand, more: readonly string[]): SandboxProcess {
  const child = spawn(command, [...args, ...more], { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    // Not `exit`: its last line may still be in the pipe then.
    child.once('close', resolve)
  })
  return { stdout: child.stdout, stderr: child.stderr, ended, kill: (signal) => void child.kill(signal) }
}

function firstLine(child: SandboxProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    let complaints = ''
    const timer = setTimeout(
      () => reject(new Fault('SANDBOX_FAILED', `The local sandbox was not ready within ${startDeadline / 1000} s.`)),
      startDeadline,
    )
    const read = (chunk: string) => {
      output += chunk
      const end = output.indexOf('\n')
      if (end < 0) return
      clearTimeout(timer)
      // What it says later is read, so that it never waits for us, and dropped.
      child.stdout?.off('data', read).resume()
      resolve(output.slice(0, end))
    }
    child.stdout?.setEncoding('utf8').on('data', read)
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      complaints = (complaints + chunk).slice(-2000)
    })
    const refuse = (fault: Fault) => {
      clearTimeout(timer)
      reject(fault)
    }
    child.ended.then(
      (code) => {
        const how = `The local sandbox ended before it was ready (exit ${code ?? 'by signal'}).`
        refuse(new Fault('SANDBOX_FAILED', `${how} ${complaints.trim()}`.trim()))
      },
      (cause: unknown) =>
        refuse(new Fault('SANDBOX_FAILED', 'The local sandbox program could not be started.', {}, cause)),
    )
  })
}

function parseReady(line: string): SandboxReady {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new Fault('SANDBOX_FAILED', 'The local sandbox said something unexpected instead of being ready.', {}, cause)
  }
  const refused = (value as { fault?: { code?: unknown; message?: unknown; details?: unknown } } | null)?.fault
  if (refused !== undefined && isFaultCode(refused.code)) {
    throw new Fault(refused.code, String(refused.message), (refused.details ?? {}) as Record<string, unknown>)
  }
  const ready = sandboxReadySchema.safeParse(value)
  if (ready.success) return ready.data
  throw new Fault(
    'SANDBOX_FAILED',
    'The local sandbox is ready in a way this workbench does not know.',
    {},
    ready.error,
  )
}

/** Throws SANDBOX_RUNNING, SANDBOX_PORT_TAKEN or SANDBOX_FAILED. */
export async function startSandbox(program: SandboxProgram, options: SandboxOptions): Promise<SandboxChild> {
  const args = ['--home', options.home, '--parent-pid', String(process.pid)]
  if (options.port !== undefined) args.push('--port', String(options.port))
  for (const bank of options.banks) args.push('--bank', bank)
  if (options.listen !== undefined) args.push('--listen', options.listen)
  for (const name of options.hosts ?? []) args.push('--host', name)
  const child = typeof program === 'function' ? program(args) : runCommand(program, args)
  const ended = child.ended.then(
    () => undefined,
    () => undefined,
  )
  try {
    const ready = parseReady(await firstLine(child))
    return {
      ready,
      ended,
      async stop() {
        child.kill('SIGTERM')
        const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
        await ended
        clearTimeout(timer)
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}
