/** The calls about one consent or payment: in the bank's document their paths go on from the one that created it. */
import type { OperationView } from '#shared/contract/banks.ts'
import { linkedOperation } from '#shared/linked-operation.ts'

/** What of the creation is needed, as history has it. */
export interface Creation {
  readonly operation: string
  readonly url: string
}

export interface CallAbout {
  readonly operation: OperationView
  readonly parameters: Readonly<Record<string, string>>
  /** It is about the resource itself, not about a part of it. */
  readonly itself: boolean
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '')
const nameIn = (segment: string | undefined): string | null => /^\{(.+)\}$/.exec(segment ?? '')?.[1] ?? null

export function callsAbout(
  creation: Creation,
  resource: string,
  /** The bank's ids; one fills in the path of calls about an authorisation. */
  authorisations: readonly string[],
  operations: readonly OperationView[],
): readonly CallAbout[] {
  const create = operations.find(({ id }) => id === creation.operation)
  if (create === undefined) return []
  const start = segmentsOf(create.path)
  const given =
    linkedOperation({ rel: 'create', method: create.method, href: creation.url }, [create])?.parameters ?? {}
  return operations.flatMap((operation): CallAbout[] => {
    const segments = segmentsOf(operation.path)
    const id = nameIn(segments[start.length])
    if (id === null || start.some((segment, place) => segments[place] !== segment)) return []
    const rest = segments.slice(start.length + 1)
    const names = rest.flatMap((segment) => nameIn(segment) ?? [])
    const part = names.length === 1 && authorisations.length === 1 ? { [names[0]!]: authorisations[0]! } : {}
    return [{ operation, parameters: { ...given, [id]: resource, ...part }, itself: rest.length === 0 }]
  })
}
