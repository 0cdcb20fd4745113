/** Recurring payments: mandates and standing orders, by what each bank's data says of them. */
import type { Page } from '@playwright/test'
import { examine } from './examine.ts'
import { atTheBank, dayAhead, exchange, field, fillPayment, timeline } from './payment-view.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['payment'] } })

const form = (page: Page) => page.getByRole('form', { name: 'Create the mandate' })
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen mandate' })
const create = (page: Page) => form(page).getByRole('button', { name: 'Create the mandate' })

async function fillMandate(page: Page): Promise<void> {
  await go(page, 'Recurring')
  const another = page.getByRole('button', { name: 'New mandate' })
  if (await another.isEnabled()) await another.click()
  const payment = { from: 'SE6792700000092710000016', to: 'SE4550000000058398257466', currency: 'SEK' }
  await fillPayment(form(page), { ...payment, amount: '820.00', name: 'Hyresvärden AB' })
  await field(form(page), 'Start date').fill(dayAhead(40))
}

test('ICA-J6 a monthly mandate is created, read, signed through a basket and ended', async ({ window: page }) => {
  await fillMandate(page)
  await field(form(page), 'Frequency').selectOption('Monthly')
  await examine(page, 'mandate form')
  await create(page).click()
  await expect(chosen(page)).toContainText('Entered')
  await chosen(page).getByRole('button', { name: 'Read it at the bank' }).click()
  await expect(exchange(page, 'ica-periodic-payment-get')).toContainText('200')
  await chosen(page).getByRole('button', { name: 'Sign it in a basket' }).click()
  await page.getByRole('button', { name: 'Create the basket with 1' }).click()
  await page.getByLabel('Let the sandbox click for the customer').check()
  await page.getByRole('button', { name: 'Authorise the basket' }).click()
  await expect(page.getByText('Without that token')).toHaveCount(0)
  await page.getByRole('button', { name: 'Sign the basket' }).click()
  await expect(exchange(page, 'ica-signing-basket-sign')).toContainText('200')
  await go(page, 'Recurring')
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(timeline(page)).toContainText('ACTC · Open')
  await chosen(page).getByRole('button', { name: 'Stop following' }).click()
  await chosen(page).getByRole('button', { name: 'Ask the customer for it …' }).click()
  await page.getByLabel('Let the sandbox click for the customer').check()
  await page.getByRole('button', { name: 'Authorise payment_delete' }).click()
  await expect(chosen(page)).toContainText('The customer has allowed it: payment_delete:')
  await chosen(page).getByRole('button', { name: 'End the mandate …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(exchange(page, 'ica-periodic-payment-delete')).toContainText(/20[04]/)
  await examine(page, 'mandate ended')
})

test('ICA-W4 a weekly mandate: said at the field, and explained by the bank’s row', async ({ window: page }) => {
  await fillMandate(page)
  await page.getByRole('button', { name: 'Raw JSON' }).click()
  const body = page.getByLabel('Body', { exact: true })
  const typed = JSON.parse(await body.inputValue()) as object
  await body.fill(JSON.stringify({ ...typed, frequency: 'Weekly' }))
  await page.getByRole('button', { name: 'Form', exact: true }).click()
  await expect(field(form(page), 'Frequency')).toHaveValue('Weekly')
  await create(page).click()
  await expect(form(page).getByRole('alert').filter({ hasText: 'Monthly' }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Send it all the same' }).click()
  const refused = exchange(page, 'ica-periodic-payment-create')
  await expect(refused.getByRole('button', { name: 'Error row ica-payments-frequency-not-monthly' })).toBeVisible()
})

test('a standing order of a bank whose one operation creates both: authorised by its link', async ({
  window: page,
}) => {
  await chooseBank(page, 'bank-of-georgia', 'sandbox')
  await go(page, 'Recurring')
  await expect(form(page).getByLabel('Payment service')).toHaveValue('periodic-payments')
  await form(page).getByLabel('PSU-ID (optional)', { exact: true }).fill('nino.beridze')
  await expect(form(page).getByLabel('TPP-Redirect-URI (optional)')).not.toHaveValue('')
  const payment = { from: 'GE44BG9000000000000001', to: 'GE33BG9000000000000005', currency: 'GEL' }
  await fillPayment(form(page), { ...payment, amount: '5.00', name: 'Merchant' })
  await field(form(page), 'Start date').fill(dayAhead())
  await field(form(page), 'Frequency').selectOption('Monthly')
  await create(page).click()
  await expect(chosen(page)).toContainText('RCVD')
  await atTheBank(
    page,
    () => chosen(page).getByRole('button', { name: 'Authorise', exact: true }).click(),
    async (customersPage) => {
      await customersPage.getByRole('button').first().click()
      await expect(customersPage.getByRole('button', { name: /Deny/ })).toHaveCount(0)
    },
  )
  await expect(page.getByRole('list', { name: 'Authorisation', exact: true })).toContainText('The grant is stored')
  await go(page, 'Payments')
  await expect(page.getByText('No payment was created here')).toBeVisible()
})
