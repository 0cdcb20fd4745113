/** Local sandbox: its customers and addresses, what it received and why it answered so, its clock, stop and start. */
import type { Page } from '@playwright/test'
import { giveGrant, readAccounts } from './engine.ts'
import { findings, openOperation, response, send, side } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const tab = (page: Page, name: string) =>
  page.getByRole('tablist', { name: 'Local sandbox' }).getByRole('tab', { name }).click()

test('customers and addresses are listed', async ({ window: page }) => {
  await go(page, 'Local sandbox')
  const customers = page.getByRole('table', { name: 'Customers of ICA Banken' })
  await expect(customers.getByRole('row', { name: /^Anna Andersson ssn=\d{12}/ })).toBeVisible()
  const addresses = page.getByRole('table', { name: 'Addresses of ICA Banken' })
  await expect(addresses.getByRole('row', { name: /^token https:\/\/127\.0\.0\.1:\d+/ })).toBeVisible()
})

test('the log says why the bank answered as it did', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'Local sandbox')
  await tab(page, 'Log')
  const log = page.getByRole('grid', { name: 'Log of the tenant' })
  await log
    .getByRole('row', { name: /GET .*\/Accounts/ })
    .first()
    .click()
  await expect(page.getByRole('main')).toContainText(/Answer200: \d+ accounts?/)
  await expect(page.getByRole('main')).toContainText('Client certificate')
  const before = Number(await log.getAttribute('aria-rowcount'))
  await readAccounts(engine.api)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(log).toHaveAttribute('aria-rowcount', String(before + 1))
})

test('eleven minutes later the token is old: the call fails, and is explained', async ({ window: page, engine }) => {
  await giveGrant(engine.api, 'account')
  await go(page, 'Local sandbox')
  await tab(page, 'Clock and faults')
  const clock = page.getByRole('region', { name: 'Clock of the banks' })
  await expect(clock).toContainText('the same as this machine’s clock')
  await clock.getByRole('button', { name: '+11 min' }).click()
  await expect(clock).toContainText('11 min ahead of this machine’s clock')
  await openOperation(page, "List the customer's accounts")
  await send(page, /401 Unauthorized/)
  await side(page, 'Explanation')
  await expect(response(page).getByRole('button', { name: 'Error row ica-general-not-authenticated' })).toBeVisible()
  await go(page, 'Local sandbox')
  await tab(page, 'Clock and faults')
  await clock.getByRole('button', { name: 'Back to now' }).click()
  await expect(clock).toContainText('the same as this machine’s clock')
})

test('it is stopped, calls say so before they leave, and it is started again', async ({ window: page }) => {
  await go(page, 'Local sandbox')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByText('The local sandbox is not running')).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('sandbox: not running')
  await openOperation(page, "List the customer's accounts")
  await expect(findings(page)).toContainText(/sandbox is not running/)
  await findings(page).getByRole('button', { name: 'Go to the sandbox' }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('contentinfo')).toContainText(/sandbox: \d+ banks?/)
  await openOperation(page, "List the customer's accounts")
  await send(page, /200 OK/)
})
