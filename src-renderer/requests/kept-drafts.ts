/** Open drafts as they are kept across reloads: what was typed, without the secrets in it. */
import { redactBody, redactHeaders, redactText, redactUrl } from '#shared/redact.ts'
import { redacted } from '#shared/redacted.ts'
import type { OpenDraft, OpenDrafts } from './open-drafts.ts'

/** Characters of all bodies together: the window's state as a whole has one MiB. */
const bodiesUpTo = 300_000

/** Empty where the value is a secret or holds one: half a token is of no use. */
function keptValue(name: string, value: string, marks: readonly string[]): string {
  const [[, shown] = ['', '']] = redactHeaders([[name, value]], [], marks)
  return shown.includes(redacted) ? '' : value
}

/** A placeholder stays where the secret stood, so that the rest of the body is not lost. */
function keptBody(body: string, marks: readonly string[]): string {
  const looksLikeForm = /^[\w.%+-]+=[^\s]*$/.test(body)
  return looksLikeForm ? redactBody(body, 'application/x-www-form-urlencoded', [], marks) : redactText(body, [], marks)
}

/** What the bank's data marks as secret in the request; null: it is not known yet. */
export type MarksOf = (draft: OpenDraft) => readonly string[] | null

const kept = new WeakMap<OpenDraft, OpenDraft>()

/** Made once per state of a draft: typing in one does not search all the others for secrets again. */
function keptDraft(draft: OpenDraft, marksOf: MarksOf): OpenDraft {
  const known = kept.get(draft)
  if (known !== undefined) return known
  const marks = marksOf(draft)
  const names = marks ?? []
  const made: OpenDraft = {
    ...draft,
    body: draft.body.length > bodiesUpTo ? '' : keptBody(draft.body, names),
    parameters: Object.fromEntries(
      Object.entries(draft.parameters).map(([name, value]) => [name, keptValue(name, value, names)]),
    ),
    headers: draft.headers.map(({ name, value }) => ({ name, value: keptValue(name, value, names) })),
    path: draft.path === null || redactUrl(draft.path, [], names) === draft.path ? draft.path : null,
  }
  if (marks !== null) kept.set(draft, made)
  return made
}

export function forKeeping({ drafts, front }: OpenDrafts, marksOf: MarksOf = () => []): OpenDrafts {
  let room = bodiesUpTo
  return {
    front,
    drafts: drafts
      .map((draft) => keptDraft(draft, marksOf))
      .map((draft) => {
        room -= draft.body.length
        return room < 0 ? { ...draft, body: '' } : draft
      }),
  }
}

type Loose = Readonly<Record<string, unknown>>
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOr = <Other>(value: unknown, other: Other): string | Other => (typeof value === 'string' ? value : other)
const numberOr = <Other>(value: unknown, other: Other): number | Other => (typeof value === 'number' ? value : other)

function textsOf(value: unknown): Record<string, string> {
  if (!isLoose(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function callOf(value: unknown): OpenDraft['call'] {
  if (!isLoose(value)) return null
  const { id, startedAt, environment } = textsOf(value)
  return id === undefined || startedAt === undefined || environment === undefined
    ? null
    : { id, startedAt, environment }
}

function draftOf(value: unknown): OpenDraft[] {
  if (!isLoose(value)) return []
  const { id, bank, operation } = textsOf(value)
  if (id === undefined || bank === undefined || operation === undefined) return []
  const headers = Array.isArray(value.headers) ? value.headers : []
  const omit = Array.isArray(value.omit) ? value.omit : []
  return [
    {
      id,
      bank,
      operation,
      parameters: textsOf(value.parameters),
      headers: headers.map((header) => ({ name: '', value: '', ...textsOf(header) })),
      omit: omit.filter((name) => typeof name === 'string'),
      method: textOr(value.method, null),
      path: textOr(value.path, null),
      body: textOr(value.body, ''),
      identity: textOr(value.identity, null),
      grant: textOr(value.grant, null),
      insist: value.insist === true,
      part: textOr(value.part, null),
      revision: numberOr(value.revision, 0),
      sent: numberOr(value.sent, null),
      call: callOf(value.call),
      exchange: textOr(value.exchange, null),
    },
  ]
}

/** Takes what is usable; another version may have written something else. */
export function fromKept(state: unknown): OpenDrafts {
  if (!isLoose(state) || !Array.isArray(state.drafts)) return { drafts: [], front: null }
  const drafts = state.drafts.flatMap(draftOf)
  const front = drafts.find((draft) => draft.id === state.front) ?? drafts[0]
  return { drafts, front: front?.id ?? null }
}
