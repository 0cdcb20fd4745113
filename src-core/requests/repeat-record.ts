/** Keeps account of the calls of a run: which are being written down, and which are durable and may be told of. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { RepeatEvent } from '#shared/contract/requests.ts'

export interface RepeatRecord {
  /** Begins to write one down. Gives it back once it is described, durable or not. */
  add(described: Promise<Exchange>): Promise<Exchange>
  /** Resolves when few enough are being written for one more. */
  room(): Promise<void>
  /** What has become durable since it was asked last, in the order of the calls. */
  told(): RepeatEvent[]
  /** Resolves when everything is durable. Rejects with what kept one from being described. */
  settle(): Promise<void>
  count(): number
  /** The newest that was told. */
  last(): Exchange | null
}

/** How many may be on their way to the disk: one group is waited for while the next one gathers. */
const most = 32

/** @param keep resolves when the exchange is durable, to what is to be shown of it; never rejects. */
export function createRepeatRecord(
  keep: (exchange: Exchange) => Promise<Exchange>,
  flush: () => Promise<void>,
): RepeatRecord {
  const writing = new Set<Promise<void>>()
  let mistake: { readonly reason: unknown } | null = null
  /** In the order of the calls; null where one is not durable yet. One may take longer to describe than the next. */
  const places: { kept: Exchange | null }[] = []
  let [count, last]: [number, Exchange | null] = [0, null]

  const take = async (described: Promise<Exchange>): Promise<void> => {
    const place: (typeof places)[number] = { kept: null }
    places.push(place)
    place.kept = await keep(await described)
  }
  const durable = (): Exchange[] => {
    const open = places.findIndex(({ kept }) => kept === null)
    return places.splice(0, open < 0 ? places.length : open).map(({ kept }) => kept!)
  }
  const all = async (): Promise<void> => {
    await Promise.all(writing)
    if (mistake !== null) throw mistake.reason
  }
  /** They reach the queue some turns of the microtasks after they were added: flushed before, they would wait for its clock. */
  const now = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    await flush()
    await all()
  }
  return {
    add(described) {
      count += 1
      const taking: Promise<void> = take(described)
        .catch((reason: unknown) => {
          mistake ??= { reason }
        })
        .finally(() => writing.delete(taking))
      writing.add(taking)
      return described
    },
    async room() {
      if (mistake !== null) return all()
      while (writing.size >= most) await Promise.race(writing)
    },
    told() {
      const kept = durable()
      last = kept.at(-1) ?? last
      if (kept.length === 0) return []
      const calls = kept.map(({ id, response, timings, findings }) => ({
        exchange: id,
        status: response?.status ?? null,
        total: timings.total,
        handshake: timings.tls > 0,
        recorded: !findings.some((finding) => finding.id === 'not-recorded'),
      }))
      return [{ kind: 'calls', calls }]
    },
    async settle() {
      if (writing.size > 0 || mistake !== null) await now()
    },
    count: () => count,
    last: () => last,
  }
}
