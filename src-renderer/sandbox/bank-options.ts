/** The simulated banks as choices, by the names people know. */
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { banks } from '../live-data.ts'

/** Name of a bank; its id while the names are not there yet. */
export const bankName = (id: string): string => banks.getState().value?.find((each) => each.id === id)?.name ?? id

export const bankOptions = (sandbox: SandboxReady): readonly (readonly [string, string])[] =>
  sandbox.banks.map(({ id }) => [id, bankName(id)] as const)
