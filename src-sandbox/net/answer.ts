/** What a simulated server received and what it answers, as plain values. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { SandboxSignature } from '#shared/sandbox-protocol.ts'

export interface Received {
  readonly method: string
  /** Path without the query, as sent (still percent-encoded). */
  readonly path: string
  /** Path and query exactly as sent. */
  readonly target: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Sends an answer in its own way: its status and fields are set, nothing of it has been written. */
export type Transmit = (response: ServerResponse, body: Buffer) => void | Promise<void>

/** How an answer goes out that is not simply sent. */
export interface Delivery {
  /** Milliseconds it waits for. */
  readonly delay?: number
  readonly transmit?: Transmit
  /** Not even its head is sent. */
  readonly unanswered?: boolean
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | null
  /** Why it was answered so: for the log, never sent. */
  readonly reason: string
  /** Left out: at once and whole. */
  readonly delivery?: Delivery
  /** What was made of the request's signature: for the log, never sent. */
  readonly signature?: SandboxSignature
}

export const jsonAnswer = (
  status: number,
  value: unknown,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
  reason,
})

export const emptyAnswer = (
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers,
  body: null,
  reason,
})

/** One header's value; the first where it was sent several times. */
export function headerOf(received: Received, name: string): string | undefined {
  const value = received.headers[name]
  return Array.isArray(value) ? value[0] : value
}

export const mediaTypeOf = (received: Received): string =>
  (headerOf(received, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
