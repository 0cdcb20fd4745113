/** Learns from undici's diagnostics which socket carried a request and the header block exactly as it went out. */
import { subscribe } from 'node:diagnostics_channel'
import type { Attempt } from './attempt.ts'

/** What was seen of one request on the wire. */
export interface Sighting {
  socket: object | null
  /** The connection that had to be made for it; null where one was there. */
  attempt: Attempt | null
  /** The header block as sent, request line included. */
  headerBlock: string
  /** performance.now() when it was written. */
  sentAt: number
}

const byRequest = new WeakMap<object, Sighting>()
let current: Sighting | null = null
let expected: Sighting | null = null
let watching = false

interface RequestMessage {
  request: object
}
interface HeadersMessage extends RequestMessage {
  headers: string
  socket: object
}

function watch(): void {
  if (watching) return
  watching = true
  subscribe('undici:request:create', (message) => {
    if (expected === null) return
    byRequest.set((message as RequestMessage).request, expected)
    expected = null
  })
  subscribe('undici:client:sendHeaders', (message) => {
    const { request, headers, socket } = message as HeadersMessage
    const sighting = byRequest.get(request)
    if (sighting === undefined) return
    sighting.socket = socket
    sighting.headerBlock = headers
    sighting.sentAt = performance.now()
  })
}

/** The request that is being dispatched at this moment: a connection made within it is made for it. */
export const dispatching = (): Sighting | null => current

/** Runs a dispatch and returns what will be seen of it. undici makes its request object within the call, so no other request can slip in. */
export function watchDispatch(dispatch: (sighting: Sighting) => void): Sighting {
  watch()
  const sighting: Sighting = { socket: null, attempt: null, headerBlock: '', sentAt: 0 }
  const outer = current
  current = sighting
  expected = sighting
  try {
    dispatch(sighting)
  } finally {
    current = outer
    expected = null
  }
  return sighting
}

/** Header lines of a block as pairs; the request line is left out. */
export function parseHeaderBlock(block: string): [string, string][] {
  return block
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    })
}
