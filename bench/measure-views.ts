/** Measures how long any view takes to open, at each bank with data in it, from the click to the frame painted. Prints the results as JSON. */
import { parseArgs } from 'node:util'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { openEngine } from '../e2e/engine.ts'
import { startWorkbench } from '../e2e/workbench.ts'
import { median, type Result, rounded } from './result.ts'
import { workADay } from './working-day.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    browser: { type: 'string' },
    /** Prints each view of each bank to standard error. */
    each: { type: 'boolean' },
  },
})
const rounds = Number(values.rounds)
const calls = 300
const banks = ['ica-banken', 'bank-of-georgia', 'salt-edge', 'payex-ledger', 'sparebank1']
/** Milliseconds a view may take. */
const budget = 100

/** Runs in the page: a button that changes one word, and for each click the time until what it asked for is painted. */
function watch(): void {
  const word = document.createElement('button')
  word.textContent = 'a word'
  word.id = 'one-word'
  word.className = 'fixed top-0 left-1/2 z-50'
  word.addEventListener('click', () => {
    word.textContent = word.textContent === 'a word' ? 'another' : 'a word'
  })
  document.body.append(word)
  const isLoading = (node: Element) => (node.textContent ?? '').endsWith(' …')
  const isOpen = (name: string): boolean => {
    const main = document.querySelector('main')
    return main?.getAttribute('aria-label') === name && ![...main.querySelectorAll('[role=status]')].some(isLoading)
  }
  addEventListener(
    'click',
    ({ target, timeStamp }) => {
      const button = (target as Element).closest('button')
      const name = button?.textContent ?? ''
      const done = button === word ? () => true : () => isOpen(name)
      const look = () => {
        if (!done()) return void requestAnimationFrame(look)
        // A message that is posted in a frame arrives when it was painted.
        const channel = new MessageChannel()
        channel.port1.onmessage = () => Object.assign(window, { opened: performance.now() - timeStamp })
        channel.port2.postMessage(null)
      }
      requestAnimationFrame(look)
    },
    { capture: true },
  )
}

interface Opening {
  readonly shown: number
  /** Processor time of the page's own thread. */
  readonly work: number
}

const workOf = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/** A click as a person's mouse makes it. */
async function click(page: Page, session: CDPSession, where: string): Promise<Opening> {
  const box = (await page.locator(where).boundingBox())!
  await page.evaluate(() => Object.assign(window, { opened: null }))
  const before = await workOf(session)
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  const opened = await page.waitForFunction(() => (window as { opened?: number | null }).opened, null, {
    polling: 50,
    timeout: 30_000,
  })
  const work = (await workOf(session)) - before
  // What is read after a view is shown is none of the next one's.
  await page.waitForTimeout(120)
  return { shown: Number(await opened.jsonValue()), work }
}

/** Accounts that were read stay while the window is open. */
async function readAccounts(page: Page): Promise<void> {
  const accounts = page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: 'Accounts', exact: true })
  if ((await accounts.count()) === 0) return
  await accounts.click()
  await page.getByRole('button', { name: 'Read accounts', exact: true }).click()
  await page.getByRole('list', { name: 'Accounts', exact: true }).getByRole('button').first().click()
  await page.getByRole('grid', { name: 'Transactions' }).waitFor()
}

interface View {
  readonly bank: string
  readonly name: string
  readonly first: number
  readonly warm: Opening[]
}

async function atBank(page: Page, session: CDPSession, bank: string, words: number[]): Promise<View[]> {
  const nav = 'nav[aria-label="Views"] button'
  const names = await page.locator(nav).allTextContents()
  const views: View[] = []
  for (const [at, name] of names.entries())
    views.push({ bank, name, first: (await click(page, session, `${nav} >> nth=${at}`)).shown, warm: [] })
  await readAccounts(page)
  for (let round = 0; round < rounds; round += 1)
    for (const [at, { warm }] of views.entries()) {
      words.push((await click(page, session, '#one-word')).shown)
      warm.push(await click(page, session, `${nav} >> nth=${at}`))
    }
  return views
}

const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
const engine = await openEngine(workbench)
await workADay(engine.api, calls)
const browser = await chromium.launch({
  ...(values.browser === undefined ? {} : { executablePath: values.browser }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const views: View[] = []
const words: number[] = []
for (const bank of banks) {
  const before = await engine.api.workspace.recallWindow()
  await engine.api.workspace.rememberWindow({ ...before, bank, environment: 'sandbox', view: 'overview' })
  // A profile of its own each time: what was compiled for one bank does not help the next one.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies([{ ...engine.cookie, url: engine.origin, httpOnly: true, sameSite: 'Strict' }])
  const page = await context.newPage()
  await page.goto(engine.origin)
  await page.locator('nav[aria-label="Views"] button').first().waitFor()
  // The code of the views comes while nobody waits for it.
  await page.waitForLoadState('networkidle')
  await page.evaluate(watch)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  views.push(...(await atBank(page, session, bank, words)))
  await context.close()
}
await browser.close()
engine.close()
await workbench.stop()

const shown = ({ warm }: View): number => median(warm.map((each) => each.shown))
const work = ({ warm }: View): number => median(warm.map((each) => each.work))
if (values.each)
  for (const view of views.toSorted((a, b) => shown(b) - shown(a)))
    process.stderr.write(
      `${view.bank} ${view.name}: ${[view.first, shown(view), work(view)].map((each) => each.toFixed(0)).join(' ')}\n`,
    )

const oneWord = median(words)
const worst = (id: string, of: (view: View) => number, what: string): Result => {
  const view = views.reduce((most, each) => (of(each) > of(most) ? each : most))
  const value = of(view)
  const against = `the budget of ${budget} ms, ${what}; worst: ${view.name} of ${view.bank}`
  return { id, value: rounded(value, 0), unit: 'ms', ratio: rounded(value / budget, 2), against }
}
const typical = median(views.map(shown))
const results: Result[] = [
  {
    id: 'view-open',
    value: rounded(typical, 0),
    unit: 'ms',
    ratio: rounded(typical / oneWord, 2),
    against: `a click that changes one word in the same page (${rounded(oneWord, 0)} ms), ${views.length} views of ${banks.length} banks`,
  },
  worst('view-open-worst', shown, 'click to frame'),
  worst('view-open-first', ({ first }) => first, 'opened for the first time in a window'),
  worst('view-open-work', work, 'processor time of the page'),
]
console.log(JSON.stringify(results))
