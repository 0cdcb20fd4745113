import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ports } from './ports.ts'
import { openWindowEngine, startSandbox } from './window-engine.ts'

const opened: Ports[] = []
const noted: unknown[] = []
vi.mock('./workbench.ts', () => ({
  openWorkbench(ports: Ports) {
    opened.push(ports)
    return Promise.resolve({
      intercept: ({ next }: { next(): Promise<unknown> }) =>
        next().catch((error: unknown) => {
          noted.push(error)
          throw error
        }),
    })
  },
}))

describe('the engine behind a window', () => {
  /** Kept off this process. */
  const hung = new Map<unknown, (error: unknown) => void>()
  beforeEach(() => {
    vi.stubEnv('TPP_HOME', '/data')
    vi.stubEnv('TPP_SECRETS', 'vault')
    vi.spyOn(process, 'on').mockImplementation((name: unknown, listener: unknown) => {
      hung.set(name, listener as (error: unknown) => void)
      return process
    })
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  const own = { openInBrowser: () => Promise.resolve(true), sandboxProgram: { command: 'sandbox', args: [] } }

  it('is lent what the host has, and nobody to ask for a passphrase', async () => {
    await openWindowEngine(own)
    expect(opened.at(-1)).toMatchObject({ ...own, secrets: { choice: 'vault' } })
    expect(opened.at(-1)?.dataFolder).toMatch(/data$/)
    await expect(opened.at(-1)?.secrets.passphrase()).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_MISSING' })
  })

  it('notes what nobody caught as the cause of an error outside any call', async () => {
    await openWindowEngine(own)
    const mistake = new Error('ours')
    for (const name of ['uncaughtException', 'unhandledRejection']) hung.get(name)?.(mistake)
    await vi.waitFor(() => expect(noted.map((error) => (error as Error).cause)).toEqual([mistake, mistake]))
  })
})

describe('its sandbox', () => {
  function client(status: () => Promise<{ running: boolean }>, start = vi.fn(() => Promise.resolve({}))) {
    return { start, workbench: { client: { sandbox: { status, start } } } as never }
  }

  it.each([
    [false, 1],
    [true, 0],
  ])('running: %s is started %i times', async (running, times) => {
    const { start, workbench } = client(() => Promise.resolve({ running }))
    await startSandbox(workbench)
    expect(start).toHaveBeenCalledTimes(times)
  })

  it('may be missing', async () => {
    const failing = vi.fn(() => Promise.reject(new Error('port taken')))
    await expect(startSandbox(client(() => Promise.resolve({ running: false }), failing).workbench)).resolves.toBe(
      undefined,
    )
    expect(failing).toHaveBeenCalledTimes(1)
  })
})
