/** The profile of a bank as it is being edited, and how it is tidied and refused. */
import type { EditableProfile } from '#shared/contract/bank-import.ts'
import type { Fault } from '#shared/fault.ts'
import { type FieldProblem, tidySigning } from './environment-draft.ts'

export interface ProfileForm {
  readonly draft: EditableProfile
  /** As it stands in the folder. */
  readonly saved: EditableProfile
  readonly change: (change: Partial<EditableProfile>) => void
  readonly problemOf: (field: string) => string | null
}

type Environment = EditableProfile['environments'][number]

/** What typing leaves behind goes: spaces around texts, gaps in lists. */
export function tidyProfile(profile: EditableProfile): EditableProfile {
  return {
    ...profile,
    name: profile.name.trim(),
    signing: tidySigning(profile.signing),
    environments: profile.environments.map((environment) => ({
      ...environment,
      id: environment.id.trim(),
      name: environment.name.trim(),
      urls: Object.fromEntries(Object.entries(environment.urls).map(([host, url]) => [host, url.trim()])),
    })),
  }
}

/** The contract names a field, the engine a place of the profile; environments are met by their number or their id. */
export function problemOfProfile(fault: Fault | null): FieldProblem | null {
  const named = fault?.details.field ?? fault?.details.place
  if (fault === null || fault.code !== 'INPUT_INVALID' || typeof named !== 'string' || named === '') return null
  const field = named.replace(/^profile\./, '')
  const message = fault.message.startsWith(`${named}: `) ? fault.message.slice(named.length + 2) : fault.message
  return { field, message }
}

/** `name = value`, one per line. */
export const linesOf = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')

/** A line without `=` is a name whose value is still to come. */
export function valuesOf(lines: string): Record<string, string> {
  const entries = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf('=')
      return at < 0 ? ([line.trim(), ''] as const) : ([line.slice(0, at).trim(), line.slice(at + 1).trim()] as const)
    })
  return Object.fromEntries(entries.filter(([name]) => name !== ''))
}

/** An environment nobody has yet, with the bank's hosts to fill in. */
export function newEnvironment({ environments, hosts }: EditableProfile): Environment {
  const ids = environments.map(({ id }) => id)
  let number = environments.length + 1
  while (ids.includes(`environment-${number}`)) number += 1
  return {
    id: `environment-${number}`,
    name: `Environment ${number}`,
    kind: 'bank-sandbox',
    urls: Object.fromEntries(Object.keys(hosts).map((host) => [host, ''])),
    certificates: {},
    ca: [],
    values: {},
  }
}
