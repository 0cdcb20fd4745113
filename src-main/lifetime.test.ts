import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cancelable, createElectron } from '../test/electron/electron-stand-in.ts'
import { closeBeforeEnd, lockWithMachine } from './lifetime.ts'

describe('locking with the machine', () => {
  it.each([
    ['linux', ['lock-screen', 'suspend']],
    ['win32', ['lock-screen', 'suspend']],
    ['darwin', ['lock-screen', 'suspend', 'user-did-resign-active']],
  ] as const)('on %s happens at %j', (platform, events) => {
    const powerMonitor = new EventEmitter()
    const lock = vi.fn()
    lockWithMachine(powerMonitor as never, platform, lock)
    expect(powerMonitor.eventNames()).toEqual([...events])
    for (const event of events) powerMonitor.emit(event)
    expect(lock).toHaveBeenCalledTimes(events.length)
  })
})

describe('the end', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function ending(close: () => Promise<void>) {
    const { app } = createElectron()
    closeBeforeEnd(app as never, close)
    return {
      told: app.told,
      quits() {
        const event = cancelable({})
        app.emit('will-quit', event)
        return !event.defaultPrevented
      },
    }
  }

  it('waits until the workbench is closed, and closes it once', async () => {
    let closed: () => void = () => undefined
    const close = vi.fn(() => new Promise<void>((resolve) => (closed = resolve)))
    const { quits, told } = ending(close)
    expect([quits(), quits()]).toEqual([false, false])
    await vi.advanceTimersByTimeAsync(1000)
    expect(told).toEqual([])
    closed()
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual(['exit 0'])
    expect(close).toHaveBeenCalledTimes(1)
  })

  it('comes all the same when closing fails', async () => {
    const { quits, told } = ending(() => Promise.reject(new Error('disk')))
    quits()
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual(['exit 0'])
  })

  it('comes all the same when closing hangs', async () => {
    const { quits, told } = ending(() => new Promise(() => undefined))
    quits()
    await vi.advanceTimersByTimeAsync(6900)
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(told).toEqual(['exit 0'])
  })
})
