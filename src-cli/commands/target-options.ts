/** Options of every command that goes to a bank. */
import type { Arguments, Options } from '../command.ts'

export const targetOptions = {
  environment: { type: 'string', value: 'ID', description: 'Environment of the bank (sandbox)' },
  identity: { type: 'string', value: 'NAME', description: 'Identity by name or id (the only one there is)' },
} as const satisfies Options

/** Only what was given: the contract fills in the rest. */
export function targetInput(given: Arguments): { environment?: string; identity?: string } {
  const environment = given.text('environment')
  const identity = given.text('identity')
  return { ...(environment === undefined ? {} : { environment }), ...(identity === undefined ? {} : { identity }) }
}
