/** Every listener hears of every change, once per thing while it is busy, until its signal ends. */
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createChangeFeed } from './change-feed.ts'

describe('the feed', () => {
  it('tells each listener, and a busy one once per thing', async () => {
    const feed = createChangeFeed()
    const [one, two] = [feed.listen(), feed.listen()]
    const first = [one.next(), two.next()]
    feed.publish({ area: 'history', id: 'a' })
    expect((await Promise.all(first)).map(({ value }) => value as unknown)).toEqual([
      { area: 'history', id: 'a' },
      { area: 'history', id: 'a' },
    ])
    for (const id of ['b', 'b', 'c', 'b']) feed.publish({ area: 'history', id })
    expect([(await one.next()).value, (await one.next()).value]).toEqual([
      { area: 'history', id: 'b' },
      { area: 'history', id: 'c' },
    ])
    await one.return()
    await two.return()
  })

  it('ends with its signal and leaves nothing on it, however much it told', async () => {
    const feed = createChangeFeed()
    const stop = new AbortController()
    const changes = feed.listen(stop.signal)
    for (let count = 0; count < 50; count++) {
      const next = changes.next()
      feed.publish({ area: 'workspace' })
      await next
    }
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1)
    const last = changes.next()
    stop.abort()
    expect((await last).done).toBe(true)
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
    expect((await feed.listen(AbortSignal.abort()).next()).done).toBe(true)
  })
})
