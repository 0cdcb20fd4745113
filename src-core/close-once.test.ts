import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCloseOnce } from './close-once.ts'

describe('the end', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('comes once everything is closed, which happens once', async () => {
    let closed: () => void = () => undefined
    const close = vi.fn(() => new Promise<void>((resolve) => (closed = resolve)))
    const end = vi.fn()
    const closeOnce = createCloseOnce(close, end)
    closeOnce()
    closeOnce()
    await vi.advanceTimersByTimeAsync(1000)
    expect(end).not.toHaveBeenCalled()
    closed()
    await vi.advanceTimersByTimeAsync(10_000)
    expect([close.mock.calls.length, end.mock.calls.length]).toEqual([1, 1])
  })

  it('comes all the same when closing fails', async () => {
    const end = vi.fn()
    createCloseOnce(() => Promise.reject(new Error('disk')), end)()
    await vi.advanceTimersByTimeAsync(0)
    expect(end).toHaveBeenCalledTimes(1)
  })

  it('comes all the same when closing hangs', async () => {
    const end = vi.fn()
    createCloseOnce(() => new Promise(() => undefined), end)()
    await vi.advanceTimersByTimeAsync(6900)
    expect(end).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(end).toHaveBeenCalledTimes(1)
  })
})
