import { Fault } from '#shared/fault.ts'
import { type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'

/** `tpp sandbox status`: does one run, and where. */
export const sandboxStatus: Command = {
  summary: 'Say whether the local sandbox runs, and where',
  usage: ['sandbox status'],
  async run(context) {
    positionals(context, sandboxStatus)
    const status = await (await context.client()).sandbox.status(undefined, { signal: context.signal })
    const banks = status.sandbox?.banks.map(({ id, urls }) => `${id}: ${Object.values(urls).join(' ')}`) ?? []
    return {
      document: status,
      text: status.running
        ? [
            status.attached ? `Attached to the sandbox at ${status.attached}.` : 'The local sandbox runs.',
            ...banks,
          ].join('\n')
        : 'The local sandbox is not running. Start it with: tpp sandbox',
    }
  },
}

/** `tpp sandbox customers <bank>`: who can log in there. */
export const sandboxCustomers: Command = {
  summary: "List the sandbox customers of a bank (for --psu and the bank's login)",
  usage: ['sandbox customers <bank>'],
  async run(context) {
    const { bank } = positionals(context, sandboxCustomers, 'bank')
    const customers = await (await context.client()).sandbox.customers({ bank }, { signal: context.signal })
    const rows = customers.map(({ name, parameters, about }) => [
      name,
      Object.entries(parameters)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
      about,
    ])
    return { document: customers, text: table(['NAME', 'LOGIN', 'ABOUT'], rows) }
  },
}

/** `tpp sandbox clock`: look at or move a tenant's clock. */
export const sandboxClock: Command = {
  summary: "Show a tenant's sandbox clock, or move it (tenant: the organizationIdentifier of the certificate)",
  usage: ['sandbox clock <organisation id>'],
  options: {
    offset: { type: 'string', value: 'SECONDS', description: 'How far ahead of this machine the clock shall run' },
    jump: { type: 'string', value: 'ID', description: 'A named jump from its time now; see: tpp sandbox jumps' },
  },
  examples: ['sandbox clock PSDSE-FINA-5560123456 --offset 601', 'sandbox clock PSDSE-FINA-5560123456 --jump 91-days'],
  async run(context) {
    const { tenant } = positionals(context, sandboxClock, 'tenant')
    const offsetSeconds = context.arguments.integer('offset', -4_000_000_000, 4_000_000_000)
    const jump = context.arguments.text('jump')
    if (jump !== undefined && offsetSeconds !== undefined)
      throw new Fault('USAGE', 'Give --jump or --offset, not both.', { option: 'jump' })
    const clock = await (await context.client()).sandbox.clock(
      { tenant, ...(jump === undefined ? {} : { jump }), ...(offsetSeconds === undefined ? {} : { offsetSeconds }) },
      { signal: context.signal },
    )
    return { document: clock, text: `The clock of ${tenant} runs ${clock.offsetSeconds} s ahead.` }
  },
}

/** `tpp sandbox log`: the bank's side of each call. */
export const sandboxLog: Command = {
  summary: 'Show what the sandbox banks received from a tenant and why they answered so',
  usage: ['sandbox log <organisation id>'],
  async run(context) {
    const { tenant } = positionals(context, sandboxLog, 'tenant')
    const entries = await (await context.client()).sandbox.log({ tenant }, { signal: context.signal })
    const rows = entries.map(({ at, status, method, path, reason }) => [
      at.slice(11, 19),
      String(status),
      method,
      path,
      reason,
    ])
    return {
      document: entries,
      text:
        rows.length === 0
          ? 'Nothing was received from this tenant.'
          : table(['AT', 'STATUS', 'METHOD', 'PATH', 'WHY'], rows),
    }
  },
}
