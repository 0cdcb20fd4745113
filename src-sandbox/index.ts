/** The sandbox program: simulates banks and their QTSP on 127.0.0.1 until it is stopped or its parent goes away. */
import { Fault, faults } from '#shared/fault.ts'
import { watchParent } from './home/parent-watch.ts'
import { openSandboxHome } from './home/sandbox-home.ts'
import { announceRunning, claimHome, releaseStartLock, withdrawRunning } from './home/single-instance.ts'
import { readProgramArguments } from './program-arguments.ts'
import { openSandbox } from './sandbox.ts'

async function run(argv: readonly string[]): Promise<void> {
  const wanted = readProgramArguments(argv)
  const home = openSandboxHome(wanted.home)
  await claimHome(home)
  const sandbox = await openSandbox(wanted, home).catch((cause: unknown) => {
    releaseStartLock(home)
    throw cause
  })

  const stop = (why: string): void => {
    sandbox.stop()
    withdrawRunning(home)
    process.stderr.write(`Stopped: ${why}.\n`)
    process.exit(0)
  }
  process.once('SIGTERM', () => stop('asked to'))
  process.once('SIGINT', () => stop('asked to'))
  watchParent(wanted.parentPid, stop)

  announceRunning(home, sandbox.running)
  const { pid: _pid, token: _token, ...ready } = sandbox.running
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  if (ready.shared)
    process.stderr.write(
      `Other machines can reach this sandbox at ${ready.shared.hosts[0]} (listening on ${ready.shared.address}), as --listen asked for.\n`,
    )
}

function fail(cause: unknown): void {
  const fault = cause instanceof Fault ? cause : new Fault('INTERNAL', undefined, {}, cause)
  if (fault.code === 'INTERNAL') process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`)
  process.stdout.write(`${JSON.stringify({ fault })}\n`)
  process.stderr.write(`${fault.message}\n`)
  process.exitCode = faults[fault.code].exit
}

// A reader that went away must not bring the servers down before the parent watch does it in order.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
await run(process.argv.slice(2)).catch(fail)
