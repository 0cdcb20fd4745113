import type { Command } from '../command.ts'
import { table } from '../print/table.ts'

/** `tpp banks`: which banks are known. */
export const banks: Command = {
  summary: 'List the banks with their environments',
  usage: ['banks'],
  async run(context) {
    const list = await (await context.client()).banks.list(undefined, { signal: context.signal })
    const rows = list.map(({ id, name, operations, errors, environments, source }) => [
      id,
      name,
      String(operations),
      String(errors),
      source,
      environments.map((environment) => `${environment.id}${environment.ready ? '' : ' (not ready)'}`).join(', '),
    ])
    return { document: list, text: table(['ID', 'NAME', 'OPERATIONS', 'ERRORS', 'SOURCE', 'ENVIRONMENTS'], rows) }
  },
}
