/** Products in every state: not read yet, read, failed, unreadable, cancelled, many at once, and where nobody said where to call. */
import type { Page } from '@playwright/test'
import { examine } from './examine.ts'
import { chooseBank } from './requests-view.ts'
import { openStandInBank } from './stand-in-bank.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open' } })

const list = (page: Page) => page.getByRole('grid')
const line = (page: Page) => page.getByRole('region', { name: 'Exchange bog-products-list' })
const read = (page: Page) => page.getByRole('button', { name: /^Read (products|again)$/ })
const many = Array.from({ length: 3000 }, (_, at) => ({
  productId: `p-${at}`,
  productCategory: 'CARDS',
  name: `No ${at}`,
}))

async function open(page: Page): Promise<void> {
  await chooseBank(page, 'bank-of-georgia', 'sandbox')
  await go(page, 'Products')
}

test('what was read stays while another page fails, is no list or is cancelled; thousands are one list', async ({
  window: page,
  workbench,
}) => {
  await open(page)
  await examine(page, 'products not read yet')
  await read(page).click()
  await list(page)
    .getByRole('row', { name: /ავტო სესხი/ })
    .click()
  await examine(page, 'a loan')
  await page.getByLabel('Products on a page (page-size)').fill('ten')
  await expect(page.getByRole('alert')).toHaveText('A whole number from 1 on.')
  await expect(read(page)).toBeDisabled()
  await page.getByLabel('Products on a page (page-size)').fill('20')
  const standIn = await openStandInBank(workbench.home, 'products')
  standIn.answerWith({ status: 503, body: '' })
  await read(page).click()
  await expect(line(page)).toContainText('503')
  await expect(list(page).getByRole('row', { name: /ავტო სესხი/ })).toBeVisible()
  await examine(page, 'products failed')
  standIn.answerWith({ body: '{"product":[]}' })
  await read(page).click()
  await expect(page.getByRole('alert')).toContainText('The answer has no list of products at /products.')
  standIn.answerWith({ body: '<html>' })
  await read(page).click()
  await expect(page.getByRole('alert')).toContainText('The answer is no JSON')
  standIn.hold()
  await read(page).click()
  await standIn.arrived()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(line(page)).toContainText('Cancelled')
  await expect(list(page).getByRole('row', { name: /ავტო სესხი/ })).toBeVisible()
  standIn.letGo()
  standIn.answerWith({ body: JSON.stringify({ products: many }) })
  await read(page).click()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '3001')
  await list(page).focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('heading', { name: 'No 2999' })).toBeVisible()
  standIn.answerWith({ body: '{"products":[]}' })
  await read(page).click()
  await expect(page.getByText('The page has no product')).toBeVisible()
  await standIn.close()
})

test('tiers as bars and as a table; a bank whose address nobody filled in says where to', async ({ window: page }) => {
  await open(page)
  await page.getByLabel('List of products').selectOption('Deposits')
  await read(page).click()
  await list(page)
    .getByRole('row', { name: /ვადიანი ანაბარი, ლარი/ })
    .click()
  await expect(page.getByRole('img', { name: /^Chart of 4 tiers/ })).toBeVisible()
  await examine(page, 'tiers of a deposit')
  await page.getByRole('button', { name: /^path reconstructed/ }).click()
  await page.getByRole('button', { name: 'Set the path' }).click()
  await expect(
    page.getByRole('main', { name: 'Banks' }).getByText('/v1/{locale}/products/deposits').first(),
  ).toBeVisible()
  await go(page, 'Products')
  await chooseBank(page, 'bank-of-georgia', 'production')
  await read(page).click()
  await expect(page.getByRole('alert')).toContainText('ENVIRONMENT_INCOMPLETE')
  await page.getByRole('button', { name: 'Fill it in' }).click()
  await expect(page.getByRole('main', { name: 'Banks' })).toBeVisible()
  await go(page, 'Overview')
  await chooseBank(page, 'ica-banken', 'sandbox')
  await expect(page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Products' })).toHaveCount(0)
})
