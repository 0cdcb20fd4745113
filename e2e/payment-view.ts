/** What a person does in Payments, Recurring payments and Baskets. */
import type { Locator, Page } from '@playwright/test'

/** A day of the payment that is surely ahead, and a banking day at every bank. */
export function dayAhead(days = 20): string {
  const day = new Date(Date.now() + days * 86_400_000)
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}

export const group = (form: Locator, name: string): Locator => form.getByRole('group', { name })
export const field = (form: Locator | Page, label: string): Locator =>
  form.getByLabel(new RegExp(`^${label}( \\(optional\\))?$`))
export const exchange = (page: Page, operation: string): Locator =>
  page.getByRole('region', { name: `Exchange ${operation}` })
export const timeline = (page: Page): Locator => page.getByRole('list', { name: 'Status so far' })

/** Debtor, amount and payee as every form of a payment has them. */
export async function fillPayment(
  form: Locator,
  payment: { from: string; to: string; amount: string; currency: string; name: string },
): Promise<void> {
  await field(group(form, 'Debtor account'), 'IBAN').fill(payment.from)
  const amount = group(form, 'Instructed amount')
  const currency = field(amount, 'Currency')
  if ((await currency.evaluate((each) => each.tagName)) === 'SELECT') await currency.selectOption(payment.currency)
  else await currency.fill(payment.currency)
  await field(amount, 'Amount').fill(payment.amount)
  await field(group(form, 'Creditor account'), 'IBAN').fill(payment.to)
  await field(form, 'Creditor name').fill(payment.name)
}

/** Opens the customer's page from the button that is named, and does there what a customer does. */
export async function atTheBank(
  page: Page,
  start: () => Promise<unknown>,
  act: (customersPage: Page) => Promise<unknown>,
): Promise<void> {
  const opened = page.context().waitForEvent('page')
  await start()
  const customersPage = await opened
  await act(customersPage)
  await customersPage.waitForLoadState()
  await customersPage.close()
}
