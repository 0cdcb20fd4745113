/** Reads and edits the part of `bank.yaml` a person changes in the window; comments and everything else in it stay. */
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { type BankProfile, bankProfileSchema } from '#shared/bank-profile.ts'
import type { EditableProfile } from '#shared/contract/bank-import.ts'
import { Fault } from '#shared/fault.ts'
import { spliceYaml } from './splice-yaml.ts'

function readBankProfile(text: string, bank: string, code: 'DATA_DAMAGED' | 'INPUT_INVALID'): BankProfile {
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 100 })
  } catch (cause) {
    const message = (cause as Error).message.split('\n')[0]
    throw new Fault('DATA_DAMAGED', `bank.yaml of ${bank} is not valid YAML: ${message}`, { bank }, cause)
  }
  const result = bankProfileSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const place = issue.path.map(String).join('.') || 'the profile'
  throw new Fault(code, `The profile of ${bank}: ${place}: ${issue.message}`, { bank, place })
}

function editableOf({ name, country, hosts, environments, signing, headers }: BankProfile): EditableProfile {
  return {
    name,
    country,
    hosts: Object.fromEntries(
      Object.entries(hosts).map(([id, { description, clientCertificate }]) => [id, { description, clientCertificate }]),
    ),
    environments,
    signing,
    headers,
  }
}

/** Throws DATA_DAMAGED for a profile that does not fit its schema. */
export const readEditable = (text: string, bank: string): EditableProfile =>
  editableOf(readBankProfile(text, bank, 'DATA_DAMAGED'))

const invalid = (bank: string, place: string, message: string): Fault =>
  new Fault('INPUT_INVALID', `The profile of ${bank}: ${place}: ${message}`, { bank, place })

/** What the schema cannot see: names that have to be there, and only once. */
function refuseStrayNames(bank: string, before: EditableProfile, wanted: EditableProfile): void {
  const hosts = Object.keys(before.hosts)
  const given = Object.keys(wanted.hosts)
  if (given.length !== hosts.length || given.some((host) => !hosts.includes(host)))
    throw invalid(bank, 'hosts', `Operations live on ${hosts.join(', ')}: hosts are neither added nor removed here.`)
  const seen = new Set<string>()
  for (const { id, urls, certificates } of wanted.environments) {
    if (seen.has(id)) throw invalid(bank, 'environments', `There are two with the id ${id}.`)
    seen.add(id)
    const stray = [...Object.keys(urls), ...Object.keys(certificates)].find((host) => !hosts.includes(host))
    if (stray !== undefined)
      throw invalid(bank, `environments.${id}`, `There is no host "${stray}"; there are ${hosts.join(', ')}.`)
  }
}

/** Fields that are as empty as if they were not there are not written. */
function environmentAsWritten(environment: EditableProfile['environments'][number]): Record<string, unknown> {
  const { certificates, ca, values, note, ...rest } = environment
  return {
    ...rest,
    ...(Object.keys(certificates).length === 0 ? {} : { certificates }),
    ...(ca.length === 0 ? {} : { ca }),
    ...(Object.keys(values).length === 0 ? {} : { values }),
    ...(note === undefined || note === '' ? {} : { note }),
  }
}

/** As plain JSON, so that what is left out and what is undefined are one. */
const comparable = (profile: EditableProfile): unknown =>
  JSON.parse(JSON.stringify({ ...profile, environments: profile.environments.map(environmentAsWritten) }))

type Change = readonly [path: readonly (string | number)[], value: unknown]

function changesOf(before: EditableProfile, wanted: EditableProfile): Change[] {
  const changes: Change[] = []
  for (const key of ['name', 'country', 'signing', 'headers'] as const) {
    if (!isDeepStrictEqual(before[key], wanted[key])) changes.push([[key], wanted[key]])
  }
  for (const [host, facts] of Object.entries(wanted.hosts)) {
    for (const key of ['description', 'clientCertificate'] as const) {
      if (before.hosts[host]?.[key] !== facts[key]) changes.push([['hosts', host, key], facts[key]])
    }
  }
  const ids = (profile: EditableProfile) => profile.environments.map(({ id }) => id)
  if (!isDeepStrictEqual(ids(before), ids(wanted)))
    return [...changes, [['environments'], wanted.environments.map(environmentAsWritten)]]
  wanted.environments.forEach((environment, index) => {
    if (!isDeepStrictEqual(before.environments[index], environment))
      changes.push([['environments', index], environmentAsWritten(environment)])
  })
  return changes
}

/** The new text of `bank.yaml`. Throws INPUT_INVALID naming the place, DATA_DAMAGED for a text that is none. */
export function editProfile(text: string, bank: string, wanted: EditableProfile): string {
  const before = readEditable(text, bank)
  refuseStrayNames(bank, before, wanted)
  const edited = changesOf(before, wanted).reduce((so, [path, value]) => spliceYaml(so, path, value), text)
  const after = editableOf(readBankProfile(edited, bank, 'INPUT_INVALID'))
  // Anchors and hand-made layouts can defeat an edit: better none than another one.
  if (isDeepStrictEqual(comparable(after), comparable(wanted))) return edited
  throw invalid(bank, 'bank.yaml', 'The file is written in a way that cannot be edited here. Edit it by hand.')
}
