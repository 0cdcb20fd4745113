/** Baskets: what is signed together is chosen, authorised by its customer, signed, and followed member by member. */
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { examine } from './examine.ts'
import { dayAhead, exchange } from './payment-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['payment'] } })

const own = 'SE6792700000092710000016'

const idOf = (body: string | undefined, name: string): string =>
  String((JSON.parse(body ?? '{}') as Record<string, unknown>)[name])

async function pay(api: Api, product: string, body: object): Promise<string> {
  const { response } = await api.requests.send({
    bank: 'ica-banken',
    operation: 'ica-payment-create',
    parameters: { paymentProduct: product },
    body: JSON.stringify({
      debtorAccount: { iban: own },
      instructedAmount: { currency: 'SEK', amount: '50.00' },
      creditorName: 'Somebody',
      requestedExecutionDate: dayAhead(),
      ...body,
    }),
  })
  expect(response?.status).toBe(201)
  return idOf(response?.body, 'paymentId')
}

const toAccount = { creditorAccount: { iban: 'SE4550000000058398257466' } }
const toGiro = { creditorAccount: { bban: '991-2346' } }

const choice = (page: Page, id: string) =>
  page.getByRole('list', { name: 'Payments to choose' }).getByRole('listitem').filter({ hasText: id })
const members = (page: Page) => page.getByRole('list', { name: 'Members' })

async function newBasket(page: Page): Promise<void> {
  await go(page, 'Baskets')
  const another = page.getByRole('button', { name: 'New basket' })
  if (await another.isEnabled()) await another.click()
}

test('nothing to sign yet: the way to a payment is shown', async ({ window: page }) => {
  await newBasket(page)
  await expect(page.getByText('Nothing to sign yet')).toBeVisible()
  await examine(page, 'no basket')
  await page.getByRole('button', { name: 'Open Payments' }).click()
  await expect(page.getByRole('main', { name: 'Payments' })).toBeVisible()
})

test('ICA-J5 payments of two products are signed in one basket, and each member is followed', async ({
  window: page,
  engine,
}) => {
  const ids = [await pay(engine.api, 'domestic-credit-transfers', toAccount), await pay(engine.api, 'bankgiro', toGiro)]
  await newBasket(page)
  for (const id of ids) await choice(page, id).getByRole('checkbox').press('Space')
  await expect(choice(page, ids[0]!)).toContainText('50.00 SEK · Somebody')
  await examine(page, 'basket choice')
  await page.getByRole('button', { name: 'Create the basket with 2' }).press('Enter')
  await expect(members(page).getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Read it at the bank' }).click()
  await expect(exchange(page, 'ica-signing-basket-get')).toContainText('200')
  await page.getByLabel('Let the sandbox click for the customer').check()
  await page.getByRole('button', { name: 'Authorise the basket' }).click()
  await expect(page.getByText('Without that token')).toHaveCount(0)
  await page.getByRole('button', { name: 'Sign the basket' }).click()
  await expect(exchange(page, 'ica-signing-basket-sign')).toContainText('200')
  await expect(page.getByText('It is signed. The bank tells of its members one by one.')).toBeVisible()
  await page.getByRole('button', { name: 'Follow the members' }).click()
  await expect(members(page).getByText('Verified')).toHaveCount(2)
  await examine(page, 'basket signed')
  await page.getByRole('button', { name: 'Stop following' }).click()
  // What is signed cannot go into another one, and it is said why.
  await page.getByRole('button', { name: 'New basket' }).click()
  await expect(choice(page, ids[0]!).getByRole('checkbox')).toBeDisabled()
  await expect(choice(page, ids[0]!)).toContainText('It is ACTC.')
})

test('ICA-W5 a member of two baskets is refused, explained, and still chosen', async ({ window: page, engine }) => {
  const first = await pay(engine.api, 'domestic-credit-transfers', toAccount)
  await newBasket(page)
  await choice(page, first).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Create the basket with 1' }).click()
  await expect(members(page)).toContainText(first)
  // In another basket already: only the bank knows, and its answer is explained.
  await page.getByRole('button', { name: 'New basket' }).click()
  await choice(page, first).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Create the basket with 1' }).click()
  const refused = exchange(page, 'ica-signing-basket-create')
  await expect(refused.getByRole('button', { name: 'Error row ica-payments-basket-not-created' })).toBeVisible()
  const second = await pay(engine.api, 'domestic-credit-transfers', toAccount)
  await go(page, 'Overview')
  await newBasket(page)
  // What was refused is still chosen.
  await choice(page, first).getByRole('checkbox').uncheck()
  await choice(page, second).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Create the basket with 1' }).click()
  await expect(members(page)).toContainText(second)
})
