/** Remembers the TLS session of one pool together with what its full handshake said. */
import type { TLSSocket } from 'node:tls'

/** Whether the server asked for a client certificate, and whether ours was sent; null when unknown. */
export interface CertificateRequest {
  readonly asked: boolean | null
  readonly sent: boolean | null
}

/** What a connection learns of itself, known once its handshake is over. */
export interface Learned {
  request: CertificateRequest
}

export const nothingLearned: CertificateRequest = { asked: null, sent: null }

export interface SessionMemory {
  /** The session to resume, and what is known of it. */
  readonly ticket: Buffer | undefined
  readonly request: CertificateRequest
  /** Takes the tickets of a socket, which may come before its handshake is judged: hence `learned`, filled later. */
  follow(socket: TLSSocket, learned: Learned): void
}

export function createSessionMemory(): SessionMemory {
  let kept: { ticket: Buffer; learned: Learned } | null = null
  return {
    get ticket() {
      return kept?.ticket
    },
    get request() {
      return kept?.learned.request ?? nothingLearned
    },
    follow(socket, learned) {
      socket.on('session', (ticket) => {
        kept = { ticket, learned }
      })
    },
  }
}
