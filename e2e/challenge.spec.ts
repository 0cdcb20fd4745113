/** A bank that answers a payment with a page for its customer: opened from the response, awaited, the same call sent once more. */
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { examine } from './examine.ts'
import { chooseBank, fillParameter, openOperation, part, response, send, side, typeBody } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const bank = 'sparebank1'
const part_ = (page: Page) => page.getByRole('region', { name: 'The customer’s part' })
const begin = (page: Page) => part_(page).getByRole('button', { name: 'Open the bank’s page, then repeat' })

/** Each test pays another amount: an equal payment is a duplicate at this bank. */
async function pay(page: Page, api: Api, amount: string, wayBack: boolean): Promise<void> {
  await chooseBank(page, bank, 'sandbox')
  await openOperation(page, 'Create a SEPA credit transfer')
  await page.getByRole('button', { name: 'Fill required' }).click()
  await part(page, /^Headers/)
  await page.getByLabel('Filter headers').fill('PSU-ID')
  await fillParameter(page, 'PSU-ID', 'ola.nordmann')
  if (wayBack) {
    await page.getByLabel('Filter headers').fill('TPP-Redirect-URI')
    await fillParameter(page, 'TPP-Redirect-URI', (await api.access.returnAddress({ bank })).uri)
  }
  await part(page, /^Body/)
  const body = {
    instructedAmount: { amount, currency: 'EUR' },
    creditorName: 'Kari Hansen',
    creditorAccount: { iban: 'DE89370400440532013000' },
    debtorAccount: { iban: 'NO7186011117955' },
  }
  await typeBody(page, JSON.stringify(body))
  await send(page, /401/)
  await expect(part_(page)).toContainText('the bank wants its customer first')
}

async function pageOf(page: Page, start: () => Promise<unknown>): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await start()
  return opened
}

const approve = (customersPage: Page) => customersPage.getByRole('button', { name: 'BankID', exact: true }).click()

/** The exchanges of this bank, newest first. */
const sent = (api: Api) => api.history.list({ bank, limit: 10 })

test('the customer comes back by themselves, and the answer takes the place of the 401', async ({
  window: page,
  engine,
}) => {
  await pay(page, engine.api, '10.01', true)
  await examine(page, 'challenge')
  const [first] = await sent(engine.api)
  const customersPage = await pageOf(page, () => begin(page).click())
  await expect(part_(page).getByRole('status')).toHaveText('Waiting for the customer')
  await expect(part_(page)).toContainText(/[45]:\d\d/)
  await examine(page, 'waiting')
  await approve(customersPage)
  await expect(response(page).getByRole('status').filter({ hasText: '201' })).toBeVisible()
  await expect(part_(page)).toHaveCount(0)
  const [second] = await sent(engine.api)
  expect(second?.status).toBe(201)
  expect(second?.requestId).not.toBe(first?.requestId)
  await side(page, 'Request')
  await expect(response(page)).toContainText('Received by the bank')
  // Kept: it is the answer after a reload too.
  await page.reload()
  await expect(response(page).getByRole('status').filter({ hasText: '201' })).toBeVisible()
  expect(await engine.api.access.flows()).toEqual([])
})

test('a call that named no way back: the person says when the customer is done', async ({ window: page, engine }) => {
  await pay(page, engine.api, '10.02', false)
  const customersPage = await pageOf(page, () => begin(page).click())
  await expect(part_(page)).toContainText('say when the customer is done')
  await approve(customersPage)
  await expect(customersPage.getByRole('heading', { name: 'Approved' })).toBeVisible()
  await part_(page).getByRole('button', { name: 'The customer is back' }).press('Enter')
  await expect(response(page).getByRole('status').filter({ hasText: '201' })).toBeVisible()
})

test('the waiting is cancelled, and begun again with the same page', async ({ window: page, engine }) => {
  await pay(page, engine.api, '10.03', true)
  const before = (await sent(engine.api)).length
  const customersPage = await pageOf(page, () => begin(page).click())
  await part_(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(part_(page)).toContainText('Cancelled: the call was not sent again.')
  await expect(response(page).getByRole('status').filter({ hasText: '401' })).toBeVisible()
  expect(await sent(engine.api)).toHaveLength(before)
  const again = await pageOf(page, () => begin(page).click())
  expect(again.url()).toBe(customersPage.url())
  await approve(again)
  await expect(response(page).getByRole('status').filter({ hasText: '201' })).toBeVisible()
})

test('a customer who declines: the repeat’s answer says so', async ({ window: page, engine }) => {
  await pay(page, engine.api, '10.04', true)
  const customersPage = await pageOf(page, () => begin(page).click())
  await customersPage.getByRole('button', { name: /^(Avbryt|Cancel)$/ }).click()
  await expect(
    response(page)
      .getByRole('status')
      .filter({ hasText: /SCA_INVALID/ }),
  ).toBeVisible()
  await expect(part_(page)).toHaveCount(0)
})

test('with the key store locked its passphrase is asked for first', async ({ window: page, engine }) => {
  await pay(page, engine.api, '10.05', true)
  await engine.api.workspace.lock()
  await begin(page).click()
  await expect(page.getByRole('dialog').getByLabel(/passphrase/i)).toBeVisible()
  await page.keyboard.press('Escape')
  await engine.api.workspace.unlockVault({ passphrase: 'correct horse battery staple' })
  await go(page, 'Requests')
})
