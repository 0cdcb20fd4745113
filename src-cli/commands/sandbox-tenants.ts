import { type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'

/** `tpp sandbox tenants`: who is known, and the control token of one. */
export const sandboxTenants: Command = {
  summary: 'List the tenants of the sandbox, or make room for one and print its control token',
  usage: ['sandbox tenants'],
  options: {
    token: {
      type: 'string',
      value: 'ID',
      description: 'Print the control token of this organizationIdentifier: it steers that tenant and no other',
    },
  },
  examples: ['sandbox tenants --token PSDSE-FINA-5560123456'],
  async run(context) {
    positionals(context, sandboxTenants)
    const { sandbox } = await context.client()
    const tenant = context.arguments.text('token')
    if (tenant !== undefined) {
      const issued = await sandbox.tenantToken({ tenant }, { signal: context.signal })
      return { document: issued, text: issued.token }
    }
    const tenants = await sandbox.tenants(undefined, { signal: context.signal })
    const rows = tenants.map(({ tenant: id, offsetSeconds, banks, lastSeen }) => [
      id === '-' ? '- (calls without a known tenant)' : id,
      `${offsetSeconds} s`,
      banks.join(' '),
      lastSeen?.slice(0, 19) ?? '',
    ])
    return { document: tenants, text: table(['TENANT', 'CLOCK', 'BANKS', 'LAST CALL'], rows) }
  },
}

/** `tpp sandbox jumps`: where the clock can be moved to. */
export const sandboxJumps: Command = {
  summary: "List the jumps of a tenant's clock for: tpp sandbox clock <organisation id> --jump ID",
  usage: ['sandbox jumps <organisation id>'],
  async run(context) {
    const { tenant } = positionals(context, sandboxJumps, 'tenant')
    const jumps = await (await context.client()).sandbox.jumps({ tenant }, { signal: context.signal })
    const rows = jumps.map(({ id, seconds, title }) => [id, `${seconds} s`, title])
    return { document: jumps, text: table(['JUMP', 'FROM NOW', 'SHOWS'], rows) }
  },
}
