/** History: every exchange, narrowed down, opened, sent anew; calls under way can be stopped. */
import type { Page } from '@playwright/test'
import { bank, readAccounts } from './engine.ts'
import { response, send } from './requests-view.ts'
import { openStandInBank } from './stand-in-bank.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const table = (page: Page) => page.getByRole('grid', { name: 'Exchanges' })
const exchange = (page: Page) => page.getByRole('region', { name: 'Exchange', exact: true })

test('exchanges come in above as they are made, and what is open stays open', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'History')
  await expect(exchange(page)).toContainText('Choose an exchange')
  await table(page)
    .getByRole('row', { name: /POST.*ica-register-client/ })
    .click()
  await expect(exchange(page).getByRole('heading', { level: 2 })).toContainText('ica-register-client')
  const before = Number(await table(page).getAttribute('aria-rowcount'))
  await readAccounts(engine.api)
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(before + 1))
  await expect(table(page).getByRole('row', { selected: true })).toContainText('ica-register-client')
})

test('words, status and error row narrow them down', async ({ window: page, engine }) => {
  const parameters = { accountId: 'terminated', 'PSU-IP-Address': '192.0.2.7' }
  const { explanations } = await engine.api.requests.send({ bank, operation: 'ica-account-details', parameters })
  await go(page, 'History')
  await page.getByLabel('Search operation, URL, error').fill('account-details')
  await expect(table(page).getByRole('row', { name: /ica-register-client/ })).toHaveCount(0)
  await page.getByLabel('Status', { exact: true }).selectOption('4xx refused')
  await page.getByLabel('Error row', { exact: true }).selectOption(explanations[0]!.errorId)
  await expect(
    table(page)
      .getByRole('row', { name: /ica-account-details/ })
      .first(),
  ).toBeVisible()
  await page.keyboard.press('Tab')
  await page.getByLabel('Search operation, URL, error').press('ArrowDown')
  await expect(exchange(page)).toContainText(explanations[0]!.title)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(table(page).getByRole('row', { name: /ica-register-client/ })).toBeVisible()
})

test('an exchange shows all its sides, without its secrets, and opens as a request', async ({
  window: page,
  engine,
}) => {
  await readAccounts(engine.api)
  await go(page, 'History')
  await table(page)
    .getByRole('row', { name: /ica-oauth-token/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Body', exact: true }).click()
  await expect(exchange(page)).toContainText('"access_token"')
  await expect(exchange(page)).not.toContainText(/"(access|refresh)_token": "[\w.-]{16}/)
  await table(page)
    .getByRole('row', { name: /GET.*ica-accounts-list/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Open as request' }).click()
  await send(page, /200 OK/)
  await expect(response(page)).toContainText('SE')
})

test('a call under way is listed with its time and can be stopped', async ({ window: page, engine, workbench }) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.hold()
  const draft = { bank, operation: 'ica-accounts-list', parameters: { 'PSU-IP-Address': '192.0.2.7' } }
  const sent = engine.api.requests.dispatch({ call: 'slow', draft }).catch((fault: Error) => fault)
  await standIn.arrived()
  await go(page, 'History')
  const cancel = page.getByRole('button', { name: 'Cancel ica-accounts-list' })
  await cancel.click()
  await expect(cancel).toBeHidden()
  expect(await sent).toMatchObject({ code: 'CANCELLED' })
  await expect(
    table(page)
      .getByRole('row', { name: /ica-accounts-list.*CANCELLED/ })
      .first(),
  ).toBeVisible()
  await standIn.close()
})
