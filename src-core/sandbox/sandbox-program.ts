/** Starts the sandbox program as a child and stops it again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { Fault, isFaultCode } from '#shared/fault.ts'
import { type SandboxReady, sandboxReadySchema } from '#shared/sandbox-protocol.ts'

/** How a host starts the program. */
export interface SandboxCommand {
  readonly command: string
  readonly args: readonly string[]
}

export interface SandboxOptions {
  readonly home: string
  readonly port?: number | undefined
  readonly banks: readonly string[]
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

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    let complaints = ''
    const timer = setTimeout(
      () => reject(new Fault('SANDBOX_FAILED', `The local sandbox was not ready within ${startDeadline / 1000} s.`)),
      startDeadline,
    )
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      const end = output.indexOf('\n')
      if (end < 0) return
      clearTimeout(timer)
      resolve(output.slice(0, end))
    })
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      complaints = (complaints + chunk).slice(-2000)
    })
    child.once('error', (cause) => {
      clearTimeout(timer)
      reject(new Fault('SANDBOX_FAILED', 'The local sandbox program could not be started.', {}, cause))
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(
        new Fault(
          'SANDBOX_FAILED',
          `The local sandbox ended before it was ready (exit ${code ?? 'by signal'}). ${complaints.trim()}`.trim(),
        ),
      )
    })
  })
}

function parseReady(line: string): SandboxReady {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new Fault('SANDBOX_FAILED', 'The local sandbox said something unexpected instead of being ready.', {}, cause)
  }
  const refused = (value as { fault?: { code?: unknown; message?: unknown; details?: unknown } }).fault
  if (refused !== undefined && isFaultCode(refused.code)) {
    throw new Fault(refused.code, String(refused.message), (refused.details ?? {}) as Record<string, unknown>)
  }
  return sandboxReadySchema.parse(value)
}

/** Throws SANDBOX_RUNNING, SANDBOX_PORT_TAKEN or SANDBOX_FAILED. */
export async function startSandbox(program: SandboxCommand, options: SandboxOptions): Promise<SandboxChild> {
  const args = [...program.args, '--home', options.home, '--parent-pid', String(process.pid)]
  if (options.port !== undefined) args.push('--port', String(options.port))
  for (const bank of options.banks) args.push('--bank', bank)
  const child = spawn(program.command, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    const ready = parseReady(await firstLine(child))
    return {
      ready,
      ended,
      async stop() {
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
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
