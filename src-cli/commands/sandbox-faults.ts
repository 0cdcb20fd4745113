import { Fault } from '#shared/fault.ts'
import type { SandboxFault, SandboxFaultKind, SandboxFaultParameter } from '#shared/sandbox-protocol.ts'
import { type Arguments, assignments, type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'

const parameterWords = (name: string, parameter: SandboxFaultParameter): string =>
  parameter.kind === 'choice'
    ? `${name}=${parameter.choices.join('|')}`
    : `${name}=${parameter.default} (${parameter.unit}, ${parameter.minimum} to ${parameter.maximum})`

const places: Readonly<Record<SandboxFaultKind['applies'], string>> = {
  call: 'calls and pages',
  'token-call': 'token calls',
  redirect: 'redirects back',
  connection: 'connections, of everyone',
}

function kindsText(known: readonly SandboxFaultKind[]): string {
  const rows = known.map(({ id, applies, about, parameters }) => {
    const values = Object.entries(parameters).map(([name, parameter]) => parameterWords(name, parameter))
    return [id, places[applies], values.join('; '), about]
  })
  return table(['FAULT', 'APPLIES TO', 'VALUES', 'WHAT HAPPENS'], rows)
}

function settingsText(set: readonly SandboxFault[]): string {
  if (set.length === 0) return 'Nothing is made to go wrong.'
  const rows = set.map(({ bank, operation, host, fault, parameters, times }) => [
    bank,
    host === undefined ? operation : `${operation} at ${host}`,
    fault,
    Object.entries(parameters)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    times === undefined ? 'until cleared' : `${times} more`,
  ])
  return table(['BANK', 'OPERATION', 'FAULT', 'VALUES', 'TIMES'], rows)
}

/** `hang`, or `latency:milliseconds=500`, several values after one another with commas. */
function readFault(words: string): Pick<SandboxFault, 'fault' | 'parameters'> {
  const colon = words.indexOf(':')
  if (colon < 0) return { fault: words, parameters: {} }
  const values = assignments(words.slice(colon + 1).split(','), 'A value of a fault')
  const parameters = Object.entries(values).map(([name, value]) => [
    name,
    /^-?\d+$/.test(value) ? Number(value) : value,
  ])
  return { fault: words.slice(0, colon), parameters: Object.fromEntries(parameters) as SandboxFault['parameters'] }
}

function readSettings(given: Arguments): SandboxFault[] {
  const words = given.texts('set')
  const bank = given.text('bank')
  const times = given.integer('times', 1, 1_000_000)
  const host = given.text('host')
  if (words.length === 0) {
    const idle = ['operation', 'host', 'times'].find((name) => given.text(name) !== undefined)
    if (idle === undefined) return []
    throw new Fault('USAGE', `--${idle} says where or how often a fault applies: name the fault with --set.`, {
      option: idle,
    })
  }
  if (bank === undefined) throw new Fault('USAGE', 'Name with --bank whose calls shall go wrong.', { option: 'bank' })
  return words.map((each) => ({
    bank,
    operation: given.text('operation') ?? '*',
    ...readFault(each),
    ...(host === undefined ? {} : { host }),
    ...(times === undefined ? {} : { times }),
  }))
}

const samePlace = (one: SandboxFault, other: SandboxFault): boolean =>
  one.bank === other.bank && one.operation === other.operation && one.host === other.host && one.fault === other.fault

/** What stays of what was set before: a fault that is set again at the same place replaces itself. */
function kept(before: readonly SandboxFault[], added: readonly SandboxFault[], given: Arguments): SandboxFault[] {
  const bank = given.text('bank')
  const left = given.flag('clear') ? before.filter((one) => bank !== undefined && one.bank !== bank) : before
  return left.filter((one) => !added.some((other) => samePlace(one, other)))
}

/** `tpp sandbox faults`: make the sandbox's banks go wrong on purpose. */
export const sandboxFaults: Command = {
  summary: 'Let calls to the sandbox banks go wrong: slow, lost, cut off, malformed answers, broken TLS',
  usage: ['sandbox faults', 'sandbox faults <organisation id>'],
  options: {
    bank: { type: 'string', value: 'ID', description: 'The bank whose calls are concerned' },
    set: {
      type: 'string',
      value: 'FAULT[:NAME=VALUE,…]',
      multiple: true,
      description: 'Add a fault; may be given several times. Without an organisation id all of them are listed',
    },
    operation: { type: 'string', value: 'ID', description: 'Only calls of this operation (every call and page)' },
    host: { type: 'string', value: 'HOST', description: 'Only at this host of the bank (every host)' },
    times: { type: 'string', value: 'N', description: 'So many times, then no more (until cleared)' },
    clear: { type: 'boolean', description: 'Take faults away: all of them, or those of --bank; before --set is done' },
  },
  examples: [
    'sandbox faults',
    'sandbox faults PSDSE-FINA-5560123456 --bank ica-banken --operation ica-accounts-list --set latency:milliseconds=2000',
    'sandbox faults PSDSE-FINA-5560123456 --bank ica-banken --set lost-refresh-answer --times 1',
    'sandbox faults PSDSE-FINA-5560123456 --clear',
  ],
  async run(context) {
    const given = context.arguments
    const added = readSettings(given)
    const signal = { signal: context.signal }
    if (given.positionals.length === 0 && added.length === 0 && !given.flag('clear')) {
      const { known } = await (await context.client()).sandbox.faults({}, signal)
      return { document: known, text: kindsText(known) }
    }
    const { tenant } = positionals(context, sandboxFaults, 'tenant')
    const { sandbox } = await context.client()
    const before = (await sandbox.faults({ tenant }, signal)).set
    if (added.length === 0 && !given.flag('clear')) return { document: before, text: settingsText(before) }
    const wanted = [...kept(before, added, given), ...added]
    const { set } = await sandbox.faults({ tenant, set: wanted }, signal)
    return { document: set, text: settingsText(set) }
  },
}
