/** A call that is sent otherwise than documented, on purpose: made by hand, and taken over from a row that was reproduced. */
import type { Page } from '@playwright/test'
import { openOperation, part, response, send } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const departures = (page: Page) => page.getByRole('region', { name: 'Departures', exact: true })
const toBeSent = (page: Page) => page.getByRole('region', { name: 'Will be sent', exact: true })

test('a header is left out, method and path are others, and each is taken back', async ({ window: page, engine }) => {
  await openOperation(page, "List the customer's accounts")
  await part(page, /^Headers/)
  await departures(page).getByRole('button', { name: 'Departures' }).press('Enter')
  await departures(page).getByRole('combobox', { name: 'Header to leave out' }).fill('X-Request-ID')
  await departures(page).getByRole('button', { name: 'Leave out' }).press('Enter')
  await expect(page.getByRole('row', { name: /X-Request-ID/ })).toContainText('left out')
  await departures(page).getByLabel('Method to send').selectOption('PUT')
  await departures(page).getByRole('button', { name: 'Change path' }).click()
  await departures(page).getByLabel('Path to send').fill('elsewhere')
  await expect(departures(page)).toContainText('A path starts with a slash.')
  await departures(page).getByLabel('Path to send').fill('/elsewhere?where=1')
  await part(page, /^Will be sent/)
  await expect(toBeSent(page)).toContainText('/elsewhere?where=1')
  await expect(toBeSent(page)).toContainText('PUT')
  await expect(toBeSent(page)).not.toContainText('X-Request-ID')
  await send(page, /404/)
  const [newest] = await engine.api.history.list({})
  const { request } = await engine.api.history.show({ id: newest?.id ?? '' })
  expect(request.method).toBe('PUT')
  expect(request.headers.map(([name]) => name.toLowerCase())).not.toContain('x-request-id')
  await page.reload()
  await part(page, /^Headers/)
  for (const name of ['X-Request-ID', 'method', 'path'])
    await departures(page)
      .getByRole('button', { name: `Remove departure ${name}` })
      .click()
  await expect(page.getByText('departs', { exact: true })).toBeHidden()
  await part(page, /^Will be sent/)
  await expect(toBeSent(page)).toContainText('X-Request-ID')
  await expect(toBeSent(page)).not.toContainText('elsewhere')
})

test('a reproduced call opens in Requests as it was sent', async ({ window: page }) => {
  await go(page, 'Errors')
  await page.getByLabel('Bank of the rows').selectOption('SpareBank 1')
  await page.getByLabel('Search code, text, cause or fix').fill('sb1-http-header-required')
  const how = page
    .getByRole('region', { name: 'Error row' })
    .getByRole('region', { name: 'How the local sandbox shows it' })
  await how.getByRole('button', { name: 'Reproduce in the sandbox' }).click()
  await expect(how.getByText('The bank answered with this row.')).toBeVisible({ timeout: 20_000 })
  await how.getByRole('button', { name: 'Open in Requests' }).click()
  await expect(page.getByText('departs', { exact: true })).toBeVisible()
  await part(page, /^Headers/)
  await expect(departures(page).getByRole('button', { name: 'Remove departure X-Request-ID' })).toBeVisible()
  await expect(response(page)).toBeVisible()
})
