/** How the window looks, for everyone: accessible in light and dark, whole at every size, still while it loads. */
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { bank, type Engine, readAccounts } from './engine.ts'
import { breaches } from './examine.ts'
import { pay, sign } from './ica-desk.ts'
import { clipped, countShifts, shiftScore } from './layout-checks.ts'
import { fillParameter, openOperation, send } from './requests-view.ts'
import { expect, go, test, viewNames } from './window.ts'

const pictures = resolve(import.meta.dirname, '../docs/screenshots')
const schemes = ['light', 'dark'] as const
const sizes = [
  [1024, 700],
  [1440, 900],
  [2560, 1440],
] as const

test.use({ setting: { vault: 'open' } })

/** The view is there, and nothing in it is still being loaded. */
async function shown(page: Page, view: string): Promise<void> {
  await expect(page.getByRole('main', { name: view })).toBeVisible()
  await expect(
    page
      .getByRole('main')
      .getByRole('status')
      .filter({ hasText: /^[A-Z][\w ]* …$/ }),
  ).toHaveCount(0)
}

async function examine(page: Page, state: string): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    for (const view of viewNames) {
      await go(page, view)
      await shown(page, view)
      // The second scheme changes colours and nothing else.
      const found = await breaches(page, colorScheme === schemes[0] ? 'all' : 'colours')
      expect.soft(found, `${view}, ${state}, ${colorScheme}`).toEqual([])
      if (state === 'with data' && process.env.TPP_SCREENSHOTS === '1') {
        await page.mouse.move(720, 450)
        const name = view.toLowerCase().replace('local ', '')
        await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), animations: 'disabled' })
      }
    }
  }
}

/** Something to see in every view. */
async function fill(page: Page, { api }: Engine): Promise<void> {
  if ((await api.keys.list()).length === 0) {
    await api.keys.order({
      name: 'acme',
      organization: 'Acme Payments AB',
      organizationIdentifier: 'PSDSE-FINA-5560123456',
    })
    await api.access.register({ bank })
    for (const scope of ['account', 'payment'])
      for await (const _event of await api.access.authorise({ bank, scope, psu: 'Anna Andersson' })) {
        // Until the grant is stored.
      }
    await readAccounts(api)
    const parameters = { accountId: 'terminated', 'PSU-IP-Address': '192.0.2.7' }
    await api.requests.send({ bank, operation: 'ica-account-details', parameters })
    const first = await pay(api)
    await pay(api)
    await sign(api, first)
    await pay(api)
  }
  await openOperation(page, "List the customer's accounts")
  await page
    .getByRole('tab', { name: /^Headers/ })
    .first()
    .click()
  await fillParameter(page, 'PSU-IP-Address', '192.0.2.7')
  await send(page, /200 OK/)
  await go(page, 'History')
  await page
    .getByRole('grid', { name: 'Exchanges' })
    .getByRole('row', { name: /ica-account-details/ })
    .first()
    .click()
  await go(page, 'Access')
  await page
    .getByRole('table', { name: 'Grants' })
    .getByRole('row', { name: /^account/ })
    .click()
}

/** Of every list of things its newest, as somebody works with it. */
async function openThings(page: Page): Promise<void> {
  await go(page, 'Accounts')
  await page.getByRole('button', { name: 'Read accounts' }).click()
  await page
    .getByRole('main')
    .getByRole('button', { name: /Lönekonto/ })
    .click()
  await expect(page.getByText(/^All \d+ entries are here/)).toBeVisible()
  for (const view of ['Payments', 'Baskets']) {
    await go(page, view)
    await page.getByRole('main').getByRole('row').nth(1).click()
  }
}

test('axe finds nothing in an empty workbench, in light and dark', async ({ window: page }) => {
  test.setTimeout(120_000)
  await examine(page, 'empty')
})

test('axe finds nothing with data in every view, in light and dark', async ({ window: page, engine }) => {
  test.setTimeout(120_000)
  await fill(page, engine)
  await openThings(page)
  await examine(page, 'with data')
})

test('axe finds nothing in dialogs, in production and in the theme chosen by hand', async ({
  window: page,
  engine,
}) => {
  test.setTimeout(90_000)
  await fill(page, engine)
  const openers = [
    ['Keys', /^Order a test certificate/],
    ['Keys', /^Import/],
    ['Keys', /^Delete/],
    ['Settings', /^Change or lock/],
    ['Settings', /^Search/],
  ] as const
  for (const theme of ['Light', 'Dark']) {
    await go(page, 'Settings')
    await page.getByRole('radio', { name: theme }).check()
    for (const [view, opener] of openers) {
      await go(page, view)
      await page.getByRole('button', { name: opener }).first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await breaches(page), `${opener.source}, ${theme}`).toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.getByLabel('Environment').selectOption('production')
    await go(page, 'Overview')
    await shown(page, 'Overview')
    expect(await breaches(page), `production, ${theme}`).toEqual([])
    await page.getByLabel('Environment').selectOption('sandbox')
  }
})

test('nothing is cut and nothing scrolls sideways, from 1024×700 to 2560×1440', async ({ window: page, engine }) => {
  await fill(page, engine)
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height })
    for (const view of viewNames) {
      await go(page, view)
      await shown(page, view)
      expect.soft(await page.evaluate(clipped), `${view} at ${width}×${height}`).toEqual([])
    }
  }
})

test('nothing jumps while a view loads', async ({ window: page, engine }) => {
  await fill(page, engine)
  await page.addInitScript(countShifts)
  for (const view of viewNames) {
    const id = view === 'Recurring' ? 'recurring-payments' : view.toLowerCase().replace('local ', '')
    await go(page, view)
    await expect.poll(async () => (await engine.api.workspace.recallWindow()).view).toBe(id)
    await page.reload()
    await shown(page, view)
    await page.waitForLoadState('networkidle')
    expect.soft(await page.evaluate(shiftScore), view).toBeLessThan(0.02)
  }
})
