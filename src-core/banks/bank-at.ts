/** A bank as it is at one environment: the environment's own values and what a person set, laid over the folder's facts. */
import type { BankEnvironment, EnvironmentOverride } from '#shared/bank-environment.ts'
import type { BankProfile } from '#shared/bank-profile.ts'
import { signingSchemeOf } from '../signing/schemes.ts'
import type { Bank, JsonSchema, Operation, OperationParameter } from './bank.ts'
import { findEnvironment, findOperation } from './find-operation.ts'
import { signedOperations } from './signed-operations.ts'

/** The last result per bank and environment, so that schemas compiled once are found again by identity. */
const made = new WeakMap<Bank, Map<string, { readonly from: string; readonly bank: Bank }>>()

export function bankAt(bank: Bank, environment: string, override: EnvironmentOverride | null): Bank {
  const known = made.get(bank) ?? new Map<string, { from: string; bank: Bank }>()
  made.set(bank, known)
  const from = JSON.stringify(override)
  const before = known.get(environment)
  if (before?.from === from) return before.bank
  const result = lay(bank, environment, override)
  known.set(environment, { from, bank: result })
  return result
}

function lay(bank: Bank, id: string, override: EnvironmentOverride | null): Bank {
  const environment = environmentAt(bank.environment(id), override)
  const environments = bank.profile.environments.map((each) => (each.id === id ? environment : each))
  const signing = override?.signing ?? bank.profile.signing
  const profile: BankProfile = {
    ...bank.profile,
    environments,
    signing,
    hosts: hostsAt(bank.profile.hosts, environment),
  }
  const result: Bank = {
    ...bank,
    profile,
    override,
    operations: bank.operations.map((operation) => operationAt(operation, environment, override)),
    components: componentsAt(bank.components, override),
    signs: signedOperations(bank.operations, signing),
    signing: override?.signing === undefined ? bank.signing : signingSchemeOf(signing),
    operation: (operation) => findOperation(result, operation),
    environment: (other) => findEnvironment(result, other),
  }
  return result
}

function environmentAt(environment: BankEnvironment, override: EnvironmentOverride | null): BankEnvironment {
  // An emptied field means "as in the folder", not "no address".
  const own = Object.entries(override?.urls ?? {}).filter(([, url]) => url !== '')
  return {
    ...environment,
    urls: { ...environment.urls, ...Object.fromEntries(own) },
    certificates: { ...environment.certificates, ...override?.certificates },
    ca: [...environment.ca, ...(override?.ca ?? [])],
    ...(override?.proxy === undefined ? {} : { proxy: override.proxy }),
  }
}

function hostsAt(hosts: BankProfile['hosts'], { certificates }: BankEnvironment): BankProfile['hosts'] {
  const entries = Object.entries(hosts).map(([name, host]) => [
    name,
    { ...host, clientCertificate: certificates[name] ?? host.clientCertificate },
  ])
  return Object.fromEntries(entries)
}

function operationAt(
  operation: Operation,
  environment: BankEnvironment,
  override: EnvironmentOverride | null,
): Operation {
  return {
    ...operation,
    path: override?.paths[operation.id] ?? operation.path,
    parameters: operation.parameters.map((parameter) => parameterAt(parameter, environment, override)),
  }
}

function parameterAt(
  parameter: OperationParameter,
  { values }: BankEnvironment,
  override: EnvironmentOverride | null,
): OperationParameter {
  const own = override?.parameters[`${parameter.in} ${parameter.name}`]
  const value = own?.value ?? (Object.hasOwn(values, parameter.name) ? values[parameter.name]! : null)
  if (own === undefined) return value === null ? parameter : { ...parameter, value }
  return {
    ...parameter,
    value,
    // A path has places, not names.
    wireName: parameter.in === 'path' ? parameter.name : (own.name ?? parameter.name),
    required: parameter.in === 'path' || (own.required ?? parameter.required),
    // A list of words a person gave replaces pattern and list of the folder.
    schema: own.enum === undefined ? parameter.schema : { type: 'string', enum: own.enum },
  }
}

function componentsAt(components: JsonSchema, override: EnvironmentOverride | null): JsonSchema {
  if (override === null || Object.keys(override.schemas).length === 0) return components
  return { ...components, schemas: { ...(components.schemas as JsonSchema | undefined), ...override.schemas } }
}
