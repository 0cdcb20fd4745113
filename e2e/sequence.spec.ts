/** Sequence: the calls of a bank as a diagram, drawn while they happen, each arrow the way to its exchange. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { bank, readAccounts } from './engine.ts'
import { examine } from './examine.ts'
import { exchange } from './history-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const steps = (page: Page) => page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
const readings = (page: Page) => page.getByRole('button', { name: /acme to ICA Banken: GET .*Accounts/ })

test('calls are drawn as they happen, and an arrow opens its exchange', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'Sequence')
  await expect(readings(page).last()).toHaveAccessibleName(/ICA Banken to acme: 200/)
  const { length } = await steps(page).all()
  await engine.api.requests.send({
    bank,
    operation: 'ica-account-details',
    parameters: { accountId: 'terminated', 'PSU-IP-Address': '192.0.2.7' },
  })
  await expect(steps(page)).toHaveCount(length + 1)
  await expect(steps(page).last().getByRole('button')).toHaveAccessibleName(/terminated.*400/)
  await steps(page).last().getByRole('button').press('Enter')
  await expect(exchange(page).getByRole('heading', { level: 2 })).toContainText('ica-account-details')
})

test('the customer stands between the calls of an authorisation', async ({ window: page }) => {
  await go(page, 'Access')
  await page.getByLabel('Customer of the sandbox').selectOption('Anna Andersson')
  await page.getByLabel('Let the sandbox click for the customer').check()
  await page.getByRole('button', { name: 'Authorise the customer' }).click()
  await go(page, 'Sequence')
  await expect(
    steps(page)
      .filter({ hasText: /acme to Customer .*opens the bank’s page/ })
      .last(),
  ).toBeVisible()
  await expect(steps(page).filter({ hasText: 'brings the code' }).last()).toBeVisible()
})

test('a new diagram begins without losing the old one, and is saved as a picture', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'Sequence')
  await expect(readings(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByRole('main')).toContainText('Nothing has happened since')
  await readAccounts(engine.api)
  await expect(steps(page)).toHaveCount(1)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as SVG' }).click()
  const file = await saving
  expect(file.suggestedFilename()).toBe('sequence-ica-banken-sandbox.svg')
  const svg = await readFile(await file.path(), 'utf8')
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg).toContain('GET …/')
  await page.getByRole('button', { name: 'Show earlier steps' }).click()
  // The same reading before and after is one step, counted.
  await expect(readings(page).last()).toHaveAccessibleName(/\d times/)
})

test('looks right and axe finds nothing, in both themes and sizes', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'Sequence')
  await expect(readings(page).last()).toBeVisible()
  await examine(page, 'sequence')
})
