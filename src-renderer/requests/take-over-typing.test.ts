/** Typing is taken over a moment after it rests, at the latest after two seconds, at once when it is needed, and never twice. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetTyping, takeOverSoon, takeOverTyping } from './take-over-typing.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  takeOverTyping()
  vi.useRealTimers()
})

it('waits until the keys rest', () => {
  const take = vi.fn()
  for (let key = 0; key < 5; key += 1) {
    takeOverSoon(take)
    vi.advanceTimersByTime(200)
  }
  expect(take).not.toHaveBeenCalled()
  vi.advanceTimersByTime(100)
  expect(take).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(10_000)
  expect(take).toHaveBeenCalledOnce()
})

it('does not wait for ever while somebody types', () => {
  const take = vi.fn()
  for (let key = 0; key < 21; key += 1) {
    takeOverSoon(take)
    vi.advanceTimersByTime(100)
  }
  expect(take).toHaveBeenCalledOnce()
})

it('takes all over at once when a draft is read, each once', () => {
  const [one, other] = [vi.fn(), vi.fn()]
  takeOverSoon(one)
  takeOverSoon(other)
  takeOverTyping(other)
  expect([one, other].map((take) => take.mock.calls.length)).toEqual([0, 1])
  takeOverTyping()
  vi.advanceTimersByTime(10_000)
  expect([one, other].map((take) => take.mock.calls.length)).toEqual([1, 1])
})

it('forgets what was replaced', () => {
  const take = vi.fn()
  takeOverSoon(take)
  forgetTyping(take)
  takeOverTyping()
  vi.advanceTimersByTime(10_000)
  expect(take).not.toHaveBeenCalled()
})
