/** The faults a tenant has asked for: checked when they are set, found for a call, and gone once their number is used up. */
import type { Tenant } from '#sandbox/state/tenants.ts'
import type { SandboxFault, SandboxFaultKind, SandboxFaultParameter } from '#shared/sandbox-protocol.ts'
import { faultKinds } from './fault-kinds.ts'

/** What can be named in a setting of one bank. */
export interface FaultPlaces {
  readonly operations: readonly string[]
  readonly hosts: readonly string[]
}

export type Parameters = Readonly<Record<string, number | string>>

function wrongValue(parameter: SandboxFaultParameter, value: number | string): string | null {
  if (parameter.kind === 'choice')
    return parameter.choices.includes(String(value)) ? null : `must be one of ${parameter.choices.join(', ')}`
  const { minimum, maximum, unit } = parameter
  return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum
    ? null
    : `must be a whole number of ${unit} from ${minimum} to ${maximum}`
}

/** What is left out filled in with defaults, or the sentence that says what is wrong. */
function completed(kind: SandboxFaultKind, given: Parameters): Parameters | string {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(kind.parameters, name))
  const names = Object.keys(kind.parameters)
  if (unknown !== undefined)
    return `${kind.id} has no parameter ${unknown}; it has ${names.length > 0 ? names.join(', ') : 'none'}.`
  const all: Record<string, number | string> = {}
  for (const [name, parameter] of Object.entries(kind.parameters)) {
    const value = given[name] ?? parameter.default
    const wrong = wrongValue(parameter, value)
    if (wrong !== null) return `${name} of ${kind.id} ${wrong}.`
    all[name] = value
  }
  return all
}

function wrongPlace(kind: SandboxFaultKind, { bank, operation, host }: SandboxFault, places: FaultPlaces) {
  if (host !== undefined && !places.hosts.includes(host))
    return `${bank} has no host ${host}; it has ${places.hosts.join(', ')}.`
  if (operation === '*') return null
  if (kind.applies === 'connection')
    return `${kind.id} concerns whole connections, whatever is called on them: name a host instead of the operation ${operation}, or neither.`
  return places.operations.includes(operation) ? null : `${bank} has no operation ${operation}.`
}

/** The setting with every parameter, or the sentence that says what is wrong with it. */
export function checkedSetting(setting: SandboxFault, places: FaultPlaces): SandboxFault | string {
  const kind = faultKinds.get(setting.fault)
  if (!kind) return `There is no fault ${setting.fault}; there are ${[...faultKinds.keys()].join(', ')}.`
  const wrong = wrongPlace(kind, setting, places)
  if (wrong !== null) return wrong
  const parameters = completed(kind, setting.parameters)
  return typeof parameters === 'string' ? parameters : { ...setting, parameters: { ...parameters } }
}

/** Counts one use. False where its uses are gone already: another call came first. */
export function countUse(tenant: Tenant, setting: SandboxFault): boolean {
  const index = tenant.faults.indexOf(setting)
  if (index < 0) return false
  if (setting.times === undefined) return true
  setting.times -= 1
  if (setting.times === 0) tenant.faults.splice(index, 1)
  return true
}
