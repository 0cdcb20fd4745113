/** A workbench nobody touches locks itself: after its minutes, not before, and only where a window told of a person. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createIdleLock, usualMinutes } from './idle-lock.ts'
import { createSettings } from './settings.ts'

let folder = ''
const lock = vi.fn(async () => undefined)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-idle-'))
  lock.mockClear()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true, force: true })
})

const open = () => createIdleLock(createSettings(folder), lock)
/** Lets the clock run, and then the reading of the settings that a ringing clock begins. */
async function pass(minutes: number): Promise<void> {
  vi.advanceTimersByTime(minutes * 60_000)
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('the idle lock', () => {
  it('locks after the usual minutes, counted from the last sign of a person', async () => {
    const idle = open()
    await idle.present()
    await pass(usualMinutes - 1)
    await idle.present()
    await pass(usualMinutes - 1)
    expect(lock).not.toHaveBeenCalled()
    await pass(1)
    await vi.waitFor(() => expect(lock).toHaveBeenCalledOnce())
    await pass(10 * usualMinutes)
    expect(lock).toHaveBeenCalledOnce()
  })

  it('begins anew with the person who comes back', async () => {
    const idle = open()
    await idle.present()
    await pass(usualMinutes)
    await vi.waitFor(() => expect(lock).toHaveBeenCalledOnce())
    await idle.present()
    await pass(usualMinutes)
    await vi.waitFor(() => expect(lock).toHaveBeenCalledTimes(2))
  })

  it('leaves a program without a window alone', async () => {
    const idle = open()
    await idle.lockAfter(1)
    await pass(60)
    expect(lock).not.toHaveBeenCalled()
  })

  it('takes other minutes up at once, keeps them, and locks never when told so', async () => {
    const idle = open()
    await idle.present()
    await pass(3)
    await idle.lockAfter(null)
    await pass(1000)
    expect(lock).not.toHaveBeenCalled()
    expect(await open().minutes()).toBeNull()
    await idle.present()
    await idle.lockAfter(5)
    await pass(5)
    await vi.waitFor(() => expect(lock).toHaveBeenCalledOnce())
    expect(await open().minutes()).toBe(5)
  })

  it('locks at once when the time is up already, after a change', async () => {
    const idle = open()
    await idle.present()
    vi.setSystemTime(Date.now() + 20 * 60_000)
    await idle.lockAfter(10)
    expect(lock).toHaveBeenCalledOnce()
  })

  it('is locked for whoever touches the window after the machine slept', async () => {
    const idle = open()
    await idle.present()
    vi.setSystemTime(Date.now() + (usualMinutes + 1) * 60_000)
    await idle.present()
    expect(lock).toHaveBeenCalledOnce()
    await idle.present()
    expect(lock).toHaveBeenCalledOnce()
  })

  it('does not keep keys open because the settings are damaged', async () => {
    await writeFile(join(folder, 'settings.json'), '{')
    const idle = open()
    await idle.present()
    await pass(usualMinutes)
    await vi.waitFor(() => expect(lock).toHaveBeenCalledOnce())
  })
})
