/** Sends one sealed request over one dispatcher and reports everything that can be known about it. */
import type { Dispatcher } from 'undici'
import type { Timings, TlsFacts } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { type BodyCollector, collectBody } from './body-collector.ts'
import { brokeHandshake, type SocketFacts, socketFacts } from './connect.ts'
import type { SealedRequest } from './sealed-request.ts'
import { transportFault } from './transport-fault.ts'
import { parseHeaderBlock, type Sighting, watchDispatch } from './wire-watch.ts'

/** An HTTP answer, body decoded. Header pairs are in the order received. */
export interface Answer {
  readonly status: number
  readonly headers: [string, string][]
  readonly body: Buffer
}

/** What came of a call: an answer or a fault, and the facts either way. */
export interface CallReport {
  readonly answer: Answer | null
  readonly fault: Fault | null
  /** Headers as they went over the wire; as sealed when nothing was sent. */
  readonly requestHeaders: [string, string][]
  readonly tls: TlsFacts | null
  readonly timings: Timings
  /** The connection had been used before and closed without a byte: sending again is safe for idempotent methods. */
  readonly stale: boolean
}

export interface CallOptions {
  readonly dispatcher: Dispatcher
  readonly withCertificate: boolean
  readonly signal?: AbortSignal | undefined
  /** Called when the call ends before it had a connection, so that the handshake can be broken off. */
  readonly abandon: () => void
}

interface Progress {
  headersAt: number
  status: number
  headers: [string, string][]
  collector: BodyCollector | null
}

function pairs(raw: unknown): [string, string][] {
  if (!Array.isArray(raw)) return []
  const list: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    list.push([text(raw[index]), text(raw[index + 1])])
  }
  return list
}

const text = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))

function timingsOf(
  started: number,
  sighting: Sighting,
  socket: SocketFacts | undefined,
  first: boolean,
  headersAt: number,
): Timings {
  const now = performance.now()
  const sent = sighting.sentAt === 0 ? now : sighting.sentAt
  const answered = headersAt === 0 ? now : headersAt
  const round = (milliseconds: number) => Math.round(Math.max(0, milliseconds) * 1000) / 1000
  return {
    dns: first ? round(socket?.dns ?? 0) : 0,
    tcp: first ? round(socket?.tcp ?? 0) : 0,
    tls: first ? round(socket?.tls ?? 0) : 0,
    wait: sighting.sentAt === 0 ? 0 : round(answered - sent),
    download: headersAt === 0 ? 0 : round(now - headersAt),
    total: round(now - started),
  }
}

/** Deadline and cancellation as one signal with a fault as its reason. */
function stopSignal(request: SealedRequest, outer: AbortSignal | undefined): { signal: AbortSignal; free: () => void } {
  const controller = new AbortController()
  const { deadline } = request.limits
  const timer = setTimeout(() => {
    controller.abort(
      new Fault(
        'DEADLINE',
        `${request.url.host} did not finish its answer within ${deadline} ms. It is unknown whether it received the request.`,
        { deadline, host: request.url.host },
      ),
    )
  }, deadline)
  const cancel = () =>
    controller.abort(new Fault('CANCELLED', 'The call was cancelled. It is unknown whether the bank received it.'))
  if (outer?.aborted) cancel()
  outer?.addEventListener('abort', cancel, { once: true })
  return {
    signal: controller.signal,
    free: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', cancel)
    },
  }
}

/** Resolves in every case: what went wrong is a fault in the report. */
export async function call(request: SealedRequest, options: CallOptions): Promise<CallReport> {
  const started = performance.now()
  const stop = stopSignal(request, options.signal)
  const progress: Progress = { headersAt: 0, status: 0, headers: [], collector: null }
  let sighting: Sighting = { socket: null, headerBlock: '', sentAt: 0 }
  let answer: Answer | null = null
  let failure: unknown = null
  try {
    const body = await new Promise<Buffer>((resolve, reject) => {
      sighting = watchDispatch(() => dispatch(request, options, stop.signal, progress, resolve, reject))
    })
    answer = { status: progress.status, headers: progress.headers, body }
  } catch (error) {
    failure = error
    if (sighting.socket === null) options.abandon()
  } finally {
    stop.free()
    progress.collector?.destroy()
  }
  const socket = sighting.socket === null ? undefined : socketFacts(sighting.socket)
  const first = socket !== undefined && socket.uses === 0
  if (socket) socket.uses += 1
  const unanswered = progress.headersAt === 0
  const fault =
    failure === null
      ? null
      : transportFault(failure, {
          host: request.url.host,
          withCertificate: options.withCertificate,
          handshakeBroken: brokeHandshake(failure),
          certificateAsked: socket?.facts.clientCertificateAsked ?? null,
          closedUnanswered: socket !== undefined && unanswered && first,
        })
  return {
    answer,
    fault,
    requestHeaders:
      sighting.headerBlock === ''
        ? request.headers.map(([name, value]) => [name, value])
        : parseHeaderBlock(sighting.headerBlock),
    tls: socket?.facts ?? null,
    timings: timingsOf(started, sighting, socket, first, progress.headersAt),
    stale: fault?.code === 'NETWORK_RESET' && socket !== undefined && !first && unanswered,
  }
}

function dispatch(
  request: SealedRequest,
  options: CallOptions,
  signal: AbortSignal,
  progress: Progress,
  resolve: (body: Promise<Buffer>) => void,
  reject: (error: unknown) => void,
): void {
  let abort: (reason: Error) => void = () => {}
  const stop = () => {
    abort(signal.reason as Error)
    reject(signal.reason)
  }
  if (signal.aborted) {
    stop()
    return
  }
  signal.addEventListener('abort', stop, { once: true })
  options.dispatcher.dispatch(
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
        const encoding = headers['content-encoding']
        progress.collector = collectBody(
          Array.isArray(encoding) ? encoding.at(-1) : encoding,
          request.limits.bodyCap,
          (fault) => {
            controller.abort(fault)
            reject(fault)
          },
        )
      },
      onResponseData(_controller, chunk) {
        progress.collector?.write(chunk)
      },
      onResponseEnd() {
        signal.removeEventListener('abort', stop)
        const body = progress.collector?.end() ?? Promise.resolve(Buffer.alloc(0))
        body.catch(() => {})
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
