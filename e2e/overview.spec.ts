/** The board of the Overview: what runs out on one line of time, what must be done next, and its buttons. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { clipped } from './layout-checks.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: [{ name: 'acme', days: 20 }], grants: ['account'] } })

const board = (page: Page) => page.getByRole('region', { name: /^What runs out/ })
const item = (page: Page, words: RegExp) =>
  board(page).getByRole('list', { name: 'What runs out' }).getByRole('listitem').filter({ hasText: words })

async function breaches(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test.beforeEach(async ({ window: page }) => {
  await go(page, 'Overview')
})

test('certificates, tokens and the day’s calls stand on one line, what is due first', async ({
  window: page,
  engine,
}) => {
  await engine.api.requests.send({ bank: 'ica-banken', operation: 'ica-accounts-list' })
  await page.reload()
  await expect(board(page).getByRole('heading')).toHaveText('What runs out (1 to do)')
  await expect(board(page).getByRole('listitem').first()).toContainText(/Certificate.*acme/)
  await expect(item(page, /Certificate/)).toContainText(/(19|20) d left/)
  await expect(item(page, /Refresh token/)).toContainText(/ask anew from \d{4}-\d\d-\d\d on/)
  await expect(item(page, /Quota/)).toContainText('1 of 4 used')
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect.soft(await breaches(page), `board, ${colorScheme}`).toEqual([])
      expect.soft(await page.evaluate(clipped), `board, ${width}`).toEqual([])
      if (process.env.TPP_SHOTS !== undefined)
        await page.screenshot({ path: `${process.env.TPP_SHOTS}/board-${width}-${colorScheme}.png` })
    }
  }
})

test('what must be done next is one button, by keyboard too', async ({ window: page }) => {
  await board(page).getByRole('button', { name: '90 days' }).click()
  await expect(board(page).getByRole('button', { name: '90 days' })).toHaveAttribute('aria-pressed', 'true')
  await item(page, /Certificate/)
    .getByRole('button', { name: 'Order or import the next: Certificate acme · QWAC' })
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main', { name: 'Keys' })).toBeVisible()
})

test('a bank where nothing was asked for yet has the certificates alone', async ({ window: page }) => {
  await chooseBank(page, 'bank-of-georgia', 'sandbox')
  await expect(item(page, /Certificate/)).toBeVisible()
  await expect(item(page, /Refresh token|Consent|Quota/)).toHaveCount(0)
})
