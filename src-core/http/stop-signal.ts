/** Deadline and cancellation of a call, retry included, as one signal. */
import { Fault } from '#shared/fault.ts'
import { type CallPhase, type Delivery, fate } from './transport-fault.ts'

/** Why a call was stopped; becomes a fault once it is known how far the call had come. */
export class Stop extends Error {
  override readonly name = 'Stop'
  /** Milliseconds; null when somebody cancelled. */
  readonly deadline: number | null

  constructor(deadline: number | null) {
    super(deadline === null ? 'cancelled' : 'the deadline has passed')
    this.deadline = deadline
  }
}

export interface StopSignal {
  readonly signal: AbortSignal
  free(): void
}

export function stopSignal(deadline: number, outer: AbortSignal | undefined): StopSignal {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new Stop(deadline)), deadline)
  const cancel = () => controller.abort(new Stop(null))
  if (outer?.aborted) cancel()
  outer?.addEventListener('abort', cancel, { once: true })
  return {
    signal: controller.signal,
    free() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', cancel)
    },
  }
}

const unfinished: Readonly<Record<CallPhase, (host: string) => string>> = {
  dns: (host) => `The name ${host} was not resolved`,
  tcp: (host) => `No connection to ${host} was made`,
  proxy: (host) => `The proxy opened no way to ${host}`,
  tls: (host) => `${host} did not finish the TLS handshake`,
  upload: (host) => `${host} had not taken the whole request`,
  wait: (host) => `${host} gave no answer`,
  download: (host) => `${host} did not finish its answer`,
}

/** @param delivery what the bank can have seen */
export function stopFault({ deadline }: Stop, host: string, phase: CallPhase, delivery: Delivery): Fault {
  const details = { host, phase, delivery, ...(deadline === null ? {} : { deadline }) }
  return deadline === null
    ? new Fault(
        'CANCELLED',
        `The call was cancelled. ${fate(delivery).replace('it received', 'the bank received')}`,
        details,
      )
    : new Fault('DEADLINE', `${unfinished[phase](host)} within ${deadline} ms. ${fate(delivery)}`, details)
}
