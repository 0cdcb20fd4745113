/** What the command line of the local host says, checked. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '#shared/fault.ts'

export interface ProgramArguments {
  /** Folder of the built window. */
  readonly window: string
  readonly open: boolean
  /** The process whose end is also this program's. */
  readonly parentPid: number | undefined
  readonly startSandbox: boolean
  /** Only ask the host that runs already for a fresh link. */
  readonly link: boolean
}

const usage =
  'Start it as: node src-local/index.ts [--window DIR] [--open] [--parent-pid N] [--no-sandbox-start], or with --link alone.'

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      options: {
        window: { type: 'string' },
        open: { type: 'boolean', default: false },
        'parent-pid': { type: 'string' },
        'no-sandbox-start': { type: 'boolean', default: false },
        link: { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new Fault('USAGE', `${cause instanceof Error ? cause.message : 'Unknown argument'}. ${usage}`, {}, cause)
  }
}

/** Beside the built program, whichever of its parts this is, or in `out` when run from the sources. */
function builtWindow(): string {
  const places = ['../renderer', '../../renderer', '../out/renderer'].map((path) => join(import.meta.dirname, path))
  return places.find((place) => existsSync(join(place, 'index.html'))) ?? places[0]!
}

function processId(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new Fault('USAGE', `--parent-pid must be a whole number from 1. ${usage}`)
}

/** Throws USAGE. */
export function readProgramArguments(argv: readonly string[]): ProgramArguments {
  const values = parsed(argv)
  return {
    window: values.window === undefined ? builtWindow() : resolve(values.window),
    open: values.open,
    parentPid: processId(values['parent-pid']),
    startSandbox: !values['no-sandbox-start'],
    link: values.link,
  }
}
