/** The bank's own page in a tab of its own, and the person who signs there. */
import { type BrowserContext, expect, type Page } from '@playwright/test'

/** @param start what makes the window open the bank's page */
export async function signAtTheBank(context: BrowserContext, start: () => Promise<unknown>): Promise<void> {
  const opened = context.waitForEvent('page')
  await start()
  const page = await opened
  await page.getByRole('button', { name: 'Mobile BankID' }).click()
  await expect(page.getByRole('heading', { name: 'Done' })).toBeVisible()
  expect(page.url()).not.toContain('code=')
  await page.close()
}

/** Asks a customer in the Access view, which must be shown. */
export async function authorise(page: Page, scope: string, id?: string): Promise<void> {
  await page.getByLabel('Scope', { exact: true }).selectOption(scope)
  if (id !== undefined) await page.getByLabel(/Id$/).fill(id)
  await signAtTheBank(page.context(), () => page.getByRole('button', { name: 'Authorise the customer' }).click())
  await expect(page.getByRole('list', { name: 'Authorisation', exact: true })).toContainText('The grant is stored')
  await page.getByRole('button', { name: 'Authorise another' }).click()
}
