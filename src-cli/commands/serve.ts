import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { builtProgram } from '#core/desktop.ts'
import { Fault, isFaultCode } from '#shared/fault.ts'
import { type Command, type CommandContext, type Outcome, positionals } from '../command.ts'

const readySchema = z.object({ ready: z.literal(true), url: z.url() })
type Ready = z.infer<typeof readySchema>

/** Milliseconds the program has to close its files and its sandbox. */
const stopDeadline = 8000

/** Runs the local host, which serves the window, as a child. */
function launch(context: CommandContext, args: readonly string[]) {
  const program = builtProgram('local')
  const child = spawn(program.command, [...program.args, '--parent-pid', String(process.pid), ...args], {
    // At a terminal Enter is the program's to hear. Elsewhere the pipe tells it, by closing, when this process has gone.
    stdio: [process.stdin.isTTY ? 'inherit' : 'pipe', 'pipe', 'inherit'],
    windowsHide: true,
  })
  let failure: Error | undefined
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
    child.once('error', (error) => {
      failure = error
      resolve(null)
    })
  })
  const stop = (): void => {
    // Windows has no SIGTERM to catch: there the closed pipe is what asks it to stop.
    if (process.platform !== 'win32') child.kill('SIGTERM')
    child.stdin?.end()
    setTimeout(() => child.kill('SIGKILL'), stopDeadline).unref()
  }
  if (context.signal.aborted) stop()
  context.signal.addEventListener('abort', stop, { once: true })
  return {
    ended,
    /** Throws the program's own fault, or INTERNAL when it said nothing that can be understood. */
    async ready(): Promise<Ready> {
      const { value, done } = await lines.next()
      if (done !== true) return parseReady(value)
      const exit = await ended
      if (context.signal.aborted) throw new Fault('CANCELLED', 'Stopped before the workbench was ready.')
      throw new Fault('INTERNAL', 'The workbench ended before it was ready.', { exit }, failure)
    },
  }
}

function parseReady(line: string): Ready {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new Fault('INTERNAL', 'The workbench said something unexpected instead of being ready.', {}, cause)
  }
  const refused = (value as { fault?: { code?: unknown; message?: unknown; details?: unknown } } | null)?.fault
  if (refused !== undefined && isFaultCode(refused.code))
    throw new Fault(refused.code, String(refused.message), (refused.details ?? {}) as Record<string, unknown>)
  return readySchema.parse(value)
}

async function freshLink(context: CommandContext): Promise<Outcome> {
  const program = launch(context, ['--link'])
  const document = await program.ready()
  await program.ended
  return { document, text: document.url }
}

/** `tpp serve`: the window in a browser, until stopped. */
export const serve: Command = {
  summary: 'Serve the window to a browser on this machine until stopped',
  usage: ['serve'],
  options: {
    open: { type: 'boolean', description: 'Open it in the browser at once' },
    link: { type: 'boolean', description: 'Only print a fresh link to the workbench that is served already' },
  },
  async run(context) {
    positionals(context, serve)
    const open = context.arguments.flag('open')
    if (context.arguments.flag('link')) {
      if (open) throw new Fault('USAGE', '--link prints a link and nothing else; leave --open away.')
      return freshLink(context)
    }
    const program = launch(context, open ? ['--open'] : [])
    const ready = await program.ready()
    const fresh = process.stdin.isTTY ? 'Enter prints' : '"tpp serve --link" prints'
    context.announce(
      ready,
      `The workbench is ready: ${ready.url}\nThe link is good once and for 10 minutes; ${fresh} a fresh one. Ctrl-C stops it.`,
    )
    const exit = await program.ended
    if (context.signal.aborted) return { document: undefined, text: '' }
    context.tell('The workbench ended by itself.')
    return { document: undefined, text: '', exit: exit ?? 70 }
  },
}
