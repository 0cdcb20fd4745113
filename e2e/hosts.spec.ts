/** One list of calls through every host: the answers and the faults are the same, whoever carries them. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { test as base, expect } from '@playwright/test'
import WebSocket from 'ws'
import { startWorkbench, type Workbench } from './workbench.ts'

const root = resolve(import.meta.dirname, '..')

/** A call of the contract, and the terminal's command for it where there is one. */
interface Call {
  readonly path: readonly [string, string]
  readonly input?: unknown
  readonly command?: readonly string[]
  /** Code of the fault that is the right answer. */
  readonly fault?: string
}

const bank = 'ica-banken'

const calls: readonly Call[] = [
  { path: ['banks', 'list'], command: ['banks'] },
  { path: ['banks', 'operations'], input: { bank }, command: ['operations', bank] },
  { path: ['banks', 'errors'], input: { words: ['consent'], bank }, command: ['errors', 'consent', '--bank', bank] },
  { path: ['banks', 'describe'], input: { bank } },
  { path: ['banks', 'operation'], input: { bank, operation: 'ica-payment-create' } },
  { path: ['keys', 'list'], command: ['keys', 'list'] },
  { path: ['access', 'list'], command: ['access', 'list'] },
  { path: ['history', 'list'], input: {}, command: ['history'] },
  { path: ['sandbox', 'status'], command: ['sandbox', 'status'] },
  { path: ['requests', 'running'] },
  {
    path: ['banks', 'operations'],
    input: { bank: 'ica-bank' },
    command: ['operations', 'ica-bank'],
    fault: 'BANK_UNKNOWN',
  },
  {
    path: ['keys', 'inspect'],
    input: { identity: 'nobody' },
    command: ['keys', 'inspect', 'nobody'],
    fault: 'IDENTITY_UNKNOWN',
  },
  { path: ['history', 'show'], input: { id: 'nothing' }, command: ['history', 'nothing'], fault: 'EXCHANGE_UNKNOWN' },
  {
    path: ['access', 'refresh'],
    input: { grant: 'g-0' },
    command: ['access', 'refresh', 'g-0'],
    fault: 'GRANT_UNKNOWN',
  },
  {
    path: ['requests', 'preflight'],
    input: { bank, operation: 'ica-acounts-list' },
    command: ['call', bank, 'ica-acounts-list', '--preflight-only'],
    fault: 'OPERATION_UNKNOWN',
  },
  { path: ['requests', 'send'], input: { bank: 7 }, fault: 'INPUT_INVALID' },
]

type Outcome = { readonly value: unknown } | { readonly fault: string }
type Carrier = (call: Call) => Promise<Outcome>

/** What an oRPC error says, in the terminal's words. */
function faultOf(error: unknown): Outcome {
  const { code } = error as { code?: string }
  return { fault: code === 'BAD_REQUEST' ? 'INPUT_INVALID' : String(code) }
}

async function overSocket(workbench: Workbench): Promise<{ carry: Carrier; close: () => void }> {
  const link = new URL(await workbench.link())
  const answer = await fetch(`${link.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: link.origin },
    body: JSON.stringify({ start: link.hash.replace('#start=', '') }),
  })
  expect(answer.status).toBe(204)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = new WebSocket(`${link.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: link.origin } })
  await new Promise((open, fail) => socket.once('open', open).once('error', fail))
  const client = createORPCClient(new RPCLink({ websocket: socket as never })) as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >
  const carry: Carrier = async ({ path: [area, method], input }) => {
    try {
      return { value: await client[area]![method]!(input) }
    } catch (error) {
      return faultOf(error)
    }
  }
  return { carry, close: () => socket.close() }
}

const overTerminal =
  (workbench: Workbench): Carrier =>
  async ({ command = [] }) => {
    try {
      return { value: await workbench.tpp(...command) }
    } catch (error) {
      const { stdout } = error as { stdout?: string }
      return { fault: (JSON.parse(stdout ?? '{}') as { fault: { code: string } }).fault.code }
    }
  }

const nameOf = ({ path, input }: Call) => `${path.join('.')} ${JSON.stringify(input ?? null)}`

const test = base.extend<object, { workbench: Workbench }>({
  workbench: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
      await use(workbench)
      await workbench.stop()
    },
    { scope: 'worker' },
  ],
})

test.describe('the same calls, the same answers', () => {
  test('local host', async ({ workbench }) => {
    const { carry, close } = await overSocket(workbench)
    for (const call of calls) {
      const outcome = await carry(call)
      if (call.fault === undefined) expect(outcome, nameOf(call)).toHaveProperty('value')
      else expect(outcome, nameOf(call)).toEqual({ fault: call.fault })
    }
    close()
  })

  test('terminal, compared with the local host', async ({ workbench }) => {
    const { carry, close } = await overSocket(workbench)
    const terminal = overTerminal(workbench)
    for (const call of calls.filter((each) => each.command !== undefined)) {
      expect(await terminal(call), nameOf(call)).toEqual(await carry(call))
    }
    close()
  })

  test('Electron', async () => {
    const reason = whyNoElectron()
    test.skip(reason !== null, `SKIPPED, not proven here: the same calls through Electron: ${reason}`)
    const { _electron } = await import('@playwright/test')
    const app = await _electron.launch({
      args: [root],
      env: { ...process.env, TPP_SECRETS: 'vault' } as Record<string, string>,
    })
    const page = await app.firstWindow()
    // One port a page: this time it is ours, and the window's own wish for one is not passed on.
    await page.addInitScript(() => {
      const post = window.postMessage.bind(window)
      Object.assign(window, { postForTest: post, postMessage: () => {} })
    })
    await page.reload()
    await page.evaluate(openPort)
    for (const call of calls) {
      const outcome = await page.evaluate(callOverPort, { path: call.path, input: call.input ?? null })
      if (call.fault === undefined) expect(outcome, nameOf(call)).toHaveProperty('value')
      else expect(outcome, nameOf(call)).toEqual({ fault: call.fault })
    }
    await app.close()
  })
})

/** As electron's own install script decides it; the module itself would try to download when it is asked. */
function whyNoElectron(): string | null {
  const folder = join(root, 'node_modules/electron')
  const path = join(folder, 'path.txt')
  if (!existsSync(path)) return 'its binary is not installed'
  return existsSync(join(folder, 'dist', readFileSync(path, 'utf8'))) ? null : 'its binary is not installed'
}

interface TestPage {
  postForTest: (message: string, origin: string, transfer: Transferable[]) => void
  portForTest: MessagePort
}

/** Runs in the page. */
function openPort(): void {
  const page = window as unknown as TestPage
  const { port1, port2 } = new MessageChannel()
  page.portForTest = port1
  page.postForTest('tpp:connect', '*', [port2])
}

/** Runs in the page: one call in the transport's plain JSON frames. */
async function callOverPort({ path, input }: { path: readonly string[]; input: unknown }): Promise<Outcome> {
  const { portForTest: port } = window as unknown as TestPage
  const id = String(performance.now())
  const answered = new Promise<string>((resolveFrame) => {
    port.onmessage = ({ data }) => resolveFrame(String(data))
  })
  port.postMessage(JSON.stringify({ i: id, p: { u: `/${path.join('/')}`, b: { json: input } } }))
  const frame = JSON.parse(await answered) as { p: { s?: number; b: { json: { code?: string } } } }
  if ((frame.p.s ?? 200) < 400) return { value: frame.p.b.json }
  const { code } = frame.p.b.json
  return { fault: code === 'BAD_REQUEST' ? 'INPUT_INVALID' : String(code) }
}
