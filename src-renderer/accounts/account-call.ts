/** What a call about accounts goes out with: the grant's ids, the customer's address where they are present, what else the bank needs. */

import type { Grant } from '#shared/contract/access.ts'
import type { BankDetail, OperationDetail, ParameterView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { matchScope } from '../access/scope-template.ts'

export interface CallPlace {
  readonly bank: string
  readonly environment: string
  readonly identity: string | null
  /** null where the bank asks for no token. */
  readonly grant: Grant | null
  /** Without a grant: the consent that is read under, at a bank that gave no token for it. */
  readonly consent?: Remembered | null
}

/** The newest consent that can be used, where its bank leads customers to a page and gives no token. */
export function standingConsent(bank: BankDetail, environment: string, consents: readonly Remembered[]) {
  const active = bank.resources.find(({ kind }) => kind === 'consent')?.active
  const here = consents.filter(
    (each) => each.kind === 'consent' && each.bank === bank.id && each.environment === environment,
  )
  return here.find(({ status }) => active !== undefined && status === active) ?? null
}

/** The framework's own name for it, where a profile counts no calls. */
const usualPresence = 'PSU-IP-Address'

export function presenceHeader(bank: BankDetail, operations: readonly OperationDetail[]): string | null {
  const name = bank.unattended?.presentHeader ?? usualPresence
  const declared = operations.some(({ parameters }) => parameters.some((each) => same(each.name, name)))
  return declared ? name : null
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The ids that the scopes of a grant carry for an operation; null where the grant is for something else. */
export function idsOf(operation: OperationDetail, grant: Grant): Readonly<Record<string, string>> | null {
  if (operation.scope === null) return {}
  const scopes = [operation.scope, grant.scope] as const
  return (
    [grant.scope, ...grant.scope.split(' ')].map((each) => matchScope(scopes[0], each)).find((ids) => ids !== null) ??
    null
  )
}

/** Parameters of a consent's id, where it stands beside the token and not in its scope. */
function consentIds(bank: BankDetail, consents: readonly Remembered[], place: CallPlace): Record<string, string> {
  const { grant } = place
  const names = bank.resources.find(({ kind }) => kind === 'consent')?.parameters ?? []
  const own =
    grant === null
      ? place.consent
      : consents.find(({ id, resource }) => grant.consent !== null && [id, resource].includes(grant.consent))
  return own == null ? {} : Object.fromEntries(names.map((name) => [name, own.resource]))
}

/** What nothing fills in: a person has to. */
export function openParameters(
  operations: readonly OperationDetail[],
  filled: readonly string[],
): readonly ParameterView[] {
  const open = new Map<string, ParameterView>()
  for (const each of operations.flatMap(({ parameters }) => parameters)) {
    const { name, required, computed, value } = each
    if (required && computed === null && value === null && !filled.some((other) => same(other, name)))
      open.set(name, each)
  }
  return [...open.values()]
}

export interface CallParts {
  readonly place: CallPlace
  readonly bank: BankDetail
  readonly consents: readonly Remembered[]
  /** The header with the customer's address; nothing while they are away. */
  readonly presence: Readonly<Record<string, string>>
  /** What a person typed for parameters that nothing fills in. */
  readonly typed: Readonly<Record<string, string>>
}

/** Names that the parts fill in by themselves. */
export function filledBy(
  { place, bank, consents }: CallParts,
  operations: readonly OperationDetail[],
): readonly string[] {
  const { grant } = place
  const scoped = grant === null ? [] : operations.flatMap((operation) => Object.keys(idsOf(operation, grant) ?? {}))
  return [...scoped, ...Object.keys(consentIds(bank, consents, place))]
}

export function accountDraft(
  parts: CallParts,
  operation: OperationDetail,
  own: Readonly<Record<string, string>>,
  path?: string,
): DraftInput {
  const { place, bank, consents, presence, typed } = parts
  const { grant, identity } = place
  const all: Record<string, string> = {
    ...consentIds(bank, consents, place),
    ...(grant === null ? {} : idsOf(operation, grant)),
    ...typed,
    ...presence,
    ...own,
  }
  const taken = operation.parameters.map(({ name }) => name)
  const parameters = Object.entries(all).filter(
    ([name, value]) => value !== '' && taken.some((other) => same(other, name)),
  )
  return {
    bank: place.bank,
    environment: place.environment,
    operation: operation.id,
    parameters: Object.fromEntries(parameters),
    ...(identity === null ? {} : { identity }),
    ...(grant === null ? {} : { grant: grant.id }),
    ...(path === undefined ? {} : { path }),
  }
}
