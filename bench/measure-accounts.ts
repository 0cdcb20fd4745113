/** Measures a hundred thousand transactions in the window: from the data to the first screen, sorts, a letter of a search, the longest task. Prints the results as JSON. */
import { parseArgs } from 'node:util'
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { bank, openEngine, prepare } from '../e2e/engine.ts'
import { openStandInBank } from '../e2e/stand-in-bank.ts'
import { startWorkbench } from '../e2e/workbench.ts'
import { median, type Result, rounded } from './result.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, browser: { type: 'string' } } })
const rounds = Number(values.rounds)
const many = 100_000

const entry = (at: number) => ({
  transactionId: `T-${at}`,
  bookingDate: new Date(Date.UTC(2026, 0, 1) + (at % 300) * 86_400_000).toISOString().slice(0, 10),
  transactionAmount: { currency: 'SEK', amount: (((at * 7919) % many) / 100 - 500).toFixed(2) },
  creditorName: `Exempelbutiken ${at % 500}`,
  remittanceInformationUnstructured: `Kvitto ${(at * 7919) % many}`,
})
const large = JSON.stringify({
  transactions: { booked: Array.from({ length: many }, (_, at) => entry(at)), pending: [] },
})

/** Runs in the page: notes when rows are painted after the data is here. */
function watch(): void {
  Object.assign(window, { firstRow: null })
  const look = () => {
    const [here] = performance.getEntriesByName('transactions-here').slice(-1)
    const row = document.querySelector('table[aria-label="Transactions"] tbody tr')
    if (here !== undefined && row !== null) {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => Object.assign(window, { firstRow: performance.now() - here.startTime })
      channel.port2.postMessage(null)
    } else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Milliseconds from a click on a head to the frame that shows the new order. */
async function sortTime(page: Page, head: string): Promise<number> {
  return page.evaluate(async (name) => {
    const table = document.querySelector('table[aria-label="Transactions"]')!
    const body = table.querySelector('tbody')!
    const button = [...table.querySelectorAll('th button')].find(({ textContent }) => textContent?.startsWith(name))
    const before = body.textContent
    // Watched and not asked for in every frame: that would be work of its own.
    const changed = new Promise<void>((resolve) => {
      new MutationObserver((_, watcher) => {
        if (body.textContent === before) return
        watcher.disconnect()
        resolve()
      }).observe(body, { childList: true, subtree: true, characterData: true })
    })
    const started = performance.now()
    ;(button as HTMLButtonElement).click()
    await changed
    await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - started
  }, head)
}

/** Runs in the page: from the next key to the frame that shows fewer rows. */
function watchSearch(): void {
  const table = document.querySelector('table[aria-label="Transactions"]')!
  const before = table.getAttribute('aria-rowcount')
  Object.assign(window, { found: null })
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      const look = () => {
        if (table.getAttribute('aria-rowcount') === before) requestAnimationFrame(look)
        else Object.assign(window, { found: performance.now() - timeStamp })
      }
      requestAnimationFrame(look)
    },
    { once: true },
  )
}

async function searchTime(page: Page): Promise<number> {
  await page.getByRole('searchbox', { name: 'Search transactions' }).focus()
  await page.evaluate(watchSearch)
  await page.keyboard.type('9')
  const found = await page.waitForFunction(() => (window as { found?: number | null }).found, null, { timeout: 30_000 })
  return Number(await found.jsonValue())
}

interface Task {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds, as all of them. */
  readonly ts: number
  readonly dur?: number
  /** Processor time. */
  readonly tdur?: number
}

/** The longest task of the page's own thread while work is done: as it took, and the processor time of the one that took most. */
async function longestTask(browser: Browser, page: Page, work: () => Promise<void>) {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  await page.evaluate(() => performance.mark('bench-begins'))
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Task[] }
  const begins = traceEvents.find(({ name }) => name === 'bench-begins')!
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) => name.endsWith('RunTask') && pid === begins.pid && tid === begins.tid && ts >= begins.ts,
  )
  const most = (of: (task: Task) => number | undefined) =>
    tasks.reduce((longest, task) => Math.max(longest, of(task) ?? 0), 0) / 1000
  return { longest: most(({ dur }) => dur), work: most(({ tdur }) => tdur) }
}

/** Milliseconds of processor time the page's own thread has taken. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

async function oneRound(browser: Browser, page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.evaluate(() => performance.clearMarks('transactions-here'))
  await page.evaluate(watch)
  let [first, search, sortWork] = [0, 0, 0]
  const sorts: number[] = []
  const { longest, work } = await longestTask(browser, page, async () => {
    await page.getByRole('button', { name: /^Read transactions$/ }).click()
    const rows = await page.waitForFunction(() => (window as { firstRow?: number | null }).firstRow, null, {
      timeout: 120_000,
    })
    first = Number(await rows.jsonValue())
    await page.locator(`table[aria-rowcount="${many + 1}"]`).waitFor({ timeout: 120_000 })
    for (const head of ['Amount', 'Party', 'Text']) {
      const before = await workOf(session)
      sorts.push(await sortTime(page, head))
      sortWork = Math.max(sortWork, (await workOf(session)) - before)
    }
    search = await searchTime(page)
    await page.keyboard.press('Backspace')
    await page.getByRole('grid', { name: 'Transactions' }).focus()
    for (const key of ['ArrowDown', 'PageDown', 'End', 'Home']) await page.keyboard.press(key)
  })
  return { first, sort: Math.max(...sorts), sortWork, search, longest, work }
}

const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
const engine = await openEngine(workbench)
await prepare(engine.api, { vault: 'open', identities: ['bench'], grants: ['account'] })
const browser = await chromium.launch({
  ...(values.browser === undefined ? {} : { executablePath: values.browser }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const measured: Awaited<ReturnType<typeof oneRound>>[] = []
for (let round = 0; round < rounds; round += 1) {
  await engine.api.workspace.rememberWindow({ bank, guide: null, view: 'accounts' })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.context().addCookies([{ ...engine.cookie, url: engine.origin, httpOnly: true, sameSite: 'Strict' }])
  await page.goto(engine.origin)
  await page.getByRole('button', { name: 'Read accounts', exact: true }).click()
  // While the customer is away an account that is opened reads nothing by itself.
  await page.getByRole('list', { name: 'Accounts', exact: true }).getByRole('button').first().waitFor()
  await page.getByRole('checkbox', { name: 'Customer is present' }).uncheck()
  await page.getByRole('list', { name: 'Accounts', exact: true }).getByRole('button').first().click()
  await page.getByRole('checkbox', { name: 'Customer is present' }).check()
  const standIn = await openStandInBank(workbench.home)
  standIn.answerWith({ body: large })
  measured.push(await oneRound(browser, page))
  await standIn.close()
  await page.close()
}
await browser.close()
engine.close()
await workbench.stop()

type Measured = (typeof measured)[number]
const figure = (id: string, of: (round: Measured) => number, budget: number, against: string): Result => {
  const value = median(measured.map(of))
  return { id, value: rounded(value, 0), unit: 'ms', ratio: rounded(value / budget, 2), against }
}
console.log(
  JSON.stringify([
    figure('accounts-100k-first', ({ first }) => first, 200, 'the budget of 200 ms after the data'),
    figure('accounts-100k-sort', ({ sort }) => sort, 300, 'the budget of 300 ms, the slowest of amount, party, text'),
    figure('accounts-100k-sort-work', ({ sortWork }) => sortWork, 300, 'the same, processor time of the page'),
    figure('accounts-100k-search', ({ search }) => search, 300, 'the same budget for a letter of a search'),
    figure('accounts-100k-task', ({ longest }) => longest, 50, 'the budget of 50 ms for one task, reading included'),
    figure('accounts-100k-task-work', ({ work }) => work, 50, 'the same, processor time of the task'),
  ]),
)
