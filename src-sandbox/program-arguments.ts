/** What the command line of the sandbox program says, checked. */
import { parseArgs } from 'node:util'
import { type Exposure, exposureOf } from '#sandbox/net/exposure.ts'
import { Fault } from '#shared/fault.ts'

export interface ProgramArguments {
  readonly home: string
  /** First of the consecutive ports; left out, remembered or free ones are taken. */
  readonly basePort: number | undefined
  /** Ids of the banks to simulate; empty means all of them. */
  readonly banks: readonly string[]
  /** The process whose end is also the sandbox's. */
  readonly parentPid: number | undefined
  /** Folder with the banks' folders; left out, it is searched upwards from the program. */
  readonly resources: string | undefined
  readonly exposure: Exposure
}

const usage =
  'Start it as: node src-sandbox/index.ts --home DIR [--port BASE] [--bank ID]... [--listen ADDRESS] [--host NAME]... [--parent-pid N] [--banks DIR].'

function wholeNumber(name: string, text: string | undefined, highest: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > highest)
    throw new Fault('USAGE', `--${name} must be a whole number from 1 to ${highest}. ${usage}`)
  return value
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      options: {
        home: { type: 'string' },
        port: { type: 'string' },
        bank: { type: 'string', multiple: true },
        'parent-pid': { type: 'string' },
        banks: { type: 'string' },
        listen: { type: 'string' },
        host: { type: 'string', multiple: true },
      },
    }).values
  } catch (cause) {
    throw new Fault('USAGE', `${cause instanceof Error ? cause.message : 'Unknown argument'}. ${usage}`, {}, cause)
  }
}

export function readProgramArguments(argv: readonly string[]): ProgramArguments {
  const values = parsed(argv)
  if (!values.home) throw new Fault('USAGE', `--home is missing. ${usage}`)
  return {
    home: values.home,
    basePort: wholeNumber('port', values.port, 65_000),
    banks: values.bank ?? [],
    parentPid: wholeNumber('parent-pid', values['parent-pid'], 2 ** 31),
    resources: values.banks,
    exposure: exposureOf(values.listen, values.host ?? []),
  }
}
