/** Signature: an own exchange taken apart and verified, a spoiled request named by its first difference. */
import type { Page } from '@playwright/test'
import type { Engine } from './engine.ts'
import { breaches } from './examine.ts'
import { clipped } from './layout-checks.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme', { name: 'seal', kind: 'QSEAL' }] } })

const steps = (page: Page) => page.getByRole('region', { name: 'Steps' })

const signed = ({ api }: Engine) =>
  api.requests.send({
    bank: 'salt-edge',
    operation: 'salt-edge-cof-consent-get',
    parameters: { consent_id: '17' },
    identity: 'seal',
    insist: true,
  })

test('an own exchange: verified, with its bytes, digest, key id and certificate', async ({ window: page, engine }) => {
  const { id, signature } = await signed(engine)
  await go(page, 'Signature')
  await page.getByLabel('Exchange of your own').selectOption(id)
  await expect(steps(page)).toContainText('No difference')
  await expect(steps(page)).toContainText('The signature verifies')
  const lines = steps(page).getByRole('list', { name: 'Lines of the signing string' }).getByRole('listitem')
  await expect(lines).toHaveCount(signature!.signedHeaders.length)
  await steps(page).getByText('Byte for byte').click()
  await expect(steps(page).getByRole('region', { name: 'Bytes of the signing string' })).toContainText(
    '64 69 67 65 73 74',
  )
  await expect(steps(page)).toContainText('Serial number, decimal')
  expect(await breaches(page)).toEqual([])
  expect(await page.evaluate(clipped)).toEqual([])
})

test('a pasted request: the first difference by name', async ({ window: page, engine }) => {
  const { request } = await signed(engine)
  const url = new URL(request.url)
  const headers = request.headers.map(([name, value]) =>
    name.toLowerCase() === 'signature'
      ? `${name}: ${value.replace(/SN=([0-9A-F]+)/, (_, hex: string) => `SN=${BigInt(`0x${hex}`)}`)}`
      : `${name}: ${value}`,
  )
  await go(page, 'Signature')
  const field = page.getByRole('textbox', { name: 'Request or report' })
  await field.fill(
    `${request.method} ${url.pathname}${url.search} HTTP/1.1\nHost: ${url.host}\n${headers.join('\n')}\n\n`,
  )
  await field.press('Control+Enter')
  await expect(steps(page).getByRole('alert')).toContainText('First difference: Decimal serial number')
  await expect(page.getByRole('table', { name: 'Headers against the list' })).toContainText('x-request-id')
  expect(await breaches(page)).toEqual([])
  await page.getByRole('button', { name: 'Paste another' }).click()
  await field.fill('hello')
  await page.getByRole('button', { name: 'Take apart' }).click()
  await expect(steps(page).getByRole('alert')).toContainText('none of the reports that can be read')
})

test('from the Signature side of an exchange in History', async ({ window: page, engine }) => {
  const { id } = await signed(engine)
  await go(page, 'History')
  await page
    .getByRole('grid', { name: 'Exchanges' })
    .getByRole('row', { name: /salt-edge-cof-consent-get/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Signature' }).click()
  await page.getByRole('button', { name: 'Take it apart in Signature' }).click()
  await expect(page.getByLabel('Exchange of your own')).toHaveValue(id)
  await expect(steps(page)).toContainText('The signature verifies')
})

test('from a report: the call that was opened is taken apart', async ({ window: page, engine }) => {
  const { request } = await signed(engine)
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'tpp-signature-certificate')
  const har = {
    log: {
      entries: [
        { request: { method: 'GET', url: 'https://other.example/', headers: [] }, response: { status: 200 } },
        {
          request: {
            method: request.method,
            url: request.url,
            headers: headers.map(([name, value]) => ({ name, value })),
          },
          response: { status: 401, headers: [], content: { text: '{}' } },
        },
      ],
    },
  }
  await go(page, 'Report')
  await page.getByRole('textbox', { name: 'Request or report' }).fill(JSON.stringify(har))
  await page.getByRole('button', { name: 'Open report' }).click()
  await page.getByRole('button', { name: 'Take its signature apart' }).click()
  await expect(steps(page).getByRole('alert')).toContainText('First difference: No certificate')
})
