/** L2 to L5 in a real browser: what a page of somebody else's can do to a workbench the person is using in the next tab. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser, whyNoBrowser } from './chromium.ts'
import { type HostileServer, openHostileServer } from './hostile-server.ts'
import { type OpenedHost, openHost } from './open-host.ts'
import { openSlowBank } from './slow-bank.ts'

const reason = whyNoBrowser()
if (reason !== null) process.stderr.write(`The tests with hostile pages in a browser are skipped: ${reason}.\n`)

let browser: Browser
let context: BrowserContext
let host: OpenedHost
let other: OpenedHost
let hostile: HostileServer

/** Runs a function of in-page.js in the page. */
const inPage = <Result>(page: Page, name: string, ...args: unknown[]): Promise<Result> =>
  page.evaluate(`inPage.${name}(...${JSON.stringify(args)})`)
const enter = (page: Page, start: string) => inPage<number>(page, 'enter', start)
const session = (page: Page) => inPage<number>(page, 'session')
const call = (page: Page, ...args: [url: string, path: string, input?: unknown]) =>
  inPage<string>(page, 'call', ...args)

const rpc = (at = host): string => `ws://127.0.0.1:${at.port}/rpc`

async function ownPage(at = host): Promise<Page> {
  const page = await context.newPage()
  await page.goto(at.link())
  return page
}

async function hostilePage(name = '127.0.0.1'): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`http://${name}:${hostile.port}/`)
  return page
}

describe.skipIf(reason !== null)('in Chromium', () => {
  beforeAll(async () => {
    browser = await launchBrowser([
      '--host-resolver-rules=MAP rebind.evil.test 127.0.0.1, MAP page.evil.test 127.0.0.1',
    ])
    hostile = await openHostileServer()
  })
  afterAll(async () => {
    await browser.close()
    await hostile.close()
  })
  beforeEach(async () => {
    ;[host, other, context] = await Promise.all([openHost(), openHost(), browser.newContext()])
    await context.addInitScript({ path: join(import.meta.dirname, 'in-page.js') })
  })
  afterEach(() => Promise.all([context.close(), host.close(), other.close()]))

  it('our own page enters once, cannot see its cookie, and its socket is within the policy', async () => {
    const complaints: string[] = []
    context.on('console', (message) => complaints.push(message.text()))
    const page = await ownPage()
    expect(complaints).toEqual([])
    const start = new URL(page.url()).hash.slice('#start='.length)
    expect(await session(page)).toBe(401)
    expect(await call(page, rpc(), '/banks/list')).toBe('refused')
    expect(await enter(page, start)).toBe(204)
    expect(await enter(page, start)).toBe(401)
    expect(await inPage(page, 'cookies')).toBe('')
    expect(await session(page)).toBe(204)
    expect(await call(page, rpc(), '/banks/list')).toContain('ica-banken')
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ name: `tpp-${host.port}`, httpOnly: true, sameSite: 'Strict', path: '/' })
  })

  it('a name pointed at 127.0.0.1 is refused, whatever is asked', async () => {
    const page = await context.newPage()
    const answer = await page.goto(`http://rebind.evil.test:${host.port}/`)
    expect(answer?.status()).toBe(421)
    expect(await answer?.text()).not.toContain('<title>')
    expect(await session(page)).toBe(421)
    expect(await enter(page, host.start())).toBe(421)
    expect(await call(page, `ws://rebind.evil.test:${host.port}/rpc`, '/banks/list')).toBe('refused')
  })

  it.each(['127.0.0.1', 'page.evil.test'])('a page at %s gets nothing and changes nothing', async (name) => {
    const own = await ownPage()
    expect(await enter(own, host.start())).toBe(204)
    const start = host.start()
    const page = await hostilePage(name)
    const statuses = new Map<string, number[]>()
    page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url())
      if (origin !== host.origin) return
      const key = `${response.request().method()} ${pathname}`
      statuses.set(key, [...(statuses.get(key) ?? []), response.status()])
    })
    const outcomes = await inPage<Record<string, unknown>>(page, 'attack', host.origin, start)
    expect(outcomes).toMatchObject({
      json: 'blocked',
      read: 'blocked',
      bearer: 'blocked',
      image: 'error',
      script: 'error',
      style: 'error',
      events: 'error',
      ran: false,
    })
    // An opaque answer tells the page nothing but that there was one.
    for (const each of [outcomes.text, outcomes.opaque, outcomes.link]) expect(['opaque 0', 'blocked']).toContain(each)
    expect(await call(page, rpc(), '/workspace/lock')).toBe('refused')
    const form = page.waitForResponse((each) => each.request().isNavigationRequest())
    await inPage(page, 'submitForm', host.origin, start)
    expect((await form).status()).toBe(403)
    const refused = [...statuses.values()].flat()
    expect(statuses.get('POST /session')).toContain(403)
    expect(refused.filter((status) => status !== 403 && status !== 405)).toEqual([])
    expect(await enter(own, start)).toBe(204)
    expect(await call(own, rpc(), '/history/list', {})).toContain('"json":[]')
  })

  it('cannot be framed', async () => {
    const page = await hostilePage()
    const framed = page.waitForResponse((each) => each.url().startsWith(host.origin))
    await inPage(page, 'frame', host.origin)
    expect((await framed).status()).toBe(403)
  })

  it('shows a followed link its files, which hold nothing, and no session', async () => {
    const page = await hostilePage('page.evil.test')
    await Promise.all([page.waitForURL(`${host.origin}/`), inPage(page, 'follow', host.origin)])
    expect(await page.title()).toBe('window')
    expect(await session(page)).toBe(401)
  })

  it('the session of one host opens no other on this machine', async () => {
    expect(await enter(await ownPage(), host.start())).toBe(204)
    const page = await ownPage(other)
    expect(await session(page)).toBe(401)
    expect(await call(page, rpc(other), '/banks/list')).toBe('refused')
    expect(await call(page, rpc(host), '/banks/list')).toBe('refused')
  })

  it('tells nobody where it came from, and hands no token on', async () => {
    const page = await ownPage()
    const start = page.url().split('#start=')[1]!
    const before = hostile.seen.length
    const next = `http://page.evil.test:${hostile.port}/next`
    await Promise.all([page.waitForURL(next), inPage(page, 'follow', next)])
    const [request] = hostile.seen.slice(before)
    expect(request?.url).toBe('/next')
    expect(request?.headers.referer).toBeUndefined()
    expect(JSON.stringify(hostile.seen)).not.toContain(start)
  })

  it('runs nothing inline and loads nothing from elsewhere', async () => {
    const stranger = `http://127.0.0.1:${hostile.port}`
    await writeFile(
      join(host.windowFolder, 'injected.html'),
      `<!doctype html><title>injected</title><script src="/window.js"></script>
       <script>globalThis.inlineRan = true</script><img src="data:," onerror="globalThis.inlineRan = true">
       <script src="${stranger}/strange.js"></script><link rel="stylesheet" href="${stranger}/strange.css">
       <base href="${stranger}/"><iframe src="${stranger}/frame"></iframe><object data="${stranger}/object"></object>
       <form action="${stranger}/form" method="post" id="form"></form>`,
    )
    const before = hostile.seen.length
    const page = await context.newPage()
    await page.goto(`${host.origin}/injected.html`)
    expect(await inPage(page, 'reach', stranger)).toEqual({
      read: 'blocked',
      socket: 'blocked',
      ours: true,
      inline: false,
      base: host.origin,
    })
    expect(hostile.seen.slice(before)).toEqual([])
  })

  it('two tabs have a socket each; a call of the one that closes finishes and is in history', async () => {
    const bank = await openSlowBank(host.dataFolder)
    const [leaving, staying] = [await ownPage(), await ownPage()]
    expect(await enter(leaving, host.start())).toBe(204)
    expect(await call(staying, rpc(), '/requests/running')).toContain('"json":[]')
    const draft = { bank: 'ica-banken', operation: 'ica-accounts-list', identity: 'none', grant: 'none', insist: true }
    const lost = call(leaving, rpc(), '/requests/dispatch', { call: 'tab', draft }).catch(() => 'lost')
    await bank.arrived()
    await leaving.close()
    expect(await lost).toBe('lost')
    expect(await call(staying, rpc(), '/requests/running')).toContain('"call":"tab"')
    bank.letGo()
    await expect
      .poll(() => call(staying, rpc(), '/history/list', {}), { timeout: 15_000 })
      .toContain('"operation":"ica-accounts-list"')
    await bank.close()
  })
})
