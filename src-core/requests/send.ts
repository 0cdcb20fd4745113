/** The one send path: draft, prepared, sealed, exchange. */
import type { Draft, Exchange, Finding } from '#shared/contract/requests.ts'
import { Fault, isFault } from '#shared/fault.ts'
import type { Answer } from '../http/call.ts'
import type { Connection } from '../http/connect.ts'
import type { Transport } from '../http/transport.ts'
import { describeExchange, describeRequest, describeSignature } from './describe-exchange.ts'
import { preflight } from './preflight.ts'
import { type PrepareParts, prepare } from './prepare.ts'
import type { Endpoints, Prepared, SendingIdentity } from './prepared.ts'
import { type SealParts, seal } from './seal.ts'

export interface SendParts extends PrepareParts, SealParts {
  readonly transport: Transport
  /** The identity's key and certificate as a connection; null gives one without a client certificate. */
  connection(identity: SendingIdentity | null, endpoints: Endpoints): Promise<Connection>
  /** @param tell what is to be said of how it was kept */
  record(exchange: Exchange, draft: Draft, tell: (finding: Finding) => void): Promise<void>
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
  const prepared = await prepare(draft, parts)
  const at = parts.now()
  const findings = preflight(prepared, at)
  const sealed = await seal(prepared, parts)
  const connection = await parts.connection(prepared.identity, prepared.endpoints)
  const report = await parts.transport.send(sealed.request, connection, signal)
  const exchange = await recorded(describeExchange(prepared, sealed.signature, report, findings, at), draft, parts)
  if (report.answer === null) throw withExchange(report.fault, exchange.id)
  const sent: Sent = { exchange, answer: report.answer }
  await parts.witness?.(prepared, sent)
  return sent
}

/** A history that cannot be written must not cost the answer: tokens in it would be lost for good. The exchange says so. */
async function recorded(exchange: Exchange, draft: Draft, parts: SendParts): Promise<Exchange> {
  try {
    const notes: Finding[] = []
    await parts.record(exchange, draft, (note) => notes.push(note))
    return notes.length === 0 ? exchange : { ...exchange, findings: [...exchange.findings, ...notes] }
  } catch (error) {
    const message = `This exchange is not in history: ${isFault(error) ? error.message : 'the workbench made a mistake.'}`
    return { ...exchange, findings: [...exchange.findings, { id: 'not-recorded', severity: 'warning', message }] }
  }
}

function withExchange(fault: Fault | null, exchange: string): Fault {
  if (fault === null) return new Fault('INTERNAL', 'A call ended with neither answer nor fault.', { exchange })
  return new Fault(fault.code, fault.message, { ...fault.details, exchange }, fault.cause)
}

export interface Rehearsal extends Pick<Exchange, 'operation' | 'request' | 'signature'> {
  findings: Finding[]
}

/** The send path up to the wire: what would go out and what would be wrong with it. */
export async function rehearse(draft: Draft, parts: SendParts): Promise<Rehearsal> {
  const prepared = await prepare(draft, parts)
  const findings = preflight(prepared, parts.now())
  const { request, signature } = await seal(prepared, parts)
  return {
    operation: prepared.operation.id,
    request: describeRequest(prepared, request.headers),
    signature: describeSignature(prepared, signature),
    findings,
  }
}
