/** Loads a body that stays in the engine part by part, when a person asks for more. */
import { useEffect, useRef, useState } from 'react'
import type { Exchange } from '#shared/contract/exchange.ts'
import { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { createLoadedLines, type LoadedLines } from './loaded-lines.ts'

type Response = NonNullable<Exchange['response']>

/** Bytes of one part; the most the engine gives. */
const step = 1024 * 1024

export interface LargeBody {
  readonly lines: LoadedLines
  /** Bytes loaded, and bytes there are. */
  readonly loaded: number
  readonly size: number
  /** Everything, once all of it is loaded. */
  readonly whole: string | null
  /** Text loaded so far. */
  text(): string
  readonly loading: 'more' | 'all' | null
  readonly fault: Fault | null
  more(): void
  all(): void
  stop(): void
}

interface Progress {
  readonly loaded: number
  readonly loading: LargeBody['loading']
  readonly fault: Fault | null
  readonly whole: string | null
}

function begin(head: string) {
  const lines = createLoadedLines()
  lines.add(head)
  return { lines, parts: [head] }
}

/** @param exchange its id; a panel shows one exchange for as long as it lives */
export function useLargeBody(exchange: string, { body, stored }: Response): LargeBody {
  const size = stored?.size ?? 0
  const [held] = useState(() => begin(body))
  const [progress, setProgress] = useState<Progress>({
    loaded: stored?.shown ?? 0,
    loading: null,
    fault: null,
    whole: null,
  })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const load = async (loading: 'more' | 'all') => {
    if (running.current !== null) return
    const mine = new AbortController()
    running.current = mine
    let { loaded } = progress
    setProgress({ ...progress, loading, fault: null })
    try {
      do {
        const part = await api.requests.body({ exchange, from: loaded, length: step }, { signal: mine.signal })
        if (mine.signal.aborted) break
        // A part that brings nothing would be asked for again and again.
        if (part.to <= loaded) throw new Fault('DATA_DAMAGED', 'The body ends before its end.')
        held.parts.push(part.content)
        held.lines.add(part.content)
        loaded = part.to
        setProgress({ loaded, loading, fault: null, whole: null })
      } while (loading === 'all' && loaded < size)
      setProgress({ loaded, loading: null, fault: null, whole: loaded >= size ? held.parts.join('') : null })
    } catch (fault) {
      setProgress({ loaded, loading: null, fault: mine.signal.aborted ? null : (fault as Fault), whole: null })
    } finally {
      running.current = null
    }
  }
  return {
    ...progress,
    lines: held.lines,
    size,
    text: () => held.parts.join(''),
    more: () => void load('more'),
    all: () => void load('all'),
    stop: () => running.current?.abort(),
  }
}
