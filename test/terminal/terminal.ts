/** Runs the built terminal program as a user's shell would, over a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const program = resolve(import.meta.dirname, '../../out/main/tpp.js')

export interface Finished {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
  /** The one JSON document on stdout. Throws when stdout holds anything else. */
  json<Shape = Record<string, unknown>>(): Shape
}

export interface RunOptions {
  readonly input?: string
  readonly environment?: NodeJS.ProcessEnv
}

export interface Terminal {
  readonly home: string
  run(args: readonly string[], options?: RunOptions): Promise<Finished>
  /** Runs until told to stop; resolves with the first line on stdout. */
  start(
    args: readonly string[],
    options?: RunOptions,
  ): Promise<{ child: ChildProcess; line: string; stop(signal?: NodeJS.Signals): Promise<number | null> }>
  close(): Promise<void>
}

function finished(exit: number | null, stdout: string, stderr: string): Finished {
  return { exit, stdout, stderr, json: <Shape>() => JSON.parse(stdout) as Shape }
}

/** `secrets` chooses the key store; the vault gets a passphrase file. */
export async function openTerminal(secrets: 'vault' | 'keychain' = 'vault'): Promise<Terminal> {
  if (!existsSync(program)) throw new Error('out/main/tpp.js is missing: build first (npm run build)')
  const home = await mkdtemp(join(tmpdir(), 'tpp-terminal-'))
  const passphrase = join(home, 'passphrase.txt')
  await writeFile(passphrase, 'correct horse battery staple\n', { mode: 0o600 })
  const data = join(home, 'data')
  const environmentOf = (extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    ...process.env,
    TPP_HOME: data,
    TPP_SECRETS: secrets,
    TPP_PASSPHRASE_FILE: passphrase,
    ...extra,
  })
  const children = new Set<ChildProcess>()
  const launch = (args: readonly string[], options: RunOptions): ChildProcess => {
    const child = spawn(process.execPath, [program, ...args], {
      env: environmentOf(options.environment),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    children.add(child)
    child.once('exit', () => children.delete(child))
    child.stdin?.end(options.input ?? '')
    return child
  }
  return {
    home: data,
    run: (args, options = {}) =>
      new Promise((resolveRun) => {
        const child = launch(args, options)
        let stdout = ''
        let stderr = ''
        child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
          stdout += chunk
        })
        child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
          stderr += chunk
        })
        child.once('close', (exit) => resolveRun(finished(exit, stdout, stderr)))
      }),
    start: (args, options = {}) =>
      new Promise((resolveStart, reject) => {
        const child = launch(args, options)
        const gone = new Promise<number | null>((resolveGone) => child.once('exit', (exit) => resolveGone(exit)))
        let stdout = ''
        let stderr = ''
        child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
          stderr += chunk
        })
        child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
          stdout += chunk
          if (!stdout.includes('\n')) return
          const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
            child.kill(signal)
            return gone
          }
          resolveStart({ child, line: stdout.slice(0, stdout.indexOf('\n')), stop })
        })
        void gone.then((exit) => reject(new Error(`ended with ${exit} before its first line: ${stdout}${stderr}`)))
      }),
    async close() {
      await Promise.all(
        [...children].map(
          (child) =>
            new Promise<void>((resolveClose) => {
              child.once('exit', () => resolveClose())
              child.kill('SIGTERM')
            }),
        ),
      )
      await rm(home, { recursive: true, force: true })
    },
  }
}
