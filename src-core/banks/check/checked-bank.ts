/** A folder that loads, as the checks look at it: its documents, the bank they make, and who has which name. */
import { nearest } from '#shared/near.ts'
import type { CompiledBank, Operation } from '../bank.ts'
import { type JsonObject, objectOf, ownValue, pointerOf, textOf } from './json-document.ts'
import type { FolderFiles } from './read-folder.ts'

/** One OpenAPI operation: several of the workbench's where `x-tpp-operations` tells them apart. */
export interface PrintedOperation {
  readonly operationId: string
  /** Place in openapi.yaml. */
  readonly place: string
  readonly node: JsonObject
  readonly operations: readonly Operation[]
}

export interface CheckedBank {
  readonly files: FolderFiles
  readonly bank: CompiledBank
  readonly printed: readonly PrintedOperation[]
  readonly operationIds: ReadonlySet<string>
}

export function checkedBank(files: FolderFiles, bank: CompiledBank): CheckedBank {
  const printed = new Map<string, { place: string; node: JsonObject; operations: Operation[] }>()
  for (const operation of bank.operations) {
    const path = ['paths', operation.path, operation.method.toLowerCase()]
    const place = pointerOf(path)
    const node = objectOf(path.reduce(ownValue, files.openapi))
    const entry = printed.get(place) ?? { place, node, operations: [] }
    entry.operations.push(operation)
    printed.set(place, entry)
  }
  return {
    files,
    bank,
    printed: [...printed.values()].map((each) => ({ ...each, operationId: textOf(each.node.operationId) ?? '' })),
    operationIds: new Set(bank.operations.map((operation) => operation.id)),
  }
}

/** The end of a message about a name nobody has. */
export function hint(wanted: string, known: Iterable<string>): string {
  const near = nearest(wanted, [...known], 3)
  return near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Correct the name or add what it means.'
}

/** Values that stand more than once, each with its second place. */
export function repeated(values: readonly string[]): { value: string; index: number }[] {
  return values.map((value, index) => ({ value, index })).filter(({ value, index }) => values.indexOf(value) < index)
}

/** What the workbench sends by itself: header defaults, what signing makes, and values an environment has. */
export function filledByItself({ profile }: CompiledBank): ReadonlySet<string> {
  const { signing } = profile
  const signed =
    signing.scheme === 'http-signature'
      ? ['signature', 'digest', 'date', signing.certificate.header]
      : signing.scheme === 'detached-jws'
        ? [signing.header, 'digest']
        : []
  return new Set(
    [
      ...signed,
      ...profile.headers.map((header) => header.name),
      ...profile.environments.flatMap((environment) => Object.keys(environment.values)),
    ].map((name) => name.toLowerCase()),
  )
}

/** Parameters of the bank as `<in> <name>`, each once. */
export function declaredParameters({ bank }: CheckedBank): string[] {
  const keys = bank.operations.flatMap(({ parameters }) => parameters.map(({ in: place, name }) => `${place} ${name}`))
  return [...new Set(keys)]
}
