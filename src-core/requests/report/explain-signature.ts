/** Takes the signature of an own exchange or of a pasted request apart, by the profile of the bank it was meant for. */
import type { KeptExchange } from '#shared/contract/history.ts'
import type { ExplainedSignature, SignatureDifference, SignatureReport } from '#shared/contract/signature-debug.ts'
import { redactHeaders, redactUrl } from '#shared/redact.ts'
import { redacted } from '#shared/redacted.ts'
import type { SigningProfile } from '#shared/signing-profile.ts'
import type { Bank, Operation } from '../../banks/bank.ts'
import { type DebugRequest, debugSignature, type ReadNames } from '../../signing/debug/debug-signature.ts'
import { digestOf } from '../../signing/digest.ts'
import { decided, hostsOf } from './find-call.ts'
import { secretsOf } from './mask-entry.ts'
import { candidatesOf, type OpenReportParts, placesOf } from './open-report.ts'
import type { ReportEntry, ReportRequest } from './report.ts'
import { refuseReport } from './report-limits.ts'

export interface ExplainSignatureParts extends OpenReportParts {
  /** @throws Fault EXCHANGE_UNKNOWN */
  exchange(id: string): Promise<KeptExchange>
  /** PEM of an identity's certificate; null where there is none any more. */
  certificate(identity: string): Promise<string | null>
  readonly readNames: ReadNames
}

export type ExplainSignatureInput =
  | { readonly exchange: string }
  | {
      readonly text: string
      readonly entry?: number | undefined
      readonly bank?: string | undefined
      readonly environment?: string | undefined
      readonly operation?: string | undefined
    }

function debugRequest({ method, url, headers, body }: ReportRequest, bodyKnown: boolean): DebugRequest {
  const [, host, target = ''] = /^(?:https?:\/\/([^/?#]*))?([^#]*)/i.exec(url) ?? []
  return {
    method,
    host: host ?? null,
    target: target === '' ? '/' : target,
    headers,
    body: body === null ? null : Buffer.from(body, 'utf8'),
    bodyKnown: bodyKnown && body?.includes(redacted) !== true,
  }
}

/** A request of an operation the bank does not sign is held against nothing. */
const profileFor = (bank: Bank, operation: Operation | null): SigningProfile =>
  operation === null || bank.signs(operation) ? bank.profile.signing : { scheme: 'none' }

const maskedValue = (name: string, value: string, secrets: readonly string[]): string =>
  redactHeaders([[name, value]], secrets)[0]![1]

/** The signing string repeats headers, and with them what is taken out of those. */
function maskLine(line: string, secrets: readonly string[]): string {
  const colon = line.indexOf(': ')
  return colon < 1
    ? line
    : `${line.slice(0, colon)}: ${maskedValue(line.slice(0, colon), line.slice(colon + 2), secrets)}`
}

function mask(report: SignatureReport, secrets: readonly string[]): SignatureReport {
  const { signingString, protectedHeader } = report
  const dot = protectedHeader === null || signingString === null ? 0 : signingString.indexOf('.') + 1
  const lines = signingString?.slice(dot).split('\n') ?? []
  return {
    ...report,
    signingString:
      signingString === null
        ? null
        : signingString.slice(0, dot) + lines.map((line) => maskLine(line, secrets)).join('\n'),
    headers: report.headers.map((line) =>
      line.sent === null ? line : { ...line, sent: maskedValue(line.name, line.sent, secrets) },
    ),
  }
}

/** What comes behind the digest in the order a bank meets differences. */
const afterDigest: ReadonlySet<string> = new Set(['signature-form', 'other-key', 'hashed-twice', 'not-verifying'])

/** Without the bytes it can only be said that the value is not theirs, or that it is that of none. */
function digestDifference(
  { sent }: NonNullable<SignatureReport['digest']>,
  { digestInput, digestOfBody }: NonNullable<KeptExchange['signature']>,
): SignatureDifference | null {
  if (sent === null || sent === digestOfBody) return null
  const algorithm = digestOfBody.startsWith('SHA-512') ? 'SHA-512' : 'SHA-256'
  const empty = digestInput > 0 && sent === digestOf(algorithm, null)
  return {
    id: empty ? 'digest-of-empty-string' : 'digest-differs',
    where: 'Digest',
    message: empty
      ? `The value is the digest of the empty string, and the body had ${digestInput} bytes.`
      : `The value is not the digest of the ${digestInput} bytes the body had.`,
    wanted: digestOfBody,
    found: sent,
  }
}

function withDifference(report: SignatureReport, difference: SignatureDifference | null): SignatureReport {
  if (difference === null || report.differences.some(({ where }) => where === difference.where)) return report
  const before = report.differences.filter(({ id }) => !afterDigest.has(id))
  const after = report.differences.filter(({ id }) => afterDigest.has(id))
  const differences = [...before, difference, ...after]
  return { ...report, differences, first: differences[0] ?? null }
}

/** Digest facts of an exchange whose body is not kept as it was sent: those noted when it was signed. */
function fromTrace(report: SignatureReport, { signature }: KeptExchange): SignatureReport {
  const { digest } = report
  if (digest === null || digest.bytes !== null || signature === null) return report
  const { digestInput, digestOfBody } = signature
  const base64 = digestOfBody.slice(digestOfBody.indexOf('=') + 1)
  const hex = Buffer.from(base64, 'base64').toString('hex')
  const noted = { ...digest, bytes: digestInput, hex, base64, fitting: digestOfBody }
  return withDifference({ ...report, digest: noted }, digestDifference(digest, signature))
}

async function ofExchange(id: string, parts: ExplainSignatureParts): Promise<ExplainedSignature> {
  const exchange = await parts.exchange(id)
  const { request, bodies } = exchange
  const bank = await parts.banks.at(exchange.bank, exchange.environment)
  const operation = bank.operations.find((each) => each.id === exchange.operation) ?? null
  const identityPem = exchange.identity === null ? null : await parts.certificate(exchange.identity)
  // History keeps no bodies of its own where the key store was closed; one that is null was empty only where they are kept.
  const debugged = debugRequest(request, bodies === 'kept')
  const report = debugSignature(debugged, profileFor(bank, operation), { readNames: parts.readNames, identityPem })
  return {
    ...fromTrace(mask(report, []), exchange),
    bank: bank.id,
    environment: exchange.environment,
    operation: operation?.id ?? null,
    request: { method: request.method, url: request.url },
    remarks: [],
  }
}

/** A body that stands in the report otherwise than it was sent has another digest. */
const bodyIsWhole = (entry: ReportEntry): boolean =>
  !entry.remarks.some(({ id }) => ['bytes-unknown', 'body-absent', 'body-rebuilt', 'file-not-read'].includes(id))

interface Place {
  readonly bank: string
  readonly environment: string
  readonly operation: string | null
}

function placeOf(
  input: Exclude<ExplainSignatureInput, { exchange: string }>,
  candidates: ReturnType<typeof candidatesOf>,
  fallback: (bank: string) => string,
): Place {
  const best = decided(candidates) ?? (input.bank === undefined ? null : (candidates[0] ?? null))
  const bank = input.bank ?? best?.bank.id ?? onlyBank(candidates)
  if (bank === null)
    throw refuseReport(
      'Which bank the request is for cannot be told from it.',
      'Name the bank, so that its signing profile is known.',
      { candidates: [...new Set(candidates.map((each) => each.bank.id))] },
    )
  const environment = input.environment ?? best?.environment ?? fallback(bank)
  return { bank, environment, operation: input.operation ?? best?.operation.id ?? null }
}

/** Several operations may fit, all of one bank. */
function onlyBank(candidates: ReturnType<typeof candidatesOf>): string | null {
  const banks = new Set(candidates.map(({ bank }) => bank.id))
  return banks.size === 1 ? [...banks][0]! : null
}

async function ofReport(
  input: Exclude<ExplainSignatureInput, { exchange: string }>,
  parts: ExplainSignatureParts,
  signal: AbortSignal | undefined,
): Promise<ExplainedSignature> {
  const places = await placesOf(parts, input.bank)
  const one = await parts.read({ text: input.text, entry: input.entry, hosts: hostsOf(places) }, signal)
  const { entry } = one
  const place = placeOf(
    input,
    candidatesOf(places, entry, input),
    (id) => places.find(({ bank }) => bank.id === id)!.environment,
  )
  const bank = await parts.banks.at(place.bank, place.environment)
  const operation = place.operation === null ? null : bank.operation(place.operation)
  const debugged = debugRequest(entry.request, bodyIsWhole(entry))
  const report = debugSignature(debugged, profileFor(bank, operation), {
    readNames: parts.readNames,
    identityPem: null,
  })
  const secrets = secretsOf(entry, operation?.secrets)
  return {
    ...mask(report, secrets),
    ...place,
    request: { method: entry.request.method, url: redactUrl(entry.request.url, secrets, operation?.secrets?.request) },
    remarks: [...one.remarks],
  }
}

/** @throws Fault EXCHANGE_UNKNOWN, REPORT_REFUSED, BANK_UNKNOWN, ENVIRONMENT_UNKNOWN, OPERATION_UNKNOWN */
export const explainSignature = (
  input: ExplainSignatureInput,
  parts: ExplainSignatureParts,
  signal?: AbortSignal,
): Promise<ExplainedSignature> =>
  'exchange' in input ? ofExchange(input.exchange, parts) : ofReport(input, parts, signal)
