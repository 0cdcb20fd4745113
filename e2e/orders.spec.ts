/** A BankID order outlives what the window does meanwhile: another view, a window closed and opened again, a key store that is locked. */
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { examine } from './examine.ts'
import { choose, openCase, order, type PayexCase, payexBank, read, sign, statusOf } from './payex.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, keyStoreStatus, lockVault, openVault, test } from './window.ts'

test.use({ setting: { vault: 'open' } })

const button = (page: Page, name: string) => page.getByRole('button', { name })

async function signing(page: Page, api: Api, customer: string): Promise<PayexCase> {
  await chooseBank(page, payexBank, 'sandbox')
  await go(page, 'Applications')
  const one = await openCase(api, customer, 'answered')
  await choose(page, one)
  await read(page)
  await sign(page)
  return one
}

/** How often the bank was asked for the order. */
const asked = async (api: Api, { tenant }: PayexCase): Promise<number> =>
  (await api.sandbox.log({ tenant })).filter(
    ({ operation }) => operation === 'payex-account-application-sign-bankid-se-poll',
  ).length

test('another view is shown: the order is asked for all the same, and its end is told there', async ({
  window: page,
  engine,
}) => {
  const one = await signing(page, engine.api, 'sven-svensson')
  await expect(order(page)).toContainText('in other views too')
  await go(page, 'History')
  await one.clock(9)
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Signed')
  await go(page, 'Applications')
  await expect(statusOf(page)).toContainText('To be verified')
  const before = await asked(engine.api, one)
  await expect(button(page, 'Verify the application')).toBeVisible()
  expect(await asked(engine.api, one)).toBe(before)
})

test('two customers sign at a time: each order is asked for', async ({ window: page, engine }) => {
  const first = await signing(page, engine.api, 'tilda-tveksam')
  const second = await signing(page, engine.api, 'ulla-angrar')
  await first.clock(181)
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Time ran out')
  await second.clock(9)
  await expect(order(page)).toContainText('HintUserCancel')
})

test('the window is closed and opened again: the order is asked for again, and what came of it is there', async ({
  window: page,
  engine,
  context,
}) => {
  const one = await signing(page, engine.api, 'tilda-tveksam')
  await expect(order(page)).toContainText('HintStarted')
  await page.close()
  const next = await context.newPage()
  await next.goto(engine.origin)
  await go(next, 'Applications')
  await expect(order(next)).toContainText('Asked for again')
  await expect(order(next)).toContainText('HintUserSign')
  await one.clock(181)
  await expect(order(next)).toContainText('HintExpiredTransaction')
  await expect(order(next).getByText('Asked for again')).toHaveCount(0)
  await expect(statusOf(next)).toContainText('Not signed')
})

test('asking was stopped: it stays so when the window is opened again, until somebody goes on', async ({
  window: page,
  engine,
}) => {
  const one = await signing(page, engine.api, 'tilda-tveksam')
  await button(page, 'Stop asking').click()
  await expect(order(page)).toContainText('The order goes on at the bank; it is not asked for any longer.')
  await page.reload()
  await expect(button(page, 'Go on asking')).toBeVisible()
  const before = await asked(engine.api, one)
  await one.clock(181)
  await go(page, 'History')
  await go(page, 'Applications')
  await expect(button(page, 'Go on asking')).toBeVisible()
  expect(await asked(engine.api, one)).toBe(before)
  await button(page, 'Go on asking').click()
  await expect(order(page)).toContainText('HintExpiredTransaction')
})

test('the key store is locked: nothing is asked, the view says so, and goes on when it is open', async ({
  window: page,
  engine,
}) => {
  const one = await signing(page, engine.api, 'tilda-tveksam')
  await lockVault(page)
  await expect(order(page)).toContainText('Not asked for while the key store is locked')
  await examine(page, 'an order with a locked key store')
  const before = await asked(engine.api, one)
  await one.clock(181)
  await page.reload()
  await expect(order(page)).toContainText('Not asked for while the key store is locked')
  expect(await asked(engine.api, one)).toBe(before)
  await openVault(page)
  await expect(keyStoreStatus(page)).toContainText('ready')
  await expect(order(page)).toContainText('HintExpiredTransaction')
  await expect(statusOf(page)).toContainText('Not signed')
})
