/** Every command by name; each is loaded only when it is run. */
import type { Command } from './command.ts'

type Load = () => Promise<Command>

export const commands = {
  demo: async () => (await import('./commands/demo.ts')).demo,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  banks: async () => (await import('./commands/banks.ts')).banks,
  environment: async () => (await import('./commands/environment.ts')).environment,
  operations: async () => (await import('./commands/operations.ts')).operations,
  errors: async () => (await import('./commands/errors.ts')).errors,
  'keys order': async () => (await import('./commands/keys-order.ts')).keysOrder,
  'keys import': async () => (await import('./commands/keys-import.ts')).keysImport,
  'keys list': async () => (await import('./commands/keys.ts')).keysList,
  'keys inspect': async () => (await import('./commands/keys.ts')).keysInspect,
  'keys delete': async () => (await import('./commands/keys.ts')).keysDelete,
  register: async () => (await import('./commands/register.ts')).register,
  'access authorise': async () => (await import('./commands/access-authorise.ts')).accessAuthorise,
  'access enter': async () => (await import('./commands/access-enter.ts')).accessEnter,
  'access list': async () => (await import('./commands/access.ts')).accessList,
  'access refresh': async () => (await import('./commands/access.ts')).accessRefresh,
  'access revoke': async () => (await import('./commands/access.ts')).accessRevoke,
  call: async () => (await import('./commands/call.ts')).call,
  history: async () => (await import('./commands/history.ts')).history,
  serve: async () => (await import('./commands/serve.ts')).serve,
  sandbox: async () => (await import('./commands/sandbox.ts')).sandbox,
  'sandbox status': async () => (await import('./commands/sandbox-steering.ts')).sandboxStatus,
  'sandbox customers': async () => (await import('./commands/sandbox-steering.ts')).sandboxCustomers,
  'sandbox clock': async () => (await import('./commands/sandbox-steering.ts')).sandboxClock,
  'sandbox log': async () => (await import('./commands/sandbox-steering.ts')).sandboxLog,
} as const satisfies Record<string, Load>
