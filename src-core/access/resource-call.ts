/** Makes the calls that are about one remembered consent, payment or basket, with its ids filled in. */
import type { Draft } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { presentHeader } from '#shared/presence.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import type { Bank } from '../banks/bank.ts'
import type { AccessParts } from './access-target.ts'
import { profileOf } from './remembered-view.ts'
import type { ResourceBook, ResourceRecord } from './resource-book.ts'

/** What a person gives along with a call about one. */
export interface GivenToCall {
  readonly parameters: Readonly<Record<string, string>>
  /** Address of the customer who is asking at the moment. */
  readonly present?: string | undefined
}

export interface ResourceParts extends AccessParts {
  readonly resources: ResourceBook
}

/** A remembered resource with the bank's own words about it. */
export interface OpenResource {
  readonly bank: Bank
  readonly record: ResourceRecord
  readonly profile: ResourceProfile
}

/** Throws RESOURCE_UNKNOWN, BANK_UNKNOWN. */
export async function openResource(ref: string, parts: ResourceParts): Promise<OpenResource> {
  const record = await parts.resources.find(ref)
  const bank = await parts.banks.at(record.bank, record.environment)
  const profile = profileOf(bank.profile, record)
  if (profile !== null) return { bank, record, profile }
  throw new Fault('OPERATION_NOT_OFFERED', `${bank.name} has no calls about a ${record.kind} in its data.`, {
    bank: bank.id,
  })
}

/** The parameters with the header that says where the customer is; one that is named in full goes before it. */
export function givenFor({ bank }: Pick<OpenResource, 'bank'>, { parameters, present }: GivenToCall) {
  if (present === undefined) return parameters
  const header = presentHeader(bank.profile)
  const named = Object.keys(parameters).some((name) => name.toLowerCase() === header.toLowerCase())
  return named ? parameters : { ...parameters, [header]: present }
}

/**
 * The draft of one of its calls. Parameters the operation does not have are left out: the same words serve every call.
 * @throws Fault OPERATION_NOT_OFFERED for a call the bank does not have.
 */
export function resourceDraft(
  { bank, record, profile }: OpenResource,
  operation: string | undefined,
  given: Readonly<Record<string, string>>,
): Draft {
  if (operation === undefined)
    throw new Fault('OPERATION_NOT_OFFERED', `${bank.name} has no such call for a ${record.kind} in its data.`, {
      bank: bank.id,
    })
  const ids = profile.parameters.map((name): [string, string] => [name, record.resource])
  const all = Object.entries({ ...record.parameters, ...Object.fromEntries(ids), ...given })
  const takes = bank.operation(operation).parameters.map(({ name }) => name.toLowerCase())
  return {
    bank: record.bank,
    environment: record.environment,
    operation,
    parameters: Object.fromEntries(all.filter(([name]) => takes.includes(name.toLowerCase()))),
    headers: {},
    ...(record.identity === null ? {} : { identity: record.identity }),
    ...(record.grant === null ? {} : { grant: record.grant }),
    insist: false,
    deadline: 30_000,
  }
}
