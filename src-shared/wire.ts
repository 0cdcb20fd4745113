/** Carries faults over a transport: to an oRPC error on the engine's side, back to a Fault on the caller's. */
import { ORPCError } from '@orpc/client'
import { Fault, faults, isFault, isFaultCode } from './fault.ts'

/** What leaves the engine. Anything that is no fault is a bug: it crosses as INTERNAL, its stack stays behind. */
export function toWire(error: unknown): ORPCError<string, Record<string, unknown>> {
  // Of oRPC's own errors one is the caller's: input the contract did not accept. The others, such as output it did not, are ours.
  if (error instanceof ORPCError && (isFaultCode(error.code) || error.code === 'BAD_REQUEST')) return error
  const fault = isFault(error) ? error : new Fault('INTERNAL', faults.INTERNAL.sentence, {}, error)
  return new ORPCError(fault.code, { message: fault.message, data: fault.details, cause: fault, defined: true })
}

interface Issue {
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[]
  readonly message: string
}

/** The first thing the contract did not accept, by field. */
function inputFault(data: unknown): Fault {
  const issues = (data as { issues?: readonly Issue[] } | undefined)?.issues ?? []
  const [issue] = issues
  if (issue === undefined) return new Fault('INPUT_INVALID')
  const field = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  const message = field === '' ? issue.message : `${field}: ${issue.message}`
  return new Fault('INPUT_INVALID', message, { field })
}

/** What a caller catches. */
export function fromWire(error: unknown): Fault {
  if (isFault(error)) return error
  if (error instanceof ORPCError) {
    if (isFaultCode(error.code))
      return new Fault(error.code, error.message, (error.data ?? {}) as Record<string, unknown>, error.cause)
    if (error.code === 'BAD_REQUEST') return inputFault(error.data)
  }
  return new Fault('INTERNAL', undefined, {}, error)
}
