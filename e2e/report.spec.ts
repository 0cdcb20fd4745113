/** Report: a call somebody else made is opened, masked, explained and made into a request of one's own; nothing of it is sent or kept. */
import type { Page } from '@playwright/test'
import { breaches } from './examine.ts'
import { clipped } from './layout-checks.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const body = '{"type":"https://ica/x","title":"Consent_invalid","status":401}'
const verbose = `$ curl -v -k https://gateway.example/psd2/Accounts -H 'Authorization: Bearer CANARY-token-123456'
* TLSv1.3 (OUT), TLS handshake, Finished (20):
> GET /psd2/Accounts HTTP/1.1
> Host: gateway.example
> Authorization: Bearer CANARY-token-123456
> PSU-IP-Address: 192.0.2.7
> X-Request-ID: 9b45fa6c-ff61-4e73-aec8-5e805388ce7f
>
< HTTP/1.1 401 Unauthorized
< Content-Type: application/problem+json
<
${body}
* Connection #0 to host gateway.example left intact
`

const paste = async (page: Page, text: string) => {
  await go(page, 'Report')
  await page.getByRole('textbox', { name: 'Request or report' }).fill(text)
  await page.getByRole('button', { name: 'Open report' }).click()
}

test('the output of curl -v: recognised, masked, explained, and a draft of it', async ({ window: page, engine }) => {
  await paste(page, verbose)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Output of curl -v' })).toBeVisible()
  await expect(main.getByRole('list', { name: 'Remarks' })).toContainText('server certificate was not checked')
  await expect(main.getByRole('region', { name: 'Bank and operation' })).toContainText('ICA Banken')
  await expect(main.getByRole('button', { name: 'Open another' })).toBeFocused()
  await expect(main).not.toContainText('CANARY')
  await expect(main.getByRole('region', { name: 'Request', exact: true })).toContainText('[redacted]')
  await expect(main.getByRole('region', { name: 'Explanation' })).toContainText('Cause')
  await page.getByText(/^Not taken over/).click()
  await expect(main.getByRole('list', { name: 'Not taken over' })).toContainText('Authorization')
  expect(await breaches(page)).toEqual([])
  expect(await page.evaluate(clipped)).toEqual([])
  await page.getByRole('button', { name: 'Make a draft' }).click()
  await expect(page.getByRole('tab', { name: /List the customer's accounts/ })).toBeVisible()
  await expect(page.getByLabel('PSU-IP-Address').first()).toHaveValue('192.0.2.7')
  expect(await engine.api.history.list({ words: 'gateway.example' }).catch(() => [])).toEqual([])
  expect(JSON.stringify(await engine.api.workspace.recallWindow())).not.toContain('CANARY')
})

test('a HAR of several calls by file; another of them is a key away', async ({ window: page }) => {
  const call = (path: string, status: number) => ({
    startedDateTime: '2026-11-20T10:00:00.000Z',
    request: { method: 'GET', url: `https://gateway.example${path}`, headers: [{ name: 'Cookie', value: 'CANARY' }] },
    response: { status, headers: [], content: { text: status === 200 ? '{}' : body } },
  })
  const har = JSON.stringify({ log: { entries: [call('/Accounts', 200), call('/Accounts/7/balances', 401)] } })
  await go(page, 'Report')
  await page
    .getByLabel('Report file')
    .setInputFiles({ name: 'report.har', mimeType: 'application/json', buffer: Buffer.from(har) })
  const calls = page.getByRole('table', { name: 'Calls in the report' })
  await expect(calls.getByRole('row', { selected: true })).toContainText('/Accounts/7/balances')
  await expect(page.getByRole('region', { name: 'Bank and operation' })).toContainText('balances')
  await calls.getByRole('row', { selected: true }).press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(calls.getByRole('row', { selected: true })).toContainText('200')
  await expect(page.getByRole('main')).not.toContainText('CANARY')
})

test('what is no report is said so, and a call nobody knows can be given its operation', async ({ window: page }) => {
  await paste(page, 'hello')
  await expect(page.getByRole('alert')).toContainText('none of the reports that can be read')
  await page
    .getByRole('textbox', { name: 'Request or report' })
    .fill('GET /nothing/like/it HTTP/1.1\nHost: x.example\n\n')
  await page.getByRole('textbox', { name: 'Request or report' }).press('Control+Enter')
  const place = page.getByRole('region', { name: 'Bank and operation' })
  await expect(place).toContainText('No operation fits')
  await place.getByLabel('Bank').selectOption('SpareBank 1')
  await place.getByLabel('Operation').selectOption({ index: 1 })
  await place.getByRole('button', { name: 'Use it' }).click()
  await expect(page.getByRole('button', { name: 'Make a draft' })).toBeVisible()
})

test('the palette opens it, and a reload keeps nothing of it', async ({ window: page }) => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search views/ }).fill('open a report')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Request or report' }).fill(verbose)
  await page.getByRole('button', { name: 'Open report' }).click()
  await expect(page.getByRole('heading', { name: 'Output of curl -v' })).toBeVisible()
  await page.reload()
  await go(page, 'Report')
  await expect(page.getByRole('textbox', { name: 'Request or report' })).toHaveValue('')
})
