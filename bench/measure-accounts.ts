/** Measures a hundred thousand transactions in the window: from the data to the first screen, a sort, the longest task. Prints the results as JSON. */
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
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

/** Runs in the page: notes when rows are painted after the data is here, and every task above 50 ms from then on. */
function watch(): void {
  const tasks: number[] = []
  Object.assign(window, { longTasks: tasks, firstRow: null })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      const [here] = performance.getEntriesByName('transactions-here').slice(-1)
      if (here !== undefined && startTime >= here.startTime) tasks.push(duration)
    }
  }).observe({ type: 'longtask' })
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
    const button = [...table.querySelectorAll('th button')].find(({ textContent }) => textContent?.startsWith(name))
    const before = table.querySelector('tbody')!.textContent
    const started = performance.now()
    ;(button as HTMLButtonElement).click()
    while (table.querySelector('tbody')!.textContent === before)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - started
  }, head)
}

async function oneRound(page: Page): Promise<{ first: number; sort: number; longest: number }> {
  await page.evaluate(() => performance.clearMarks('transactions-here'))
  await page.evaluate(watch)
  await page.getByRole('button', { name: /^Read transactions$/ }).click()
  const first = Number(
    await (
      await page.waitForFunction(() => (window as { firstRow?: number | null }).firstRow, null, { timeout: 120_000 })
    ).jsonValue(),
  )
  await page.locator(`table[aria-rowcount="${many + 1}"]`).waitFor({ timeout: 120_000 })
  const times = [await sortTime(page, 'Amount'), await sortTime(page, 'Party')]
  const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks))
  return { first, sort: Math.max(...times), longest }
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
  measured.push(await oneRound(page))
  await standIn.close()
  await page.close()
}
await browser.close()
engine.close()
await workbench.stop()

const figure = (id: string, numbers: readonly number[], budget: number, against: string): Result => {
  const value = median(numbers)
  return { id, value: rounded(value, 0), unit: 'ms', ratio: rounded(value / budget, 2), against }
}
console.log(
  JSON.stringify([
    figure(
      'accounts-100k-first',
      measured.map(({ first }) => first),
      200,
      'the budget of 200 ms after the data',
    ),
    figure(
      'accounts-100k-sort',
      measured.map(({ sort }) => sort),
      300,
      'the budget of 300 ms',
    ),
    figure(
      'accounts-100k-task',
      measured.map(({ longest }) => longest),
      50,
      'the budget of 50 ms for one task',
    ),
  ]),
)
