/** Refuses what a person set for an environment when it names something the bank does not have, by field. */
import { X509Certificate } from 'node:crypto'
import type { EnvironmentOverride } from '#shared/bank-environment.ts'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import type { Bank } from './bank.ts'

const refuse = (field: string, message: string): Fault => new Fault('INPUT_INVALID', message, { field })

function requireKnown(field: string, what: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const near = nearest(unknown, known)
  const hint = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ''
  throw refuse(`${field}.${unknown}`, `The bank has no ${what} "${unknown}".${hint}`)
}

const placeholders = (path: string): string[] => [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!).sort()

/** A path that lost or gained a placeholder would ask for another resource than the parameters say. */
function checkPaths(bank: Bank, paths: EnvironmentOverride['paths']): void {
  for (const [id, path] of Object.entries(paths)) {
    const expected = placeholders(bank.operation(id).path)
    if (placeholders(path).join() === expected.join()) continue
    const wanted = expected.length === 0 ? 'no placeholders' : expected.map((name) => `{${name}}`).join(', ')
    throw refuse(`paths.${id}`, `The path of ${id} needs ${wanted}.`)
  }
}

/** A header name that is none, or two parameters of one name, could not be sent. */
function checkNames(bank: Bank, parameters: EnvironmentOverride['parameters']): void {
  const taken = new Map<string, string>()
  for (const key of parameterKeys(bank)) {
    const [place = '', declared = ''] = key.split(' ')
    const name = parameters[key]?.name ?? declared
    if (place === 'header' && !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name))
      throw refuse(`parameters.${key}.name`, `"${name}" is not a header name: letters, digits and - only.`)
    const wire = place === 'header' ? `${place} ${name.toLowerCase()}` : `${place} ${name}`
    const other = taken.get(wire)
    if (other !== undefined && (parameters[key]?.name !== undefined || parameters[other]?.name !== undefined))
      throw refuse(`parameters.${key}.name`, `"${name}" is the name of another parameter already: ${other}.`)
    taken.set(wire, key)
  }
}

const parameterKeys = (bank: Bank): string[] => [
  ...new Set(bank.operations.flatMap(({ parameters }) => parameters.map((each) => `${each.in} ${each.name}`))),
]

function checkAuthorities(ca: readonly string[]): void {
  ca.forEach((pem, index) => {
    try {
      void new X509Certificate(pem)
    } catch {
      throw refuse(`ca.${index}`, 'A certificate authority does not decode: give it as PEM, one certificate each.')
    }
  })
}

/** @param bank as its folder says. Throws INPUT_INVALID. */
export function checkOverride(bank: Bank, override: EnvironmentOverride): void {
  const hosts = Object.keys(bank.profile.hosts)
  const operations = bank.operations.map((operation) => operation.id)
  const schemas = Object.keys((bank.components.schemas ?? {}) as object)
  const assumptions = bank.profile.assumptions.map((assumption) => assumption.id)
  requireKnown('urls', 'host', Object.keys(override.urls), hosts)
  requireKnown('certificates', 'host', Object.keys(override.certificates), hosts)
  requireKnown('paths', 'operation', Object.keys(override.paths), operations)
  requireKnown('parameters', 'parameter', Object.keys(override.parameters), parameterKeys(bank))
  requireKnown('schemas', 'schema', Object.keys(override.schemas), schemas)
  requireKnown('assumptions', 'assumption', Object.keys(override.assumptions), assumptions)
  checkPaths(bank, override.paths)
  checkAuthorities(override.ca)
  checkNames(bank, override.parameters)
}
