/** Takes out of a bank's answer what it tells of consents, payments and their authorisations. */
import { linkedOperation, offeredOperations } from '#shared/linked-operation.ts'
import type { AuthorisationCalls, ResourceProfile } from '#shared/resource-profile.ts'
import type { Prepared } from '../requests/prepared.ts'
import type { Sent } from '../requests/send.ts'
import { firstText, idOf, type Json, jsonOf, textOf } from './answer-members.ts'
import { linksOf } from './customer-link.ts'
import { maskText } from './mask-customer.ts'
import { statusIn } from './remembered-view.ts'
import { type ResourceBook, type ResourceRecord, resourceId } from './resource-book.ts'
import { noted, withTimeline } from './status-timeline.ts'

/** Larger than any answer about one consent; a list of bookings is none. Bytes. */
const largestAnswer = 1024 * 1024

/** Where the Berlin Group's framework names the customer, at every bank that follows it. */
const customerHeader = 'PSU-ID'

/** A parameter as the call had it: given by the draft, or by the environment. */
function parameterOf({ draft, operation }: Prepared, name: string): string | null {
  const same = (other: string) => other.toLowerCase() === name.toLowerCase()
  const own = Object.entries({ ...draft.headers, ...draft.parameters }).find(([other]) => same(other))?.[1]
  return own ?? operation.parameters.find((each) => same(each.name))?.value ?? null
}

/** Which part of the profile an operation belongs to. */
interface Part {
  readonly profile: ResourceProfile
  readonly role: 'create' | 'read' | 'status' | 'delete' | 'authorisation'
  readonly calls: AuthorisationCalls | null
}

export function partOf(prepared: Prepared): Part | null {
  const { id } = prepared.operation
  for (const profile of prepared.bank.profile.resources ?? []) {
    const part = (role: Part['role'], calls: AuthorisationCalls | null = null): Part => ({ profile, role, calls })
    const fits = ([name, values]: [string, string[]]) => values.includes(parameterOf(prepared, name) ?? '')
    if (!Object.entries(profile.when).every(fits)) continue
    if (profile.create === id) return part('create')
    if (profile.status === id || profile.sign === id) return part('status')
    if (profile.read === id) return part('read')
    if (profile.delete?.operation === id) return part('delete')
    const calls = profile.authorisations.find(({ start, list, status, update }) =>
      [start, list, status, update].includes(id),
    )
    if (calls !== undefined) return part('authorisation', calls)
  }
  return null
}

/** The bank's id; the grant's where a token is for the one there is. */
const createdId = ({ grant }: Prepared, answer: Json, { id }: ResourceProfile): string | null =>
  id === undefined ? (grant?.id ?? null) : idOf(answer[id])

function created(prepared: Prepared, sent: Sent, answer: Json, { profile }: Part): ResourceRecord | null {
  const resource = createdId(prepared, answer, profile)
  if (resource === null) return null
  const { bank, environment, draft } = prepared
  const body = jsonOf(draft.body ?? '')
  const limit = (name: string | undefined): unknown => (name === undefined ? undefined : body[name])
  const path = prepared.operation.parameters.filter((each) => each.in === 'path')
  const parameters = path.flatMap(({ name }) => {
    const value = parameterOf(prepared, name)
    return value === null ? [] : [[name, value] as const]
  })
  const recurring = limit(profile.limits.recurring)
  const frequency = limit(profile.limits.frequencyPerDay)
  const { access } = bank.profile
  const returnHeader = access !== undefined && 'returnHeader' in access ? access.returnHeader : undefined
  return {
    id: resourceId(bank.id, environment.id, profile.kind, resource),
    kind: profile.kind,
    bank: bank.id,
    environment: environment.id,
    identity: sent.exchange.identity,
    resource,
    parameters: Object.fromEntries(parameters),
    status: textOf(answer[profile.field]),
    createdAt: sent.exchange.at,
    seenAt: sent.exchange.at,
    validUntil: textOf(limit(profile.limits.validUntil)),
    frequencyPerDay: typeof frequency === 'number' ? frequency : null,
    recurring: typeof recurring === 'boolean' ? recurring : null,
    replacedBy: null,
    authorisations: [],
    links: Object.keys(linksOf(answer)),
    operations: [],
    grant: profile.id === undefined ? resource : null,
    returnUri: returnHeader === undefined ? null : parameterOf(prepared, returnHeader),
    exchange: sent.exchange.id,
    customerReturnedAt: null,
    timeline: [],
  }
}

/** Ids of authorisations an answer names: its own, a list, or the one its status link leads to. */
function authorisationIds(prepared: Prepared, answer: Json, calls: AuthorisationCalls): string[] {
  const own = calls.id === undefined ? null : idOf(answer[calls.id])
  const listed: unknown = calls.ids === undefined ? [] : answer[calls.ids]
  const named = prepared.operation.id === calls.list ? [] : [parameterOf(prepared, calls.parameter)]
  const { bank } = prepared
  const status = bank.operations.filter(({ id }) => id === calls.status)
  const linked = Object.entries(linksOf(answer)).map(
    ([rel, href]) => linkedOperation({ rel, method: 'GET', href }, status)?.parameters[calls.parameter] ?? null,
  )
  const all = [own, ...(Array.isArray(listed) ? listed.map(idOf) : []), ...named, ...linked]
  return [...new Set(all.filter((id) => id !== null))]
}

function withAuthorisations(
  record: ResourceRecord,
  prepared: Prepared,
  sent: Sent,
  answer: Json,
  calls: AuthorisationCalls,
): ResourceRecord {
  const known = new Map(record.authorisations.map((each) => [`${each.purpose} ${each.id}`, each]))
  const status = prepared.operation.id === calls.list ? null : firstText(answer, calls.fields)
  const psu = parameterOf(prepared, customerHeader)
  for (const id of authorisationIds(prepared, answer, calls)) {
    const key = `${calls.purpose} ${id}`
    const before = known.get(key)
    known.set(key, {
      id,
      purpose: calls.purpose,
      status: status ?? before?.status ?? null,
      customer: psu === null ? (before?.customer ?? null) : maskText(psu),
      seenAt: sent.exchange.at,
      timeline: noted(before?.timeline ?? [], status, sent),
    })
  }
  return { ...record, authorisations: [...known.values()] }
}

/** The record after this answer; null where the answer tells of nothing. */
function after(
  before: ResourceRecord | null,
  prepared: Prepared,
  sent: Sent,
  answer: Json,
  part: Part,
): ResourceRecord | null {
  const { profile, role, calls } = part
  const base = role === 'create' ? created(prepared, sent, answer, part) : before
  if (base === null) return null
  const links = Object.keys(linksOf(answer))
  const noticed: ResourceRecord = {
    ...base,
    seenAt: sent.exchange.at,
    links: links.length > 0 && calls === null ? links : base.links,
    // An answer without the list says nothing; an empty one says that nothing is possible.
    operations: 'operations' in answer ? offeredOperations(answer, prepared.bank.operations) : base.operations,
  }
  if (calls !== null) return withAuthorisations(noticed, prepared, sent, answer, calls)
  const gone = role === 'delete' && sent.answer.status === 204 ? profile.delete?.gives : undefined
  const status = textOf(answer[profile.field]) ?? gone ?? noticed.status
  const validUntil = textOf(answer[profile.limits.validUntil ?? '']) ?? noticed.validUntil
  const frequency = answer[profile.limits.frequencyPerDay ?? '']
  const frequencyPerDay = typeof frequency === 'number' ? frequency : noticed.frequencyPerDay
  const told = withTimeline({ ...noticed, status, validUntil, frequencyPerDay }, sent)
  // The creation may name the authorisation it began by itself.
  return profile.authorisations
    .filter(({ purpose }) => purpose === 'authorisation')
    .reduce((record, each) => withAuthorisations(record, prepared, sent, answer, each), told)
}

/** A recurring consent that became active ends the former one of the same customer, when we know it is the same. */
async function endFormer(record: ResourceRecord, { profile }: Part, book: ResourceBook): Promise<void> {
  if (!profile.replacesFormer || record.recurring !== true || record.status !== profile.active) return
  const { psu } = await book.secrets(record.id)
  if (psu === null) return
  for (const other of await book.list()) {
    const alike = (['kind', 'bank', 'environment', 'identity'] as const).every((key) => other[key] === record[key])
    const former = other.id !== record.id && other.recurring === true && other.createdAt < record.createdAt
    if (!alike || !former || other.replacedBy !== null || (await book.secrets(other.id)).psu !== psu) continue
    await book.change(other.id, async (now) => (now === null ? null : { ...now, replacedBy: record.id }))
  }
}

/** Links that lead to a status, the better first. */
export const statusLinks = ['status', 'self'] as const

/** The links an authorisation can go on with; the others are in history, and none of them is worth an entry in the key store. */
function linksToKeep({ bank }: Prepared, answer: Json, profile: ResourceProfile): Record<string, string> {
  const { access } = bank.profile
  // Where the bank's document has no call for the status, its links are the only way.
  const ways = profile.status === undefined && profile.read === undefined ? statusLinks : []
  const names =
    access?.flow === 'oauth-sca'
      ? [access.link, ...access.pages, access.start]
      : access?.flow === 'redirect-link' || access?.flow === 'redirect-challenge'
        ? [access.link]
        : []
  return Object.fromEntries(Object.entries(linksOf(answer)).filter(([name]) => [...ways, ...names].includes(name)))
}

/** The links of an authorisation are its own: those of the resource start the next signer's. */
async function keepLinks(
  record: ResourceRecord,
  prepared: Prepared,
  answer: Json,
  { role, calls, profile }: Part,
  book: ResourceBook,
): Promise<void> {
  const links = linksToKeep(prepared, answer, profile)
  const over = statusIn(prepared.bank.profile, profile.vocabulary, record.status)?.final === true
  if (role !== 'create' && Object.keys(links).length === 0 && !over) return
  const known = await book.secrets(record.id)
  if (over) return book.keepSecrets(record.id, { links: {}, authorisations: {}, psu: null })
  const psu = role === 'create' && profile.replacesFormer ? parameterOf(prepared, customerHeader) : known.psu
  if (calls === null) return book.keepSecrets(record.id, { ...known, psu, links })
  const [authorisation, ...more] = authorisationIds(prepared, answer, calls)
  if (authorisation === undefined || more.length > 0) return
  const before = known.authorisations[authorisation]
  const authorisations = { ...known.authorisations, [authorisation]: { ...before, ...links } }
  return book.keepSecrets(record.id, { ...known, authorisations })
}

/** @returns what is remembered now; null where the exchange is about nothing that is remembered. */
export async function rememberExchange(
  prepared: Prepared,
  sent: Sent,
  book: ResourceBook,
): Promise<ResourceRecord | null> {
  const part = partOf(prepared)
  const { status, body } = sent.answer
  if (part === null || status < 200 || status >= 300 || body.length > largestAnswer) return null
  const answer = jsonOf(body.toString('utf8'))
  const { profile, role } = part
  const names = profile.parameters.map((name) => parameterOf(prepared, name))
  const named = profile.id === undefined ? prepared.grant?.id : names.find((name) => name !== null)
  const resource = role === 'create' ? createdId(prepared, answer, profile) : named
  if (resource === null || resource === undefined) return null
  const id = resourceId(prepared.bank.id, prepared.environment.id, profile.kind, resource)
  const record = await book.change(id, async (before) => after(before, prepared, sent, answer, part))
  if (record === null) return null
  await keepLinks(record, prepared, answer, part, book)
  await endFormer(record, part, book)
  return record
}
