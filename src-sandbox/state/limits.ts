/** How much the sandbox takes in (docs/sandbox.md lists it), and the error that says that it is full. */

export const limits = {
  tenants: 1000,
  /** Calls kept in a tenant's log, and their texts together, in characters. */
  logEntries: 500,
  logCharacters: 2_000_000,
  /** Of these, calls whose request headers are kept too. */
  logHeaders: 100,
  /** Of these, calls a restart still knows. */
  savedLogEntries: 100,
  /** Things of one kind (payments, consents, tokens …) a tenant has at one bank. */
  thingsOfAKind: 5000,
  /** Characters of the state file. */
  stateCharacters: 64 * 1024 * 1024,
  /** Bytes of a request, and of a saved state that is loaded. */
  body: 1024 * 1024,
  snapshot: 16 * 1024 * 1024,
  /** Requests per second from one other machine, and how many may come at once. This machine is not counted. */
  requestsPerSecond: 100,
  burst: 400,
} as const

export class SandboxFull extends Error {
  override readonly name = 'SandboxFull'
}
