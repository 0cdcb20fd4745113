import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resourcesFolder } from '#core/desktop.ts'
import { openWorkbench, type Workbench, type WorkbenchClient } from '#core/workbench.ts'
import { createElectron, StandInContents } from '../test/electron/electron-stand-in.ts'
import { createPorts, type StandInPort } from '../test/electron/message-port-main.ts'
import { serveWindow } from './serve-window.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'tpp-serve-'))
let workbench: Workbench
beforeAll(async () => {
  workbench = await openWorkbench({
    dataFolder,
    resourcesFolder: resourcesFolder(),
    secrets: { choice: 'vault', passphrase: () => Promise.reject(new Error('nobody')) },
    openInBrowser: () => Promise.resolve(false),
    sandboxProgram: { command: 'false', args: [] },
  })
})
afterAll(async () => {
  await workbench.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

const ownFrame = { parent: null, origin: 'app://workbench', url: 'app://workbench/' }

function setUp() {
  const { ipcMain } = createElectron()
  const ours = new StandInContents()
  serveWindow(ipcMain as never, (contents) => contents === (ours as never), workbench)
  return {
    ipcMain,
    hand(ports: StandInPort[], senderFrame: unknown = ownFrame, sender: StandInContents = ours) {
      ipcMain.emit('tpp:port', { ports, senderFrame, sender }, null)
    },
  }
}

describe('the port of our own page', () => {
  it('carries calls and their answers', async () => {
    const { page, main } = createPorts()
    setUp().hand([main])
    const client: WorkbenchClient = createORPCClient(new RPCLink({ port: page }))
    const banks = await client.banks.list()
    expect(banks.length).toBeGreaterThan(0)
    expect(main.started).toBe(true)
    page.close()
  })

  it('carries faults as data', async () => {
    const { page, main } = createPorts()
    setUp().hand([main])
    const client: WorkbenchClient = createORPCClient(new RPCLink({ port: page }))
    await expect(client.banks.operations({ bank: 'no-such-bank' })).rejects.toMatchObject({ code: 'BANK_UNKNOWN' })
    page.close()
  })

  it('is accepted anew after a reload', async () => {
    const { hand } = setUp()
    for (let load = 0; load < 2; load++) {
      const { page, main } = createPorts()
      hand([main])
      const client: WorkbenchClient = createORPCClient(new RPCLink({ port: page }))
      expect(await client.banks.list()).not.toHaveLength(0)
      page.close()
    }
  })

  it('is the only channel', () => {
    expect(setUp().ipcMain.eventNames()).toEqual(['tpp:port'])
  })
})

describe('a port is refused and closed', () => {
  const frames: [string, unknown][] = [
    ['a frame in our page', { ...ownFrame, parent: ownFrame }],
    ['another origin', { parent: null, origin: 'https://evil.test', url: 'https://evil.test/' }],
    ['an opaque origin', { parent: null, origin: 'null', url: 'app://workbench/' }],
    ['another host of our scheme', { parent: null, origin: 'app://other', url: 'app://other/' }],
    ['a host that begins like ours', { parent: null, origin: 'app://workbench.evil.test', url: '' }],
    ['a file', { parent: null, origin: 'file://', url: 'file:///tmp/x.html' }],
    ['a frame that is gone', null],
  ]
  it.each(frames)('from %s', (_who, frame) => {
    const { main } = createPorts()
    setUp().hand([main], frame)
    expect([main.started, main.closed]).toEqual([false, true])
  })

  it('from a window that is not ours', () => {
    const { main } = createPorts()
    setUp().hand([main], ownFrame, new StandInContents())
    expect([main.started, main.closed]).toEqual([false, true])
  })

  it('when there are two', () => {
    const ports = [createPorts().main, createPorts().main]
    setUp().hand(ports)
    expect(ports.map(({ started, closed }) => [started, closed])).toEqual([
      [false, true],
      [false, true],
    ])
  })

  it('and none at all is no mistake', () => {
    expect(() => setUp().hand([])).not.toThrow()
  })
})
