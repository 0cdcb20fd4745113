/** One try at making a connection: how far it came, when, and how to break it off. */
import type { TlsFacts } from '#shared/contract/exchange.ts'

/** The step a connection is at: resolving a name, TCP, the proxy's answer, the TLS handshake. */
export type ConnectPhase = 'dns' | 'tcp' | 'proxy' | 'tls'

export interface Attempt {
  /** Where it is now, or where it ended. */
  readonly phase: ConnectPhase
  /** Milliseconds each part has taken so far; behind a proxy `tcp` holds the tunnel. */
  readonly times: { readonly dns: number; readonly tcp: number; readonly tls: number }
  /** Known once the server has shown its certificate, trusted or not. */
  readonly facts: TlsFacts | null
  /** Whether the server had asked for a client certificate by then; null when unknown. */
  readonly asked: boolean | null
  abandon(): void
}

/** The part of an attempt that only the connector writes. */
export interface AttemptRecord {
  readonly view: Attempt
  reach(phase: ConnectPhase): void
  end(): void
  facts: TlsFacts | null
  asked: boolean | null
}

const order: readonly ConnectPhase[] = ['dns', 'tcp', 'proxy', 'tls']

/** @param first `tcp` where there is no name to resolve */
export function recordAttempt(first: ConnectPhase, abandon: () => void): AttemptRecord {
  const begun = new Map<ConnectPhase, number>([[first, performance.now()]])
  let phase = first
  let endedAt: number | null = null
  const began = (wanted: ConnectPhase) => begun.get(wanted)
  const span = (from: ConnectPhase, to: ConnectPhase | null): number => {
    const start = began(from)
    if (start === undefined) return 0
    const end = (to === null ? undefined : began(to)) ?? endedAt ?? performance.now()
    return Math.max(0, end - start)
  }
  const record: AttemptRecord = {
    facts: null,
    asked: null,
    reach(next) {
      // With several addresses one step is reported more than once.
      if (order.indexOf(next) <= order.indexOf(phase)) return
      begun.set(next, performance.now())
      phase = next
    },
    end() {
      endedAt = performance.now()
    },
    view: {
      get phase() {
        return phase
      },
      get times() {
        return { dns: span('dns', 'tcp'), tcp: span('tcp', 'tls'), tls: span('tls', null) }
      },
      get facts() {
        return record.facts
      },
      get asked() {
        return record.asked
      },
      abandon,
    },
  }
  return record
}
