/** Errors: the bank's own table, searched and filtered at once, tied to its operations and to my history. */
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
  const all = (await engine.api.banks.errors({ words: [], bank })).length
  await go(page, 'Errors')
  await expect(count(page)).toHaveText(`${all} rows`)
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
  for (const heading of ['As the bank writes it', 'Cause', 'Fix', 'Operations that answer with it', 'In my history'])
    await expect(row(page).getByRole('heading', { name: heading })).toBeVisible()
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
    .getByRole('button', { name: /ica-account-details/ })
    .first()
    .click()
  await expect(page.getByRole('main', { name: 'History' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Exchange', exact: true })).toContainText('ica-account-details')
})
