/** What the banks of the sandbox keep: looked at, narrowed down, saved as a file, reset and loaded again. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { readAccounts } from './engine.ts'
import { openTab, stateOf, tenantOf } from './sandbox-view.ts'
import { expect, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const filter = (page: Page, label: string) => page.getByRole('main').getByLabel(label, { exact: true })
const kept = (page: Page) => page.getByRole('region', { name: 'Kept thing' })

test('what the banks keep is listed, narrowed down and shown in full', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  const { banks } = await engine.api.sandbox.state({ tenant: await tenantOf(engine.api) })
  const accounts = banks.find(({ bank }) => bank === 'ica-banken')?.accounts ?? []
  expect(accounts.length).toBeGreaterThan(0)
  await openTab(page, 'State')
  await filter(page, 'Bank').selectOption('ica-banken')
  await filter(page, 'Kind').selectOption('accounts')
  await expect(stateOf(page)).toHaveAttribute('aria-rowcount', String(accounts.length + 1))
  await stateOf(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(kept(page)).toContainText(accounts[0]?.id ?? '-')
  await expect(kept(page)).toContainText(accounts[0]?.title ?? '-')
  await page.getByLabel('Search the state').fill('nothing-like-it')
  await expect(page.getByText('nothing fits what is asked for')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(
    stateOf(page)
      .getByRole('row', { name: /^token ICA Banken/ })
      .first(),
  ).toBeVisible()
})

test('a kind that a bank has not says so', async ({ window: page }) => {
  await openTab(page, 'State')
  await filter(page, 'Bank').selectOption('sparebank1')
  await filter(page, 'Kind').selectOption('baskets')
  await expect(page.getByText('SpareBank 1 has none: its document has no operation for baskets.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
})

test('a state is saved, reset and loaded again', async ({ window: page, engine }) => {
  const tenant = await tenantOf(engine.api)
  await readAccounts(engine.api)
  await engine.api.sandbox.switches({ tenant, set: { sparebank1: ['strict-query'] } })
  await openTab(page, 'State')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^sandbox-state-PSD.*\.json$/)
  const text = await readFile(await file.path(), 'utf8')
  expect(text).not.toMatch(/access_?token"/i)

  await engine.api.sandbox.clock({ tenant, offsetSeconds: 660 })
  await page.getByRole('button', { name: 'Reset …' }).click()
  const reset = page.getByRole('dialog', { name: 'Reset what the banks keep?' })
  await expect(reset.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await expect(reset).toContainText('the clock goes back to this machine’s time')
  await reset.getByRole('button', { name: 'Reset every bank' }).click()
  await expect(reset).toBeHidden()
  const tokens = async () => (await engine.api.sandbox.state({ tenant })).banks.flatMap((bank) => bank.tokens)
  expect(await tokens()).toEqual([])
  expect(await engine.api.sandbox.clock({ tenant })).toEqual({ offsetSeconds: 0 })
  expect(await engine.api.sandbox.switches({ tenant })).toEqual({})

  const choose = (name: string, content: string) =>
    page
      .getByLabel('Saved state', { exact: true })
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
  await choose('notes.json', '{"format":"something else"}')
  await expect(page.getByRole('alert').filter({ hasText: 'notes.json is no saved state' })).toBeVisible()
  await choose('broken.json', JSON.stringify({ ...(JSON.parse(text) as object), offsetSeconds: 'soon' }))
  const load = page.getByRole('dialog')
  await load.getByRole('button', { name: 'Replace the state' }).click()
  await expect(load.getByText('Nothing was loaded')).toBeVisible()
  await load.getByRole('button', { name: 'Keep what there is' }).click()
  await choose('workshop.json', text)
  await expect(load).toContainText(tenant)
  await load.getByRole('button', { name: 'Replace the state' }).click()
  await expect(page.getByRole('dialog', { name: 'The state is loaded' })).toBeVisible()
  await expect(load.getByRole('list', { name: 'Left out' })).toContainText(/token|log/i)
  await load.getByRole('button', { name: 'Close' }).click()
  expect(await engine.api.sandbox.switches({ tenant })).toEqual({ sparebank1: ['strict-query'] })
  await engine.api.sandbox.switches({ tenant, set: {} })
})

test('one bank is reset and the others stay', async ({ window: page, engine }) => {
  const tenant = await tenantOf(engine.api)
  await engine.api.sandbox.clock({ tenant, offsetSeconds: 31 })
  await openTab(page, 'State')
  await page.getByRole('button', { name: 'Reset …' }).click()
  const reset = page.getByRole('dialog')
  await reset.getByLabel('Where').selectOption('ica-banken')
  await reset.getByRole('button', { name: 'Reset ICA Banken' }).click()
  await expect(reset).toBeHidden()
  expect(await engine.api.sandbox.clock({ tenant })).toEqual({ offsetSeconds: 31 })
  await engine.api.sandbox.clock({ tenant, offsetSeconds: 0 })
})
