/** Sends one sealed request over one dispatcher and reports everything that can be known about it. */
import type { Dispatcher } from 'undici'
import type { Finding, Timings, TlsFacts } from '#shared/contract/exchange.ts'
import { type Fault, isFault } from '#shared/fault.ts'
import { remarksOn } from './answer-remarks.ts'
import { type BodyCollector, type CollectedBody, collectBody } from './body-collector.ts'
import type { BodyFolder, StoredBody } from './body-folder.ts'
import { noTimes, timingsOf } from './call-timings.ts'
import { attemptOf, socketFacts } from './connect.ts'
import type { SealedRequest } from './sealed-request.ts'
import { Stop, stopFault } from './stop-signal.ts'
import { type CallPhase, type Delivery, deliveryOf, type FailureScene, transportFault } from './transport-fault.ts'
import { parseHeaderBlock, type Sighting, watchDispatch } from './wire-watch.ts'

/** An HTTP answer, body decoded. Header pairs are in the order received. */
export interface Answer {
  readonly status: number
  readonly headers: [string, string][]
  /** All of the body, or its first 2 MB when it is `stored`. */
  readonly body: Buffer
  /** Bytes of the whole body. */
  readonly size: number
  /** Where the whole body is when it is larger than 2 MB and the transport has a folder for such; else null. */
  readonly stored: StoredBody | null
}

/** What came of a call: an answer or a fault, and the facts either way. */
export interface CallReport {
  readonly answer: Answer | null
  readonly fault: Fault | null
  /** Headers as they went over the wire; as sealed when nothing was sent. */
  readonly requestHeaders: [string, string][]
  /** Also of a handshake that failed, once the server has shown its certificate. */
  readonly tls: TlsFacts | null
  readonly timings: Timings
  /** The connection had been used before and closed without a byte: sending again is safe for idempotent methods. */
  readonly stale: boolean
  /** What the bank can have seen; a payment whose answer is lost is `unknown`. */
  readonly delivery: Delivery
  /** Where the call was when it ended without an answer; null with one. */
  readonly phase: CallPhase | null
  /** The request was sent a second time, because a kept connection turned out to be closed. */
  readonly retried: boolean
  /** What the transport has to say about the answer. */
  readonly findings: Finding[]
}

export interface CallOptions {
  readonly dispatcher: Dispatcher
  readonly withCertificate: boolean
  /** Where the proxy listens; null without one. */
  readonly proxy: string | null
  readonly folder: BodyFolder | null
  /** Its reason is a `Stop`. */
  readonly signal: AbortSignal
  /** performance.now() when the first attempt began. */
  readonly started: number
  readonly retried: boolean
  /** The bank has answered this identity over another connection. */
  readonly answeredBefore: boolean
}

interface Progress {
  headersAt: number
  status: number
  headers: [string, string][]
  collector: BodyCollector | null
}

const text = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))

function pairs(raw: unknown): [string, string][] {
  if (!Array.isArray(raw)) return []
  const list: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    list.push([text(raw[index]), text(raw[index + 1])])
  }
  return list
}

/** Resolves in every case: what went wrong is a fault in the report. */
export async function call(request: SealedRequest, options: CallOptions): Promise<CallReport> {
  const progress: Progress = { headersAt: 0, status: 0, headers: [], collector: null }
  let sighting: Sighting = { socket: null, attempt: null, headerBlock: '', sentAt: 0 }
  let answer: Answer | null = null
  let failure: unknown = null
  try {
    const body = await new Promise<CollectedBody>((resolve, reject) => {
      watchDispatch((mine) => {
        sighting = mine
        dispatch(request, options, progress, resolve, reject)
      })
    })
    const { status, headers } = progress
    answer = { status, headers, body: body.bytes, size: body.size, stored: body.stored }
  } catch (error) {
    failure = error
  } finally {
    progress.collector?.destroy()
  }
  const ending = endingOf(request, options, sighting, progress, failure)
  // Whose connection was still being made ends with the call; others at the same bank go on.
  if (failure !== null && sighting.socket === null) sighting.attempt?.abandon()
  return {
    answer,
    requestHeaders:
      sighting.headerBlock === ''
        ? request.headers.map(([name, value]) => [name, value])
        : parseHeaderBlock(sighting.headerBlock),
    retried: options.retried,
    findings: answer === null ? [] : remarksOn(request, answer, ending.tls),
    ...ending,
  }
}

type Ending = Pick<CallReport, 'fault' | 'tls' | 'timings' | 'stale' | 'delivery' | 'phase'>

/** Judges how a call ended by what was seen of its connection. */
function endingOf(
  request: SealedRequest,
  options: CallOptions,
  sighting: Sighting,
  progress: Progress,
  failure: unknown,
): Ending {
  const { headersAt } = progress
  const socket = sighting.socket === null ? undefined : socketFacts(sighting.socket)
  const attempt = socket === undefined ? (sighting.attempt ?? attemptOf(failure)) : undefined
  const first = socket !== undefined && socket.uses === 0
  if (socket) socket.uses += 1
  const made = (first ? socket : attempt?.times) ?? noTimes
  const tls = socket?.facts ?? attempt?.facts ?? null
  const timings = timingsOf(options.started, made, sighting.sentAt, headersAt)
  if (failure === null) return { fault: null, tls, timings, stale: false, delivery: 'answered', phase: null }

  const phase = attempt?.phase ?? phaseOf(sighting, headersAt)
  const scene: FailureScene = {
    host: request.url.host,
    proxy: options.proxy,
    phase,
    sent: sighting.sentAt !== 0,
    withCertificate: options.withCertificate,
    certificateAsked: tls?.clientCertificateAsked ?? attempt?.asked ?? null,
    closedUnanswered: first && headersAt === 0,
    answeredBefore: options.answeredBefore,
  }
  const cause = failure instanceof Stop || isFault(failure) ? failure : (socket?.error ?? failure)
  const delivery = deliveryOf(cause, scene)
  const fault = cause instanceof Stop ? stopFault(cause, scene.host, phase, delivery) : transportFault(cause, scene)
  const stale = fault.code === 'NETWORK_RESET' && socket !== undefined && !first && headersAt === 0
  return { fault, tls, timings, stale, delivery, phase }
}

function phaseOf({ socket, sentAt }: Sighting, headersAt: number): CallPhase {
  if (headersAt !== 0) return 'download'
  // A kept connection was about to be used.
  if (sentAt === 0) return 'tcp'
  return ((socket as Partial<SocketBuffer> | null)?.writableLength ?? 0) > 0 ? 'upload' : 'wait'
}

interface SocketBuffer {
  readonly writableLength: number
}

function collectorFor(
  request: SealedRequest,
  folder: BodyFolder | null,
  encoding: string | string[] | undefined,
  controller: Dispatcher.DispatchController,
  reject: (error: unknown) => void,
): BodyCollector {
  return collectBody({
    encoding: Array.isArray(encoding) ? encoding.at(-1) : encoding,
    cap: request.limits.bodyCap,
    folder,
    pause: () => controller.pause(),
    resume: () => controller.resume(),
    fail: (fault) => {
      reject(fault)
      controller.abort(fault)
    },
  })
}

function dispatch(
  request: SealedRequest,
  { dispatcher, signal, folder }: CallOptions,
  progress: Progress,
  resolve: (body: Promise<CollectedBody>) => void,
  reject: (error: unknown) => void,
): void {
  let abort: (reason: Error) => void = () => {}
  const stop = () => {
    // Rejected first: what is aborted may report an error of its own.
    reject(signal.reason)
    abort(signal.reason as Error)
  }
  if (signal.aborted) {
    stop()
    return
  }
  signal.addEventListener('abort', stop, { once: true })
  dispatcher.dispatch(
    {
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method as Dispatcher.HttpMethod,
      headers: request.headers.flat(),
      body: request.body(),
    },
    {
      onRequestStart(controller) {
        abort = (reason) => controller.abort(reason)
        if (signal.aborted) stop()
      },
      onResponseStart(controller, status, headers) {
        progress.headersAt = performance.now()
        progress.status = status
        progress.headers = pairs(controller.rawHeaders)
        progress.collector = collectorFor(request, folder, headers['content-encoding'], controller, reject)
      },
      onResponseData(_controller, chunk) {
        progress.collector?.write(chunk)
      },
      onResponseEnd() {
        const body = progress.collector?.end() ?? Promise.resolve({ bytes: Buffer.alloc(0), size: 0, stored: null })
        body.catch(() => {})
        const free = () => signal.removeEventListener('abort', stop)
        body.then(free, free)
        // undici counts the connection as free one turn of the event loop later; whoever sends the next request at once
        // would otherwise make it open another one.
        setImmediate(() => setImmediate(() => resolve(body)))
      },
      onResponseError(_controller, error) {
        signal.removeEventListener('abort', stop)
        reject(error)
      },
    },
  )
}
