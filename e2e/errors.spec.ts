/** Errors: every bank's own table, searched and filtered at once, compared across banks, tied to operations and to my history. */
import type { Page } from '@playwright/test'
import { bank } from './engine.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const table = (page: Page) => page.getByRole('grid', { name: 'Error rows' })
const row = (page: Page) => page.getByRole('region', { name: 'Error row' })
const count = (page: Page) => page.getByRole('main').getByRole('status').filter({ hasText: /rows$/ })

test('all rows are there; words and filters narrow them down and can be taken back', async ({
  window: page,
  engine,
}) => {
  const own = (await engine.api.banks.errors({ words: [], bank })).length
  const all = (await engine.api.banks.errors({ words: [] })).length
  expect([own, all]).toEqual([44, 165])
  await go(page, 'Errors')
  await expect(count(page)).toHaveText(`${own} of ${all} rows`)
  await page.keyboard.press('/')
  await page.keyboard.type('consent scope')
  await expect(count(page)).toHaveText(new RegExp(`^\\d+ of ${all} rows$`))
  await page.getByLabel('Status', { exact: true }).selectOption('401')
  await expect(
    table(page)
      .getByRole('row', { name: /^401 Consent_invalid/ })
      .first(),
  ).toBeVisible()
  await page.getByLabel('Search code, text, cause or fix').fill('nothing is called this')
  await expect(page.getByText('No row has all of this')).toBeVisible()
  await page.getByRole('button', { name: 'Show all rows' }).click()
  await expect(count(page)).toHaveText(`${all} rows`)
  await page.getByLabel('Bank of the rows').selectOption('Bank of Georgia')
  await expect(count(page)).toHaveText(`77 of ${all} rows`)
})

test('arrow keys choose from the search field and in the table; the row is shown in full', async ({ window: page }) => {
  await go(page, 'Errors')
  const search = page.getByLabel('Search code, text, cause or fix')
  await search.fill('Consent_')
  await expect(row(page).getByRole('heading', { level: 2 })).toHaveText(/^Consent_/)
  const first = await row(page).innerText()
  await search.press('ArrowDown')
  await expect(row(page)).not.toHaveText(first)
  await expect(search).toBeFocused()
  await table(page).focus()
  await page.keyboard.press('Home')
  await expect(table(page).getByRole('row', { selected: true })).toContainText('Consent_')
  const headings = ['As the bank writes it', 'Meaning', 'Causes', 'Fix', 'How the local sandbox shows it']
  headings.push('Operations that answer with it', 'In my history', 'Same fault elsewhere')
  for (const heading of headings) await expect(row(page).getByRole('heading', { name: heading })).toBeVisible()
})

test('a row leads to the operations that answer with it', async ({ window: page }) => {
  await go(page, 'Errors')
  await page.getByLabel('Search code, text, cause or fix').fill('ica-general-consent-invalid')
  await row(page)
    .getByRole('button', { name: /POST.*Create a payment/ })
    .click()
  await expect(page.getByRole('main', { name: 'Requests' })).toBeVisible()
  await expect(page.getByRole('tablist', { name: 'Open requests' })).toContainText('Create a payment')
})

test('a row knows where it was met in my history', async ({ window: page, engine }) => {
  const parameters = { accountId: 'terminated', 'PSU-IP-Address': '192.0.2.7' }
  const { explanations } = await engine.api.requests.send({ bank, operation: 'ica-account-details', parameters })
  await go(page, 'Errors')
  await page.getByLabel('Search code, text, cause or fix').fill(explanations[0]!.errorId)
  await row(page)
    .getByRole('region', { name: 'In my history' })
    .getByRole('button', { name: /ica-account-details/ })
    .first()
    .click()
  await expect(page.getByRole('main', { name: 'History' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Exchange', exact: true })).toContainText('ica-account-details')
})

test('the same fault at every bank stands in one table, walked with the arrow keys', async ({ window: page }) => {
  await go(page, 'Errors')
  await page.getByRole('button', { name: 'Across banks' }).click()
  const across = page.getByRole('grid', { name: 'Same fault at every bank' })
  for (const name of ['ICA Banken', 'Bank of Georgia', 'Salt Edge', 'PayEx ledger', 'SpareBank 1'])
    await expect(across.getByRole('columnheader', { name })).toBeVisible()
  const consent = across.getByRole('row', { name: /^Consent not valid/ })
  for (const words of ['401 Consent_invalid', '401 CONSENT_INVALID', '401 ConsentInvalid', '409 invalid-state'])
    await expect(consent.getByText(words, { exact: true }).first()).toBeVisible()
  await page.getByLabel('Search code, text, cause or fix').fill('consent_invalid')
  await across.focus()
  await page.keyboard.press('Control+Home')
  await expect(row(page).getByRole('article')).toContainText('ICA Banken')
  await page.keyboard.press('ArrowRight')
  await expect(row(page).getByRole('article')).toContainText('Bank of Georgia')
  await page.keyboard.press('End')
  await expect(row(page).getByRole('article')).toContainText('SpareBank 1')
})

test('a row leads to the same fault at another bank, and shows whose it is', async ({ window: page }) => {
  await go(page, 'Errors')
  await page.getByLabel('Search code, text, cause or fix').fill('ica-general-consent-invalid')
  await row(page)
    .getByRole('button', { name: /Salt Edge.*ConsentInvalid/ })
    .click()
  await expect(row(page).getByRole('heading', { level: 2 })).toHaveText('ConsentInvalid')
  await expect(page.getByLabel('Bank of the rows')).toHaveValue('salt-edge')
})

test('the palette finds the rows of every bank', async ({ window: page }) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('sb1-product-invalid')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await expect(palette.getByRole('option', { selected: true })).toHaveText(/Error.*403 PRODUCT_INVALID.*SpareBank 1/)
  await page.keyboard.press('Enter')
  await expect(row(page).getByRole('heading', { level: 2 })).toHaveText('PRODUCT_INVALID')
})
