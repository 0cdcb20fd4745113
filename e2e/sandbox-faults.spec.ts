/** Faults set and switched on by hand: a call meets them, they run out, they are taken away. */
import type { Page } from '@playwright/test'
import { bank, readAccounts } from './engine.ts'
import { openOperation, response, send, sendButton } from './requests-view.ts'
import { logOf, openTab, seenCall, tenantOf } from './sandbox-view.ts'
import { expect, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const set = (page: Page) => page.getByRole('table', { name: 'Faults that are set' })
const adding = (page: Page) => page.getByRole('dialog', { name: 'Add a fault' })

async function add(page: Page): Promise<void> {
  await openTab(page, 'Faults')
  await page.getByRole('button', { name: 'Add a fault …' }).click()
  await expect(adding(page).getByLabel('What goes wrong')).toBeFocused()
}

test('a fault is set for one operation, met as often as it was asked for, and logged', async ({
  window: page,
  engine,
}) => {
  await add(page)
  await adding(page).getByLabel('What goes wrong').selectOption({ label: '503 Service Unavailable' })
  await adding(page).getByLabel('Bank').selectOption(bank)
  await adding(page).getByLabel('Operation').selectOption('ica-accounts-list')
  await adding(page).getByLabel('body').selectOption('json')
  await adding(page).getByLabel('How many calls it is good for').fill('1')
  await adding(page).getByRole('button', { name: 'Add the fault' }).click()
  await expect(adding(page)).toBeHidden()
  await expect(
    set(page).getByRole('row', { name: /503 Service Unavailable ICA Banken ica-accounts-list/ }),
  ).toContainText('1 more time')
  await openOperation(page, "List the customer's accounts")
  await send(page, /503 Service Unavailable/)
  await send(page, /200 OK/)
  await openTab(page, 'Faults')
  await expect(page.getByText('None: connections hold and answers come whole.')).toBeVisible()
  expect((await engine.api.sandbox.faults({ tenant: await tenantOf(engine.api) })).set).toEqual([])
  await openTab(page, 'Log')
  await page.getByRole('main').getByLabel('Status', { exact: true }).selectOption('fault')
  await logOf(page).getByRole('row').nth(1).click()
  await expect(seenCall(page)).toContainText('Faults appliedstatus-503')
  await page.getByRole('main').getByLabel('Status', { exact: true }).selectOption('')
})

test('values have units and limits, what is wrong stays in the form, and a fault is removed', async ({
  window: page,
  engine,
}) => {
  const tenant = await tenantOf(engine.api)
  await add(page)
  await adding(page).getByLabel('What goes wrong').selectOption({ label: 'Slow answer' })
  const late = adding(page).getByLabel('milliseconds')
  await late.fill('0')
  await adding(page).getByRole('button', { name: 'Add the fault' }).click()
  expect(await late.evaluate((field: HTMLInputElement) => field.validity.rangeUnderflow)).toBe(true)
  await late.fill('700')
  await adding(page).getByRole('button', { name: 'Add the fault' }).click()
  await expect(set(page)).toContainText('700 milliseconds')
  await expect(set(page)).toContainText('until removed')
  const exchange = await readAccounts(engine.api)
  expect(exchange.timings.total).toBeGreaterThan(600)
  await set(page).getByRole('button', { name: 'Remove Slow answer' }).click()
  await expect(set(page)).toBeHidden()
  expect((await engine.api.sandbox.faults({ tenant })).set).toEqual([])
})

test('a fault of connections says that everyone meets it, and is met', async ({ window: page, engine }) => {
  await add(page)
  await adding(page).getByLabel('What goes wrong').selectOption({ label: 'Expired server certificate' })
  await expect(adding(page).getByText('Everyone meets it')).toBeVisible()
  await adding(page).getByLabel('Bank').selectOption(bank)
  await adding(page).getByRole('button', { name: 'Add the fault' }).click()
  await expect(set(page).getByRole('row', { name: /everyone Expired server certificate/ })).toBeVisible()
  await openOperation(page, "List the customer's accounts")
  await sendButton(page).click()
  await expect(
    response(page)
      .getByRole('alert')
      .or(response(page).getByText(/certificate/i))
      .first(),
  ).toBeVisible()
  await openTab(page, 'Faults')
  await page.getByRole('button', { name: 'Remove Expired server certificate' }).click()
  await expect(set(page)).toBeHidden()
  expect((await engine.api.sandbox.faults({ tenant: await tenantOf(engine.api) })).set).toEqual([])
})

test('a switch inside the bank leads to its error row, and off again', async ({ window: page, engine }) => {
  await openTab(page, 'Faults')
  const known = await engine.api.sandbox.switchesKnown()
  const switches = page.getByRole('list', { name: 'Switches' })
  await expect(switches.getByRole('switch')).toHaveCount(Object.values(known).flat().length)
  const timeout = switches.getByRole('switch', { name: 'account-system-timeout' })
  await timeout.check()
  await expect(timeout).toBeChecked()
  const tenant = await tenantOf(engine.api)
  expect(await engine.api.sandbox.switches({ tenant })).toEqual({ 'ica-banken': ['account-system-timeout'] })
  const answer = await readAccounts(engine.api)
  expect(answer.response?.status).toBeGreaterThanOrEqual(400)
  await timeout.uncheck()
  await expect.poll(() => engine.api.sandbox.switches({ tenant })).toEqual({})
  await switches
    .getByRole('listitem')
    .filter({ has: page.getByRole('switch', { name: 'account-system-timeout' }) })
    .getByRole('button')
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Error row' })).toBeVisible()
})
