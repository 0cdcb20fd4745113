/** Local sandbox: its customers and addresses, what it received and why it answered so, its clock, stop and start. */
import { readFile } from 'node:fs/promises'
import { giveGrant, readAccounts } from './engine.ts'
import { findings, openOperation, response, send, side } from './requests-view.ts'
import { logOf, openTab, seenCall, tenantOf } from './sandbox-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

test('customers and addresses of each bank are listed', async ({ window: page, engine }) => {
  await openTab(page, 'Banks')
  const customers = page.getByRole('table', { name: 'Customers of ICA Banken' })
  await expect(customers.getByRole('row', { name: /^Anna Andersson ssn=\d{12}/ })).toBeVisible()
  const addresses = page.getByRole('table', { name: 'Addresses of ICA Banken' })
  await expect(addresses.getByRole('row', { name: /^token https:\/\/127\.0\.0\.1:\d+/ })).toBeVisible()
  const list = page.getByRole('navigation', { name: 'Banks of the sandbox' })
  await expect(list.getByRole('listitem')).toHaveCount(5)
  await list.getByRole('button', { name: /Bank of Georgia/ }).click()
  await expect(page.getByRole('table', { name: 'Customers of Bank of Georgia' })).toBeVisible()
  await expect.poll(async () => JSON.stringify(await engine.api.workspace.recallWindow())).toContain('bank-of-georgia')
  await page.reload()
  await expect(page.getByRole('table', { name: 'Addresses of Bank of Georgia' })).toBeVisible()
})

test('the CA to trust can be saved', async ({ window: page, engine }) => {
  await openTab(page, 'Banks')
  const section = page.getByRole('region', { name: 'CA to trust' })
  const { pem, path } = await engine.api.sandbox.ca()
  await expect(section).toContainText(path)
  const download = page.waitForEvent('download')
  await section.getByRole('button', { name: 'Save as a file' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('sandbox-server-ca.pem')
  expect(await readFile(await file.path(), 'utf8')).toBe(pem)
})

test('the log says why the bank answered as it did, and leads to our side', async ({ window: page, engine }) => {
  const exchange = await readAccounts(engine.api)
  await openTab(page, 'Log')
  await logOf(page)
    .getByRole('row', { name: /GET .*\/Accounts/ })
    .first()
    .click()
  await expect(seenCall(page)).toContainText(/Answer200: \d+ accounts?/)
  await expect(seenCall(page)).toContainText('of the identity acme')
  const headers = seenCall(page).getByRole('table', { name: /Headers as the bank read them/ })
  await expect(headers.getByRole('row', { name: /^authorization Bearer \[taken out: \d+ characters\]/ })).toBeVisible()
  await expect(headers.getByRole('row', { name: /^psu-ip-address 192\.0\.2\.7/ })).toBeVisible()
  await seenCall(page).getByRole('button', { name: 'Our exchange in History' }).click()
  await expect(page.getByRole('main', { name: 'History' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Exchange', exact: true })).toContainText('ica-accounts-list')
  expect(exchange.response?.status).toBe(200)
})

test('the log follows by itself, keeps still while it is paused, and is narrowed down', async ({
  window: page,
  engine,
}) => {
  await readAccounts(engine.api)
  await openTab(page, 'Log')
  const count = async () => Number(await logOf(page).getAttribute('aria-rowcount'))
  await expect(logOf(page)).toBeVisible()
  const before = await count()
  await readAccounts(engine.api)
  await expect(logOf(page)).toHaveAttribute('aria-rowcount', String(before + 1))
  await page.getByRole('button', { name: 'Pause' }).click()
  await readAccounts(engine.api)
  await expect(page.getByRole('main').getByText(/\d+ calls, paused/)).toBeVisible()
  expect(await count()).toBe(before + 1)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(logOf(page)).toHaveAttribute('aria-rowcount', String(before + 2))
  await page.getByRole('button', { name: 'Follow again' }).click()

  await page.getByLabel('Search the log').fill('accounts nothing-like-it')
  await expect(page.getByText('No call fits')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('main').getByLabel('Status', { exact: true }).selectOption('2xx')
  await page.getByLabel('Search the log').fill('GET accounts')
  await expect(logOf(page).getByRole('row').nth(1)).toContainText('/Accounts')
  await page.getByLabel('Search the log').fill('')
  await page.getByRole('main').getByLabel('Status', { exact: true }).selectOption('')
})

test('calls are chosen with the keyboard, and the chosen one stays when others come', async ({
  window: page,
  engine,
}) => {
  await readAccounts(engine.api)
  await openTab(page, 'Log')
  await logOf(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(logOf(page).getByRole('row', { selected: true })).toHaveCount(1)
  const chosen = await seenCall(page).textContent()
  const before = Number(await logOf(page).getAttribute('aria-rowcount'))
  await readAccounts(engine.api)
  await expect(logOf(page)).toHaveAttribute('aria-rowcount', String(before + 1))
  expect(await seenCall(page).textContent()).toBe(chosen)
})

test('ICA-S2 eleven minutes later the token is old: the call fails, and is explained', async ({
  window: page,
  engine,
}) => {
  await giveGrant(engine.api, 'account')
  await openTab(page, 'Clock')
  const clock = page.getByRole('region', { name: 'Clock of the banks' })
  await expect(clock).toContainText('the same as this machine’s clock')
  await expect(clock).toContainText('the identity acme')
  await clock.getByRole('button', { name: '11 minutes on' }).click()
  await expect(clock).toContainText('11 min ahead of this machine’s clock')
  await expect(page.getByText('clock +11 min')).toBeVisible()
  await openOperation(page, "List the customer's accounts")
  await send(page, /401 Unauthorized/)
  await side(page, 'Explanation')
  await expect(response(page).getByRole('button', { name: 'Error row ica-general-not-authenticated' })).toBeVisible()
  await openTab(page, 'Clock')
  await clock.getByLabel('Move on by').fill('-1')
  await clock.getByLabel('Unit').selectOption('minutes')
  await clock.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(clock).toContainText('10 min ahead of this machine’s clock')
  await clock.getByRole('button', { name: 'Back to the time of this machine' }).click()
  await expect(clock).toContainText('the same as this machine’s clock')
  expect(await engine.api.sandbox.clock({ tenant: await tenantOf(engine.api) })).toEqual({ offsetSeconds: 0 })
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
