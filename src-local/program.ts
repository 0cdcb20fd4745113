/** The local host from its start to its end: opens the workbench, serves the window to a browser, stops when asked to or orphaned. */
import { randomBytes } from 'node:crypto'
import { dataFolder, openInBrowser } from '#core/desktop.ts'
import { openWorkbench, type Workbench, type WorkbenchClient } from '#core/workbench.ts'
import { Fault, faults } from '#shared/fault.ts'
import { fromWire } from '#shared/wire.ts'
import { type LocalHost, openLocalHost } from './local-host.ts'
import { localPorts } from './local-ports.ts'
import { watchParent } from './parent-watch.ts'
import { type ProgramArguments, readProgramArguments } from './program-arguments.ts'
import { askForLink, leaveNote } from './serving-note.ts'

/** Milliseconds. A link handed to a browser stands in that program's command line for others to see: it must be used soon. */
const handedLifetime = 2 * 60_000
/** Milliseconds until a stop that hangs becomes an end. */
const stopDeadline = 7000

const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`)
const say = (document: unknown): void => void process.stdout.write(`${JSON.stringify(document)}\n`)

/** A workbench without a sandbox is still one: the window shows that none runs and offers to start it. */
async function startSandbox(client: WorkbenchClient): Promise<void> {
  try {
    await client.sandbox.start({})
  } catch (error) {
    const fault = fromWire(error)
    if (fault.code !== 'SANDBOX_RUNNING') tell(`The local sandbox was not started: ${fault.message}`)
  }
}

async function openInTab(host: LocalHost): Promise<void> {
  if (await openInBrowser(host.link(handedLifetime))) return
  tell('No browser can be opened from here. Open the link by hand.')
}

/** Runs `close` once, whatever asks for it and however often, and ends the process. */
function stopOnce(close: () => Promise<unknown>): (why: string) => void {
  let stopping = false
  return (why) => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), stopDeadline).unref()
    void close().then(
      () => {
        tell(`Stopped: ${why}.`)
        process.exit(0)
      },
      (error: unknown) => {
        tell(`Stopped: ${why}, but not in order: ${fromWire(error).message}`)
        process.exit(1)
      },
    )
  }
}

async function openHost(workbench: Workbench, { window }: ProgramArguments) {
  const linkSecret = randomBytes(32).toString('base64url')
  const host = await openLocalHost({ window, workbench, linkSecret })
  const withdraw = await leaveNote(dataFolder(), { pid: process.pid, port: host.port, secret: linkSecret })
  return { host, withdraw }
}

async function serve(wanted: ProgramArguments): Promise<void> {
  const workbench = await openWorkbench(localPorts())
  const { host, withdraw } = await openHost(workbench, wanted)
  const stop = stopOnce(async () => {
    await Promise.all([withdraw(), host.close()])
    await workbench.close()
  })
  // Ctrl-C reaches every program of the terminal at once, and the one that started us then asks again.
  process.on('SIGINT', () => stop('asked to'))
  process.on('SIGTERM', () => stop('asked to'))
  watchParent(wanted.parentPid, {
    onGone: stop,
    onEnter: () => tell(`A fresh link, good once and for 10 minutes: ${host.link()}`),
  })
  if (wanted.startSandbox) await startSandbox(workbench.client)
  say({ ready: true, url: host.link() })
  if (wanted.open) await openInTab(host)
}

async function fail(error: unknown): Promise<never> {
  const fault = error instanceof Fault ? error : new Fault('INTERNAL', undefined, {}, error)
  if (fault.code === 'INTERNAL') tell(error instanceof Error ? String(error.stack) : String(error))
  await new Promise<void>((done) => process.stdout.write(`${JSON.stringify({ fault })}\n`, () => done()))
  // Not by letting it run out: what was opened before the failure would hold it.
  process.exit(faults[fault.code].exit)
}

export async function run(argv: readonly string[]): Promise<void> {
  // A reader that went away must not bring the host down before the parent watch does it in order.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  try {
    const wanted = readProgramArguments(argv)
    if (wanted.link) say({ ready: true, url: await askForLink(dataFolder()) })
    else await serve(wanted)
  } catch (error) {
    await fail(error)
  }
}
