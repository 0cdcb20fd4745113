/** Measures the window in the browser that is there: how soon it can be used, how much code that takes, how fast typing is. Prints the results as JSON. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { median, type Result, rounded } from './result.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, browser: { type: 'string' } } })
const rounds = Number(values.rounds)
const out = resolve(import.meta.dirname, '../out/main')
const scratch = mkdtempSync(join(tmpdir(), 'tpp-bench-window-'))
const passphraseFile = join(scratch, 'passphrase')
const { DBUS_SESSION_BUS_ADDRESS: _bus, ...rest } = process.env
const environment = {
  ...rest,
  TPP_HOME: join(scratch, 'home'),
  TPP_SECRETS: 'vault',
  TPP_PASSPHRASE_FILE: passphraseFile,
}
const tpp = (...args: string[]): string =>
  execFileSync(process.execPath, [join(out, 'tpp.js'), ...args, '--json'], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
const freshLink = () => (JSON.parse(tpp('serve', '--link')) as { url: string }).url

/** A profile that is kept, as a person's is: code the browser compiled once need not be compiled again. */
const open = (): Promise<BrowserContext> =>
  chromium.launchPersistentContext(join(scratch, 'profile'), {
    ...(values.browser === undefined ? {} : { executablePath: values.browser }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    viewport: { width: 1440, height: 900 },
  })

/** Milliseconds from the start of the browser until the page does what it is for; `ready` runs in the page and gives an epoch. */
async function timeToUse(url: string, ready: () => number | null): Promise<number> {
  const started = Date.now()
  const context = await open()
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  const at = await page.waitForFunction(ready)
  const took = Number(await at.jsonValue()) - started
  await context.close()
  return took
}

/** Run in the page: when its load was over, and when the window said that it answers. */
const loaded = (): number | null => {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return entry !== undefined && entry.loadEventEnd > 0 ? performance.timeOrigin + entry.loadEventEnd : null
}
const interactive = (): number | null => {
  const [mark] = performance.getEntriesByName('interactive')
  return mark === undefined ? null : performance.timeOrigin + mark.startTime
}

async function startUp(): Promise<Result> {
  const times: Record<'blank' | 'window', number[]> = { blank: [], window: [] }
  for (let round = -1; round < rounds; round++) {
    const link = freshLink()
    const blank = await timeToUse('data:text/html,<!doctype html><title>blank</title>', loaded)
    const window = await timeToUse(link, interactive)
    // The first round fills the profile.
    if (round >= 0) {
      times.blank.push(blank)
      times.window.push(window)
    }
  }
  const value = median(times.window)
  return {
    id: 'window-start',
    value: rounded(value, 0),
    unit: 'ms',
    ratio: rounded(value / median(times.blank), 2),
    against: 'a blank page in the same browser, profile kept',
  }
}

async function firstScreenCode(): Promise<Result> {
  const context = await open()
  const page = context.pages()[0] ?? (await context.newPage())
  const bodies: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) bodies.push(response.body())
  })
  await page.goto(freshLink())
  await page.getByRole('main', { name: 'Overview' }).getByRole('button').first().waitFor()
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
  await context.close()
  return {
    id: 'window-js',
    value: rounded(bytes / 1000, 1),
    unit: 'kB',
    ratio: rounded(bytes / 150_000, 2),
    against: 'the budget of 150 kB gzip for the first screen',
  }
}

/** Runs in the page: milliseconds from each key press to the frame that shows it. */
function watchTyping(): void {
  const times: number[] = []
  Object.assign(window, { typingTimes: times })
  window.addEventListener(
    'keydown',
    () => {
      const pressed = performance.now()
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => times.push(performance.now() - pressed)
        channel.port2.postMessage(null)
      })
    },
    true,
  )
}

/** A body with this many lines of notes, below the million characters up to which the editor takes it. */
const bodyOf = (notes: number): string =>
  JSON.stringify(
    {
      debtorAccount: { iban: 'SE4550000000058398257466' },
      notes: Array.from({ length: notes }, (_, line) => ({
        line,
        text: 'a line of a large body that nobody types by hand',
      })),
    },
    null,
    1,
  )

/** As the window writes the size of a body: these are ASCII, below 1000 bytes or above 10,000. */
const sizeOf = ({ length }: string): string => (length < 1000 ? `${length} B` : `${Math.round(length / 1000)} kB`)

/** Puts a body into the editor as a person pastes it: typing a megabyte through the browser's input is nobody's work. */
async function paste(page: Page, body: string): Promise<void> {
  const editor = page.locator('.cm-content')
  // Until the editor is there, a plain field stands in its place and takes the focus just as well.
  await editor.waitFor()
  await editor.click()
  await page.keyboard.press('Control+A')
  await editor.evaluate((element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, body)
  // The line above the editor tells the size of the draft's body, a moment after it arrived there.
  await page.getByText(`· ${sizeOf(body)}`).waitFor()
  if (!(await editor.isVisible())) throw new Error('the body is not in the editor')
}

interface Typed {
  /** Milliseconds the page works for a key: everything it runs, lays out and paints, without waiting for the screen. */
  readonly work: number
  /** Milliseconds from the press to the frame that shows it; half a frame of it is waiting for the screen. */
  readonly frame: number
}

/** Types into the text at the top of a body: medians over the keys. */
async function typeInto(page: Page, body: string, keys: number): Promise<Typed> {
  await paste(page, body)
  await page.keyboard.press('Control+Home')
  for (const key of ['ArrowDown', 'ArrowDown', 'End', 'ArrowLeft']) await page.keyboard.press(key)
  // What the window does after a paste is over by then.
  await page.waitForTimeout(3000)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
  await page.evaluate(() => (window as unknown as { typingTimes: number[] }).typingTimes.splice(0))
  const work: number[] = []
  for (let key = 0; key < keys; key++) {
    const before = await busy()
    await page.keyboard.type('x')
    await page.waitForTimeout(80)
    work.push((await busy()) - before)
  }
  await session.detach()
  const frames = await page.evaluate(() => (window as unknown as { typingTimes: number[] }).typingTimes)
  const typed = (await page.locator('.cm-line').nth(2).textContent())?.includes('x'.repeat(keys))
  if (typed !== true || frames.length !== keys) throw new Error('the keys did not arrive in the body')
  return { work: median(work), frame: median(frames) }
}

async function typing(): Promise<Result[]> {
  const context = await open()
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(freshLink())
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Requests' }).click()
  await page.getByRole('searchbox', { name: /search operations/i }).fill('Create a payment')
  await page.getByRole('main').getByText('Create a payment').first().click()
  await page.getByRole('tab', { name: /body/i }).click()
  await page.evaluate(watchTyping)
  const body = bodyOf(11_300)
  const small = await typeInto(page, bodyOf(3), 40)
  const large = await typeInto(page, body, 40)
  await context.close()
  const size = `${rounded(body.length / 1e6, 2)} MB of JSON`
  return [
    {
      id: 'typing-1mb',
      value: rounded(large.work, 1),
      unit: 'ms',
      ratio: rounded(large.work / 16, 2),
      against: `the budget of 16 ms of work a key (a frame), ${size}`,
    },
    {
      id: 'typing-1mb-shown',
      value: rounded(large.frame, 1),
      unit: 'ms',
      ratio: rounded(large.frame / small.frame, 2),
      against: `the same in a body of a few lines, press to frame, ${size}`,
    },
  ]
}

writeFileSync(passphraseFile, 'a passphrase for the bench\n', { mode: 0o600 })
const host = spawn(process.execPath, [join(out, 'local.js')], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] })
const gone = new Promise((resolveGone) => host.once('exit', resolveGone))
try {
  await new Promise<void>((ready) => host.stdout.once('data', () => ready()))
  const results: Result[] = []
  for (const measure of [startUp, firstScreenCode, typing]) results.push(...[await measure()].flat())
  console.log(JSON.stringify(results))
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  host.kill('SIGTERM')
  await gone
  rmSync(scratch, { recursive: true, force: true })
}
