/** The window as a person meets it: a workbench in a known setting, its page watched, and the ways around in it. */
import { test as base, expect, type Page } from '@playwright/test'
import { bank, type Engine, openEngine, prepare, type Setting } from './engine.ts'
import { type Watch, watchPage } from './watched-page.ts'
import { passphrase, startWorkbench, type Workbench } from './workbench.ts'

/** One workbench per setting, for the tests of a file; each test starts with an empty window. */
export const test = base.extend<
  { watch: Watch; window: Page },
  { setting: Setting; workbench: Workbench; engine: Engine }
>({
  setting: [{ vault: 'open' }, { scope: 'worker', option: true }],
  workbench: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
      await use(workbench)
      await workbench.stop()
    },
    { scope: 'worker' },
  ],
  engine: [
    async ({ workbench, setting }, use) => {
      const engine = await openEngine(workbench)
      await prepare(engine.api, setting)
      await use(engine)
      engine.close()
    },
    { scope: 'worker' },
  ],
  watch: async ({ page }, use) => {
    const watch = watchPage(page)
    await use(watch)
    expect(watch.complaints).toEqual([])
  },
  window: async ({ engine, page, watch: _watch }, use) => {
    await engine.api.workspace.rememberWindow({ bank, guide: null })
    await enter(page, engine)
    await use(page)
  },
})

/** Opens the window in a session that is there already; a start link costs a process. */
export async function enter(page: Page, { origin, cookie }: Engine): Promise<void> {
  await page.context().addCookies([{ ...cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
  await page.goto(origin)
  await expect(keyStoreStatus(page)).toBeVisible()
}

export const viewNames = [
  'Overview',
  'Requests',
  'Registration',
  'Access',
  'Accounts',
  'Funds',
  'Payments',
  'Recurring',
  'Baskets',
  'Errors',
  'Keys',
  'Banks',
  'History',
  'Sequence',
  'Report',
  'Signature',
  'Local sandbox',
  'Settings',
] as const

export const go = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true }).click()

export const keyStoreStatus = (page: Page) => page.getByRole('contentinfo').getByRole('button', { name: /vault/ })

/** Types the passphrase where the window asks for it; the first one makes the vault. */
export async function openVault(page: Page): Promise<void> {
  await keyStoreStatus(page).click()
  await typePassphrase(page)
}

export async function typePassphrase(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/passphrase/i).fill(passphrase)
  await dialog.getByRole('button', { name: /the vault$/ }).click()
  await expect(dialog).toBeHidden()
}

export async function lockVault(page: Page): Promise<void> {
  await keyStoreStatus(page).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Lock now' }).click()
  await expect(dialog.getByLabel(/passphrase/i)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

export { expect } from '@playwright/test'
