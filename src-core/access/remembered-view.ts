/** A remembered consent, payment or basket as window and terminal see it: with the meaning of its status, without its links. */
import type { BankProfile } from '#shared/bank-profile.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import type { ResourceRecord } from './resource-book.ts'

/** A status in the bank's own list, compared without regard to case; null for one the list does not have. */
export function statusIn(profile: BankProfile | null, vocabulary: string | undefined, code: string | null) {
  const list = vocabulary === undefined ? undefined : profile?.statuses[vocabulary]
  return list?.find((each) => each.code.toLowerCase() === code?.toLowerCase()) ?? null
}

export const profileOf = (profile: BankProfile | null, record: ResourceRecord): ResourceProfile | null =>
  profile?.resources?.find(({ kind }) => kind === record.kind) ?? null

/** @param profile of the bank; null when the bank is gone. */
export function rememberedView(record: ResourceRecord, profile: BankProfile | null): Remembered {
  const own = profileOf(profile, record)
  const status = statusIn(profile, own?.vocabulary, record.status)
  const vocabularyFor = (purpose: string) => own?.authorisations.find((each) => each.purpose === purpose)?.vocabulary
  return {
    id: record.id,
    kind: record.kind,
    bank: record.bank,
    environment: record.environment,
    identity: record.identity,
    resource: record.resource,
    status: record.status,
    meaning: status?.meaning ?? null,
    final: status?.final ?? false,
    createdAt: record.createdAt,
    seenAt: record.seenAt,
    validUntil: record.validUntil,
    frequencyPerDay: record.frequencyPerDay,
    recurring: record.recurring,
    replacedBy: record.replacedBy,
    authorisations: record.authorisations.map(({ id, purpose, status: code, customer, seenAt, timeline }) => ({
      id,
      purpose,
      status: code,
      final: statusIn(profile, vocabularyFor(purpose), code)?.final ?? false,
      customer,
      seenAt,
      timeline,
    })),
    links: record.links,
    operations: record.operations,
    exchange: record.exchange,
    parameters: record.parameters,
    timeline: record.timeline,
  }
}
