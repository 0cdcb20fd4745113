/** Faults as people read and set them: where they apply, with which values, and how often. */
import type { SandboxFault, SandboxFaultKind, SandboxFaultParameter } from '#shared/sandbox-protocol.ts'

export type FaultKinds = ReadonlyMap<string, SandboxFaultKind>

export const placeWords: Readonly<Record<SandboxFaultKind['applies'], string>> = {
  call: 'Calls and pages',
  'token-call': 'Token calls',
  redirect: 'Redirects back to the client',
  connection: 'Connections, of everyone',
}

/** `3000 milliseconds`, `carried-out: yes`. */
export function parameterWords(kind: SandboxFaultKind | undefined, { parameters }: SandboxFault): string {
  return Object.entries(parameters)
    .map(([name, value]) => {
      const known = kind?.parameters[name]
      if (known?.kind !== 'number') return `${name}: ${value}`
      return known.unit === name || known.unit.includes(name)
        ? `${value} ${known.unit}`
        : `${name}: ${value} ${known.unit}`
    })
    .join(', ')
}

export const timesWords = (times: number | undefined): string =>
  times === undefined ? 'until removed' : `${times} more ${times === 1 ? 'time' : 'times'}`

/** How often it still applies does not make it another one. */
const isSame = (one: SandboxFault, other: SandboxFault): boolean =>
  JSON.stringify([one.bank, one.operation, one.host, one.fault, one.parameters]) ===
  JSON.stringify([other.bank, other.operation, other.host, other.fault, other.parameters])

const samePlace = (one: SandboxFault, other: SandboxFault): boolean =>
  one.bank === other.bank && one.operation === other.operation && one.host === other.host && one.fault === other.fault

export const withoutFault = (set: readonly SandboxFault[], gone: SandboxFault): SandboxFault[] => {
  const at = set.findIndex((each) => isSame(each, gone))
  return set.filter((_, index) => index !== at)
}

/** One that is set again at the same place takes its own place. */
export const withFault = (set: readonly SandboxFault[], added: SandboxFault): SandboxFault[] => [
  ...set.filter((each) => !samePlace(each, added)),
  added,
]

/** What was typed, as the value of a parameter; text that is no number goes on as it is, for the sandbox to refuse. */
export function parameterValue(parameter: SandboxFaultParameter, typed: string): number | string {
  if (parameter.kind === 'choice') return typed
  return typed.trim() !== '' && Number.isFinite(Number(typed)) ? Number(typed) : typed
}
