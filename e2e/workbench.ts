/** A workbench of its own: the built local host, a fresh data folder, the sandbox it starts. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const out = resolve(import.meta.dirname, '../out/main')
const run = promisify(execFile)

export const passphrase = 'correct horse battery staple'

export interface Workbench {
  readonly home: string
  /** A fresh start link; each opens one browser, once. */
  link(): Promise<string>
  /** A command of the terminal over the same data folder. */
  tpp<Document = unknown>(...args: string[]): Promise<Document>
  /** Ends the host as a power cut does, without a word of warning. */
  kill(): Promise<void>
  /** Starts another host over the same data folder. */
  start(): Promise<void>
  stop(): Promise<void>
}

function environmentOf(home: string, extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...rest } = process.env
  return { ...rest, TPP_HOME: home, TPP_PASSPHRASE_FILE: '', ...extra }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolveLine, reject) => {
    let output = ''
    let complaints = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.includes('\n')) resolveLine(output.slice(0, output.indexOf('\n')))
    })
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      complaints += chunk
    })
    child.once('exit', (code) => reject(new Error(`the local host ended with ${code}: ${complaints}`)))
  })
}

/** `extra` goes into the host's environment. Of compiled.ts it has what was read once for all. */
export async function startWorkbench(extra: NodeJS.ProcessEnv = {}): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-e2e-'))
  const home = join(folder, 'data')
  const { TPP_E2E_COMPILED: compiled } = process.env
  if (compiled !== undefined) await cp(compiled, home, { recursive: true })
  const passphraseFile = join(folder, 'passphrase')
  await writeFile(passphraseFile, passphrase, { mode: 0o600 })
  const environment = environmentOf(home, extra)
  let host: ChildProcess
  let first: string | null = null
  const start = async () => {
    host = spawn(process.execPath, [join(out, 'local.js')], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
    first = (JSON.parse(await firstLine(host)) as { url: string }).url
  }
  const end = async (signal: NodeJS.Signals) => {
    if (host.exitCode !== null || host.signalCode !== null) return
    const gone = new Promise((resolveGone) => host.once('exit', resolveGone))
    host.kill(signal)
    await gone
  }
  const tpp = async <Document>(...args: string[]): Promise<Document> => {
    const { stdout } = await run(process.execPath, [join(out, 'tpp.js'), ...args, '--json'], {
      env: { ...environment, TPP_PASSPHRASE_FILE: passphraseFile },
    })
    return JSON.parse(stdout) as Document
  }
  await start()
  return {
    home,
    tpp,
    start,
    kill: () => end('SIGKILL'),
    async link() {
      const fresh = first
      first = null
      return fresh ?? (await tpp<{ url: string }>('serve', '--link')).url
    },
    async stop() {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
