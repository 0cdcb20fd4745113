import type { Command } from '../command.ts'

/** `tpp doctor`: is everything there that the workbench stands on? */
export const doctor: Command = {
  summary: 'Check what the workbench stands on, with a remedy for what is missing',
  usage: ['doctor'],
  async run(context) {
    const report = await (await context.client()).workspace.doctor(undefined, { signal: context.signal })
    const lines = report.checks.map(
      ({ ok, message, remedy }) => `${ok ? '✓' : '✗'} ${message}${remedy === null ? '' : `\n  ${remedy}`}`,
    )
    return { document: report, text: lines.join('\n'), exit: report.ok ? 0 : 3 }
  },
}
