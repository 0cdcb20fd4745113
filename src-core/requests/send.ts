/** The one send path: draft, prepared, sealed, exchange. */
import { randomUUID } from 'node:crypto'
import type { Exchange, Finding } from '#shared/contract/exchange.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { Fault, isFault } from '#shared/fault.ts'
import type { Answer, CallReport } from '../http/call.ts'
import type { Connection } from '../http/connect.ts'
import type { Transport } from '../http/transport.ts'
import type { CallFacts, Surroundings } from './call-facts.ts'
import type { CallKnowledge } from './call-knowledge.ts'
import {
  answerMarks,
  describeExchange,
  describeRequest,
  describeSignature,
  headerValue,
  type LargeAnswer,
  secretsOf,
} from './describe-exchange.ts'
import { lookBack, noteClock, withExplanations } from './explain/explain-call.ts'
import type { LargeAnswers } from './large-answers.ts'
import { preflight } from './preflight/preflight.ts'
import { type PrepareParts, prepare } from './prepare.ts'
import type { Endpoints, Prepared, SendingIdentity } from './prepared.ts'
import { type Sealed, type SealParts, seal } from './seal.ts'

export interface SendParts extends PrepareParts, SealParts {
  readonly transport: Transport
  /** The identity's key and certificate as a connection; null gives one without a client certificate. */
  connection(identity: SendingIdentity | null, endpoints: Endpoints): Promise<Connection>
  /** @param tell what is to be said of how it was kept */
  record(exchange: Exchange, draft: Draft, tell: (finding: Finding) => void): Promise<void>
  /** Takes answers the transport put on disk; given where the transport has a folder for them. */
  readonly large?: Pick<LargeAnswers, 'keep'>
  /** What other areas know of a call. Without it findings and explanations say less. */
  readonly knowledge?: CallKnowledge
  /** Sees every answer before its caller does, secrets included. Never throws. */
  witness?(prepared: Prepared, sent: Sent): Promise<unknown>
}

/** An exchange for everyone, and the answer with its secrets for those inside core who asked for it. */
export interface Sent {
  readonly exchange: Exchange
  readonly answer: Answer
}

/** Sends a draft once. Throws what stopped it; a bank's refusal is an answer. The exchange is in history before anyone hears of it. */
export async function send(draft: Draft, parts: SendParts, signal?: AbortSignal): Promise<Sent> {
  const ready = await makeReady(draft, parts)
  const report = await parts.transport.send(ready.sealed.request, ready.connection, signal)
  const exchange = await recorded(await describeCall(ready, report, parts), draft, parts.record)
  if (report.answer === null) throw withExchange(report.fault, exchange.id)
  const sent: Sent = { exchange, answer: report.answer }
  await parts.witness?.(ready.prepared, sent)
  return sent
}

/** Everything of a call that is settled before it leaves. */
export interface ReadyCall {
  readonly prepared: Prepared
  readonly sealed: Sealed
  readonly connection: Connection
  readonly findings: Finding[]
  /** What preflight looked at. */
  readonly facts: CallFacts
  readonly knowledge: CallKnowledge | undefined
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The send path up to the wire. */
export async function makeReady(draft: Draft, parts: SendParts): Promise<ReadyCall> {
  const prepared = await prepare(draft, parts)
  const at = parts.now()
  const { findings, facts } = await preflight(prepared, at, parts.knowledge)
  const sealed = await seal(prepared, parts)
  const connection = await parts.connection(prepared.identity, prepared.endpoints)
  return { prepared, sealed, connection, findings, facts, knowledge: parts.knowledge, at }
}

/** Redacts an answer above 2 MB and keeps it where it can be read by range; null for any other. */
export async function takeLarge(
  { prepared }: ReadyCall,
  { answer }: CallReport,
  { large }: Pick<SendParts, 'large'>,
): Promise<LargeAnswer | null> {
  if (answer === null || answer.stored === null || large === undefined) return null
  const exchange = randomUUID()
  const contentType = headerValue(answer.headers, 'content-type')
  const redaction = { contentType, secrets: secretsOf(prepared), marks: answerMarks(prepared) }
  return { exchange, ...(await large.keep(exchange, answer, redaction)) }
}

/** Everything that is to be said of a call that has ended. */
export async function describeCall(ready: ReadyCall, report: CallReport, parts: SendParts): Promise<Exchange> {
  const large = await takeLarge(ready, report, parts)
  const around = await lookBack(ready.prepared, report, parts.knowledge)
  return exchangeOf(ready, report, large, around)
}

/**
 * @param large what `takeLarge` made of the answer
 * @param around what was looked up of a failed call; null where nothing was
 */
export function exchangeOf(
  { prepared, sealed, findings, facts, knowledge, at }: ReadyCall,
  report: CallReport,
  large: LargeAnswer | null = null,
  around: Surroundings | null = null,
): Exchange {
  const exchange = describeExchange(prepared, sealed.signature, report, findings, at, large)
  noteClock(exchange, knowledge)
  return withExplanations(exchange, facts, report, around ?? facts.around)
}

/** A history that cannot be written must not cost the answer: tokens in it would be lost for good. The exchange says so. */
export async function recorded(exchange: Exchange, draft: Draft, record: SendParts['record']): Promise<Exchange> {
  try {
    const notes: Finding[] = []
    await record(exchange, draft, (note) => notes.push(note))
    return notes.length === 0 ? exchange : { ...exchange, findings: [...exchange.findings, ...notes] }
  } catch (error) {
    const message = `This exchange is not in history: ${isFault(error) ? error.message : 'the workbench made a mistake.'}`
    return { ...exchange, findings: [...exchange.findings, { id: 'not-recorded', severity: 'warning', message }] }
  }
}

export function withExchange(fault: Fault | null, exchange: string): Fault {
  if (fault === null) return new Fault('INTERNAL', 'A call ended with neither answer nor fault.', { exchange })
  return new Fault(fault.code, fault.message, { ...fault.details, exchange }, fault.cause)
}

export interface Rehearsal extends Pick<Exchange, 'operation' | 'request' | 'signature'> {
  findings: Finding[]
}

/** The send path up to the wire: what would go out and what would be wrong with it. */
export async function rehearse(draft: Draft, parts: SendParts): Promise<Rehearsal> {
  const prepared = await prepare(draft, parts)
  const { findings } = await preflight(prepared, parts.now(), parts.knowledge)
  const operation = prepared.operation.id
  // What cannot be sent can still be shown, with the finding that says why.
  if (findings.some(({ id }) => id === 'header-unsendable'))
    return { operation, request: describeRequest(prepared, prepared.headers), signature: null, findings }
  const { request, signature } = await seal(prepared, parts)
  return {
    operation,
    request: describeRequest(prepared, request.headers),
    signature: describeSignature(prepared, signature),
    findings,
  }
}
