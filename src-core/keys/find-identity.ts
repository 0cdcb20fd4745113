/** Finds the identity a person means: by id, name or fingerprint, or the only one there is. */
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import type { IdentityRecord, RecordsFound } from './identity-records.ts'

/** Shortest beginning of a fingerprint that counts, in hexadecimal digits. */
const shortestPrefix = 8

/** @throws Fault IDENTITY_MISSING, IDENTITY_UNKNOWN, DATA_DAMAGED (only when the damaged one is asked for by its id) */
export function findIdentity({ records, damaged }: RecordsFound, ref: string | undefined): IdentityRecord {
  if (ref === undefined) return onlyIdentity({ records, damaged })
  const exact = records.find(({ id }) => id === ref) ?? records.find(({ name }) => name === ref)
  if (exact) return exact
  const broken = damaged.find(({ id }) => id === ref)
  if (broken) throw broken.fault
  const prefix = ref.replaceAll(':', '').toLowerCase()
  const byPrint = /^[0-9a-f]+$/.test(prefix) && prefix.length >= shortestPrefix
  const matching = byPrint ? records.filter(({ facts }) => facts.sha256.startsWith(prefix)) : []
  if (matching.length === 1) return matching[0]!
  const near = matching.length > 1 ? namesOf(matching) : nearest(ref, namesOf(records))
  const hints = [matching.length > 1 ? `Several begin with it: ${listed(near)}.` : whatElse(records, near)]
  if (damaged.length > 0) hints.push(`These are damaged and were not searched: ${idsOf(damaged).join(', ')}.`)
  const asked = ref.slice(0, 100)
  throw new Fault('IDENTITY_UNKNOWN', `There is no identity "${asked}". ${hints.join(' ')}`, { identity: asked, near })
}

function whatElse(records: readonly IdentityRecord[], near: readonly string[]): string {
  if (near.length > 0) return `Did you mean ${listed(near)}?`
  return records.length > 0 ? 'See tpp keys list for those there are.' : howToGetOne
}

/** For ids that come from `resolve` and whose identity has been deleted since. */
export function unknownIdentity(id: string): never {
  throw new Fault('IDENTITY_UNKNOWN', `There is no identity with the id "${id.slice(0, 100)}" any more.`, {
    identity: id.slice(0, 100),
  })
}

const howToGetOne =
  'Order a test certificate with tpp keys order --name NAME, or import one with tpp keys import FILE --name NAME.'

const idsOf = (damaged: RecordsFound['damaged']): string[] => damaged.map(({ id }) => id)
const namesOf = (records: readonly IdentityRecord[]): string[] => records.map(({ name }) => name)
const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

function onlyIdentity({ records, damaged }: RecordsFound): IdentityRecord {
  const [first] = records
  // A damaged record still counts: or a call that had to name its identity would quietly go out with another one.
  if (first && records.length + damaged.length === 1) return first
  const names = namesOf(records)
  if (first === undefined && damaged.length === 0) {
    throw new Fault('IDENTITY_MISSING', `There is no identity yet. ${howToGetOne}`, { names })
  }
  const broken = idsOf(damaged)
  const choices = [names.length > 0 ? listed(names) : '', broken.length > 0 ? `damaged: ${broken.join(', ')}` : '']
  const message = `Say which identity to use with --identity NAME: ${choices.filter(Boolean).join('; ')}.`
  throw new Fault('IDENTITY_MISSING', message, { names, damaged: broken })
}
