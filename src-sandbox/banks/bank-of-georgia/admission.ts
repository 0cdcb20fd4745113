/** What every call for payments, accounts and consents must pass before its own rules: certificate, role, id, signature and form. */
import { Refused } from '#sandbox/bank/refused.ts'
import type { OperationCall, OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, headerOf } from '#sandbox/net/answer.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { type BogState, bogStateOf } from './bog-state.ts'
import type { Area, BogSurroundings, Refusal } from './bog-surroundings.ts'
import { connectionObstacle, roleObstacle } from './client-certificate.ts'
import {
  acceptObstacle,
  type FormatObstacle,
  findingsObstacle,
  requestIdObstacle,
  strangeParameter,
} from './request-format.ts'
import { judgeSignature } from './request-signature.ts'

/** A call of a TPP that may make it. */
export interface BogCall extends OperationCall {
  readonly area: Area
  readonly state: BogState
  /** Milliseconds since 1970 on the tenant's clock. */
  readonly now: number
  header(name: string): string | undefined
  parameter(name: string): string
  /** Ends the request with a row of the error table. */
  refuse(row: string, refusal: Refusal): never
  /** Ends it where there is an obstacle. */
  stop(obstacle: FormatObstacle | null): void
}

export type BogHandler = (call: BogCall) => Answer

export interface Admission {
  readonly area: Area
  /** Query parameters there are. */
  readonly query?: readonly string[]
  /** What is wrong with the path itself: comes before its form. */
  readonly path?: (call: BogCall) => void
}

function checkForm({ area, query = [], path }: Admission, call: BogCall): void {
  path?.(call)
  if (area === 'ais') call.stop(acceptObstacle(call.received))
  const strange = strangeParameter(call.received, query)
  if (strange) call.refuse('400-parameter-not-supported', { reason: `${strange} is not known here`, path: strange })
  call.stop(findingsObstacle(call.operation.findings()))
}

function bogCall(bog: BogSurroundings, area: Area, call: OperationCall): BogCall {
  const refuse: BogCall['refuse'] = (row, refusal) => bog.refuse(area, row, refusal, call)
  return {
    ...call,
    area,
    state: bogStateOf(call.tenant),
    now: tenantNow(call.tenant),
    header: (name) => headerOf(call.received, name),
    parameter: (name) => call.operation.parameters[name] ?? '',
    refuse,
    stop: (obstacle) => {
      if (obstacle) refuse(obstacle.row, obstacle)
    },
  }
}

/** @param handle what the operation does once everything before it is in order. */
export const admitted =
  (bog: BogSurroundings, admission: Admission, handle: BogHandler): OperationHandler =>
  (plain) => {
    const call = bogCall(bog, admission.area, plain)
    let signature: Pick<Answer, 'signature'> = {}
    try {
      call.stop(connectionObstacle(bog, call.certificate))
      if (call.certificate) call.stop(roleObstacle(call.certificate, admission.area))
      // Before the signature, which could not cover what is not there.
      call.stop(requestIdObstacle(call.received))
      const { obstacle, trace } = judgeSignature(bog, call)
      if (trace) signature = { signature: trace }
      call.stop(obstacle)
      checkForm(admission, call)
      return { ...handle(call), ...signature }
    } catch (cause) {
      if (cause instanceof Refused) return { ...cause.answer, ...signature }
      throw cause
    }
  }
