/** The board of the Overview: what runs out on one line of time, what must be done next, and its buttons. */
import type { Page } from '@playwright/test'
import { examine } from './examine.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: [{ name: 'acme', days: 20 }], grants: ['account'] } })

const board = (page: Page) => page.getByRole('region', { name: /^What runs out/ })
const item = (page: Page, words: RegExp) =>
  board(page).getByRole('list', { name: 'What runs out' }).getByRole('listitem').filter({ hasText: words })

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
  await examine(page, 'board')
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
  // Its customers give consents: the next step is to ask for one, of an account the sandbox has.
  await page.getByRole('list', { name: 'Steps to the bank' }).getByRole('button', { name: 'Ask for a consent' }).click()
  const form = page.getByRole('form', { name: 'Ask for the consent' })
  await form.getByRole('button', { name: 'Add GE44BG9000000000000001 Nino Beridze' }).click()
  await expect(form.getByRole('checkbox', { name: 'Balances of GE44BG9000000000000001' })).toBeChecked()
  await form.getByLabel('Valid until').fill('2017-11-01')
  await form.getByRole('button', { name: 'Ask for the consent' }).click()
  await expect(form).toContainText('The last day of a consent is today or later.')
  await expect(form).toContainText('It was not sent')
})
