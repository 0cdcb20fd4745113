/** The calls about one created thing as drafts: its id and the product it was created with filled in. */
import type { OperationView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'

const namesIn = (path: string): readonly string[] => [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!)

/** @param given headers and other values besides */
export function draftAbout(
  thing: Remembered,
  profile: Pick<ResourceProfile, 'parameters'>,
  operation: Pick<OperationView, 'id' | 'path'>,
  given: Readonly<Record<string, string>> = {},
): DraftInput {
  const ids = Object.fromEntries(profile.parameters.map((name) => [name, thing.resource]))
  const known: Readonly<Record<string, string>> = { ...thing.parameters, ...ids }
  const inPath = namesIn(operation.path).flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]]))
  return {
    bank: thing.bank,
    environment: thing.environment,
    operation: operation.id,
    parameters: { ...(Object.fromEntries(inPath) as Record<string, string>), ...given },
    ...(thing.identity === null ? {} : { identity: thing.identity }),
  }
}

/** The scope an operation about the thing needs, its id filled in; null where it needs none. */
export function scopeAbout(
  thing: Remembered,
  profile: Pick<ResourceProfile, 'parameters'>,
  operation: Pick<OperationView, 'scope'> | undefined,
): string | null {
  const scope = operation?.scope ?? null
  if (scope === null) return null
  return scope.replace(/\{([^}]+)\}/g, (placeholder, name: string) =>
    profile.parameters.includes(name) ? thing.resource : (thing.parameters[name] ?? placeholder),
  )
}
