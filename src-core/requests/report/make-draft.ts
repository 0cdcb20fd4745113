/** Makes a draft of a call from outside: its ids and its body, with the supporter's own identity, token and signature. */
import { type Draft, draftSchema } from '#shared/contract/requests.ts'
import { redactBody, redactForm, redactHeaders } from '#shared/redact.ts'
import { redacted } from '#shared/redacted.ts'
import { headersOfSigning } from '#shared/signing-profile.ts'
import type { Bank, Operation, OperationParameter } from '../../banks/bank.ts'
import { type Candidate, contentTypeOf } from './find-call.ts'
import { secretsOf } from './mask-entry.ts'
import type { ReportEntry } from './report.ts'

/** What of the report is not in the draft, and why. */
export interface NotTaken {
  readonly part: 'header' | 'parameter' | 'body'
  readonly name: string
  readonly reason: string
}

export interface MadeDraft {
  readonly draft: Draft
  readonly leftOut: readonly NotTaken[]
}

/** Made anew by the transport for every call. */
const transportHeaders = new Set(
  'host content-length connection transfer-encoding keep-alive te trailer upgrade expect accept-encoding user-agent'.split(
    ' ',
  ),
)

const newForEveryCall: Readonly<Record<string, string>> = {
  authorization: 'It is the access token of somebody else; yours is used.',
  'proxy-authorization': 'It is a secret of somebody else.',
  cookie: 'It is a secret of somebody else.',
  signature: 'The request is signed anew with your own key.',
  'x-jws-signature': 'The request is signed anew with your own key.',
  digest: 'It is computed anew from the body.',
  'x-request-id': 'A new one is made for every call.',
  date: 'It is the time of the new call.',
}

/** Headers that hold a certificate, whatever a proxy calls them. */
const certificateHeader = /certificate|client-cert|ssl-cert/i

function reasonAgainst(bank: Bank, name: string): string | null {
  const field = name.toLowerCase()
  if (Object.hasOwn(newForEveryCall, field)) return newForEveryCall[field]!
  if (certificateHeader.test(field)) return 'It is the certificate of somebody else; yours is used.'
  if (headersOfSigning(bank.profile.signing).includes(field)) return 'It is made anew with your own key.'
  return null
}

const secret = 'It is a secret or names a customer, and is masked: enter your own.'

const isSecretHeader = (name: string, value: string, marks: readonly string[] = []): boolean =>
  value.includes(redacted) || redactHeaders([[name, value]], [], marks)[0]?.[1] !== value

function isSecretField(name: string, value: string, marks: readonly string[] = []): boolean {
  const field = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  return value.includes(redacted) || redactForm(field, [], marks) !== field
}

interface Collected {
  readonly parameters: Map<string, string>
  readonly headers: Map<string, string>
  readonly leftOut: NotTaken[]
}

function takeQuery({ operation }: Candidate, entry: ReportEntry, into: Collected): void {
  const query = new URLSearchParams(/\?([^#]*)/.exec(entry.request.url)?.[1] ?? '')
  for (const [name, value] of query) {
    const parameter = operation.parameters.find(({ in: place, wireName }) => place === 'query' && wireName === name)
    const leave = (reason: string) => into.leftOut.push({ part: 'parameter', name, reason })
    if (parameter === undefined) leave('The operation has no such parameter.')
    else if (isSecretField(name, value, operation.secrets?.request)) leave(secret)
    else into.parameters.set(parameter.name, value)
  }
}

const headerParameter = (parameters: readonly OperationParameter[], field: string): OperationParameter | undefined =>
  parameters.find(({ in: place, wireName }) => place === 'header' && wireName.toLowerCase() === field)

function takeHeaders({ bank, operation }: Candidate, entry: ReportEntry, into: Collected): void {
  for (const [name, value] of entry.request.headers) {
    const field = name.toLowerCase()
    if (transportHeaders.has(field) || isDefault(operation, field, value)) continue
    const reason =
      reasonAgainst(bank, name) ?? (isSecretHeader(name, value, operation.secrets?.request) ? secret : null)
    const parameter = headerParameter(operation.parameters, field)
    if (reason !== null) into.leftOut.push({ part: 'header', name, reason })
    else if (/[\r\n\0]/.test(value))
      into.leftOut.push({ part: 'header', name, reason: 'It holds a line break, which cannot be sent.' })
    else if (parameter === undefined) into.headers.set(name, value)
    else into.parameters.set(parameter.name, value)
  }
}

/** What the workbench sends of itself, or what says nothing where there is no body. */
function isDefault({ body }: Operation, field: string, value: string): boolean {
  if (field === 'accept') return /^(?:\*\/\*|application\/json(?:, application\/problem\+json)?)$/.test(value.trim())
  if (field !== 'content-type') return false
  return body === null || value.split(';')[0]!.trim().toLowerCase() === body.contentType.toLowerCase()
}

function takeBody({ operation: { secrets } }: Candidate, entry: ReportEntry, into: Collected): string | undefined {
  const { body } = entry.request
  if (body === null || body === '') return undefined
  const clean = redactBody(body, contentTypeOf(entry), secretsOf(entry, secrets), secrets?.request)
  if (clean === body && !body.includes(redacted)) return body
  into.leftOut.push({ part: 'body', name: '', reason: 'It holds secrets, which are masked: write your own.' })
  return undefined
}

/** @param environment where it shall be sent; not where the report comes from, unless somebody says so */
export function makeDraft(
  candidate: Candidate,
  entry: ReportEntry,
  { environment, identity }: { readonly environment: string; readonly identity?: string | undefined },
): MadeDraft {
  const into: Collected = { parameters: new Map(), headers: new Map(), leftOut: [] }
  for (const [name, value] of candidate.match.values) {
    const isMarked = candidate.operation.secrets?.request.includes(name) === true
    if (isMarked || value.includes(redacted)) into.leftOut.push({ part: 'parameter', name, reason: secret })
    else into.parameters.set(name, value)
  }
  takeQuery(candidate, entry, into)
  takeHeaders(candidate, entry, into)
  const body = takeBody(candidate, entry, into)
  const draft = draftSchema.parse({
    bank: candidate.bank.id,
    environment,
    operation: candidate.operation.id,
    parameters: Object.fromEntries(into.parameters),
    headers: Object.fromEntries(into.headers),
    ...(body === undefined ? {} : { body }),
    ...(identity === undefined ? {} : { identity }),
  })
  return { draft, leftOut: into.leftOut }
}
