/** Payments: made by a form, signed through a basket, followed, read back, taken back; and what the bank says to a wrong one. */
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { examine } from './examine.ts'
import { atTheBank, dayAhead, exchange, field, fillPayment, group, timeline } from './payment-view.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], registered: true } })

const own = 'SE6792700000092710000016'
const other = 'SE4550000000058398257466'

const form = (page: Page) => page.getByRole('form', { name: 'Create the payment' })
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen payment' })
const create = (page: Page) => form(page).getByRole('button', { name: 'Create the payment' })

/** The customer of the sandbox clicks by themselves. */
async function authorise(page: Page, button: string | RegExp): Promise<void> {
  await page.getByLabel('Let the sandbox click for the customer').check()
  await page.getByRole('button', { name: button }).click()
}

async function payAtIca(page: Page, amount: string, day = dayAhead()): Promise<void> {
  await go(page, 'Payments')
  const another = page.getByRole('button', { name: 'New payment' })
  if (await another.isEnabled()) await another.click()
  await expect(form(page).or(page.getByRole('button', { name: 'Authorise payment' }))).toBeVisible()
  if (!(await form(page).isVisible())) await authorise(page, 'Authorise payment')
  await fillPayment(form(page), { from: own, to: other, amount, currency: 'SEK', name: 'Elva Tolvansson' })
  await field(form(page), 'Requested execution date').fill(day)
}

test('ICA-J4 a payment is created, read, signed through a basket of its own, followed and deleted', async ({
  window: page,
  engine,
}) => {
  await go(page, 'Payments')
  await expect(page.getByText('No payment was created here')).toBeVisible()
  await expect(page.getByText('A customer has to allow it first')).toBeVisible()
  await examine(page, 'payments without a grant')
  await payAtIca(page, '125.00')
  await expect(group(form(page), 'Instructed amount')).toContainText('SEK has 2 decimals')
  await examine(page, 'payment form')
  await create(page).click()
  await expect(chosen(page)).toContainText('RCVD')
  await chosen(page).getByRole('button', { name: 'Read it at the bank' }).click()
  await expect(chosen(page).getByRole('table', { name: 'Asked and answered' })).toContainText('as asked')
  await expect(chosen(page).getByText(/\d+ stripped, \d+ changed, \d+ put in by the bank/)).toBeVisible()
  await examine(page, 'payment read back')
  await chosen(page).getByRole('button', { name: 'Sign it in a basket' }).click()
  await page.getByRole('button', { name: 'Create the basket with 1' }).click()
  await authorise(page, 'Authorise the basket')
  await expect(page.getByText('Without that token')).toHaveCount(0)
  await page.getByRole('button', { name: 'Sign the basket' }).click()
  await expect(exchange(page, 'ica-signing-basket-sign')).toContainText('200')
  await page.getByRole('button', { name: 'Follow the members' }).click()
  await expect(page.getByRole('list', { name: 'Members' })).toContainText('Verified')
  await page.getByRole('button', { name: 'Stop following' }).click()
  await page
    .getByRole('list', { name: 'Members' })
    .getByRole('button', { name: /^Open / })
    .click()
  await expect(timeline(page)).toContainText('ACTC')
  // Signed: the bank wants the customer's word for deleting it.
  await chosen(page).getByRole('button', { name: 'Ask the customer for it …' }).click()
  await authorise(page, 'Authorise payment_delete')
  await expect(chosen(page)).toContainText('The customer has allowed it: payment_delete:')
  await chosen(page).getByRole('button', { name: 'Delete or cancel …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(exchange(page, 'ica-payment-delete')).toContainText(/20[04]/)
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(timeline(page)).toContainText('CANC')
  await expect(chosen(page)).toContainText('Yes: nothing changes any more.')
  await examine(page, 'payment deleted')
  expect((await engine.api.access.consents({})).map(({ kind }) => kind).sort()).toEqual(['basket', 'payment'])
})

test('ICA-J4 a payment nobody signed is deleted with the token it was created with', async ({ window: page }) => {
  await payAtIca(page, '77.00')
  await create(page).click()
  await expect(chosen(page)).toContainText('RCVD')
  await chosen(page).getByRole('button', { name: 'Delete or cancel …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(exchange(page, 'ica-payment-delete')).toContainText(/20[04]/)
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(timeline(page)).toContainText('CANC')
})

test('what would be refused is said at its field; sent all the same, the bank’s answer is explained', async ({
  window: page,
}) => {
  await payAtIca(page, '1.234', '2020-01-02')
  await create(page).click()
  await expect(page.getByRole('status').filter({ hasText: 'It was not sent' })).toBeVisible()
  await expect(form(page).getByRole('alert').filter({ hasText: 'SEK' })).toBeVisible()
  await expect(form(page).getByRole('alert').filter({ hasText: '2020-01-02' })).toBeVisible()
  await examine(page, 'payment refused by the form')
  await page.getByRole('button', { name: 'Send it all the same' }).click()
  await expect(exchange(page, 'ica-payment-create')).toContainText('400')
  await expect(exchange(page, 'ica-payment-create')).toContainText('Fix')
  // Nothing that was typed is lost, not by the refusal and not by a reload.
  await page.reload()
  await expect(field(group(form(page), 'Instructed amount'), 'Amount')).toHaveValue('1.234')
})

test('the body is a form and JSON, back and forth without loss', async ({ window: page }) => {
  await payAtIca(page, '10.00')
  await page.getByRole('button', { name: 'Raw JSON' }).click()
  const body = page.getByLabel('Body', { exact: true })
  const typed = JSON.parse(await body.inputValue()) as object
  await body.fill(JSON.stringify({ ...typed, ourOwn: { kept: [1, 'two'] } }))
  await page.getByRole('button', { name: 'Form', exact: true }).click()
  await expect(form(page)).toContainText('Not in the schema, sent as it is: ourOwn')
  await field(form(page), 'Creditor name').fill('Somebody else')
  await page.getByRole('button', { name: 'Raw JSON' }).click()
  expect(JSON.parse(await body.inputValue())).toMatchObject({
    creditorName: 'Somebody else',
    ourOwn: { kept: [1, 'two'] },
  })
  await body.fill('{ half')
  await page.getByRole('button', { name: 'Form', exact: true }).click()
  await expect(page.getByText('This cannot be shown as a form')).toBeVisible()
  await expect(body).toHaveValue('{ half')
  await page.getByRole('button', { name: 'Empty the form' }).click()
  await page.getByRole('button', { name: 'Form', exact: true }).click()
})

test('the product decides the form; only the keyboard is needed', async ({ window: page }) => {
  await payAtIca(page, '10.00')
  await page.getByRole('button', { name: 'Empty the form' }).press('Enter')
  await form(page).getByLabel('Payment product').selectOption('bankgiro')
  await expect(group(form(page), 'Creditor account').getByLabel(/^BBAN/)).toBeVisible()
  await expect(group(form(page), 'Creditor account').getByLabel(/^IBAN/)).toHaveCount(0)
  await page.getByRole('button', { name: 'Fill with example' }).press('Enter')
  await expect(group(form(page), 'Creditor account').getByLabel(/^BBAN/)).toHaveValue('991-2346')
  await page.getByRole('button', { name: 'Take back' }).press('Enter')
  await expect(group(form(page), 'Creditor account').getByLabel(/^BBAN/)).toHaveValue('')
  await field(form(page), 'Creditor name').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'It was not sent' })).toBeVisible()
})

const answers = (page: Page) => exchange(page, 'sb1-sct-payment-create')

async function payAtSb1(page: Page, amount: string): Promise<void> {
  await chooseBank(page, 'sparebank1', 'sandbox')
  await go(page, 'Payments')
  const another = page.getByRole('button', { name: 'New payment' })
  if (await another.isEnabled()) await another.click()
  await form(page).getByLabel('PSU-ID (optional)', { exact: true }).fill('ola.nordmann')
  await expect(form(page).getByLabel('TPP-Redirect-URI (optional)')).not.toHaveValue('')
  const payment = { from: 'NO7186011117955', to: 'DE89370400440532013000', currency: 'EUR', name: 'Kari Hansen' }
  await fillPayment(form(page), { ...payment, amount })
}

test('SB1-J1 a SEPA payment: the bank wants its customer, the same call is sent once more, its status is followed', async ({
  window: page,
}) => {
  await payAtSb1(page, '21.01')
  await create(page).click()
  const part = page.getByRole('region', { name: 'The customer’s part' })
  await expect(answers(page)).toContainText('401')
  await examine(page, 'payment waits for its customer')
  await atTheBank(
    page,
    () => part.getByRole('button', { name: 'Open the bank’s page, then repeat' }).click(),
    (customersPage) => customersPage.getByRole('button', { name: 'BankID', exact: true }).click(),
  )
  await expect(chosen(page)).toContainText('RCVD')
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(chosen(page).getByText(/asked again in/)).toBeVisible()
  await chosen(page).getByRole('button', { name: 'Stop following' }).click()
})

test('SB1-W1 100.333 EUR: said at the amount, and explained by the bank’s row', async ({ window: page }) => {
  await payAtSb1(page, '100.333')
  await create(page).click()
  await expect(form(page).getByRole('alert').filter({ hasText: 'EUR' })).toBeVisible()
  await page.getByRole('button', { name: 'Send it all the same' }).click()
  await expect(answers(page).getByRole('button', { name: 'Error row sb1-format-error' })).toBeVisible()
})

const bog = 'bank-of-georgia'

async function payAtBog(page: Page, from: string, customer: Readonly<Record<string, string>> = {}): Promise<void> {
  await chooseBank(page, bog, 'sandbox')
  await go(page, 'Payments')
  const another = page.getByRole('button', { name: 'New payment' })
  if (await another.isEnabled()) await another.click()
  for (const name of ['PSU-ID', 'PSU-Corporate-ID'])
    await form(page)
      .getByLabel(`${name} (optional)`, { exact: true })
      .fill(customer[name] ?? '')
  await expect(form(page).getByLabel('TPP-Redirect-URI (optional)')).not.toHaveValue('')
  const payment = { to: 'GE33BG9000000000000005', currency: 'GEL', amount: '12.50', name: 'Merchant' }
  await fillPayment(form(page), { ...payment, from })
  await create(page).click()
  await expect(chosen(page)).toContainText('RCVD')
}

/** The customer signs on the page that the button opens. */
const sign = (page: Page, start: () => Promise<unknown>) =>
  atTheBank(page, start, async (customersPage) => {
    await customersPage.getByRole('button').first().click()
    await expect(customersPage.getByRole('button', { name: /Deny/ })).toHaveCount(0)
  })

const startSigner = (page: Page, name: string) => chosen(page).getByRole('button', { name, exact: true }).click()
const signerList = (page: Page) => chosen(page).getByRole('list', { name: 'Authorisations of it' })
const followSigner = (page: Page) => signerList(page).getByRole('button', { name: /^Follow authorisation/ })
const closeSteps = (page: Page) => page.getByRole('button', { name: 'Close', exact: true }).last().click()

async function moveOn(api: Api, seconds: number): Promise<void> {
  for (const { tenant } of await api.sandbox.tenants()) await api.sandbox.clock({ tenant, offsetSeconds: seconds })
}

test('BOG-J2 a payment is authorised by the bank’s link, followed to its end and read', async ({
  window: page,
  engine,
}) => {
  await payAtBog(page, 'GE44BG9000000000000001', { 'PSU-ID': 'nino.beridze' })
  await sign(page, () => startSigner(page, 'Authorise'))
  await expect(page.getByRole('list', { name: 'Authorisation', exact: true })).toContainText('The grant is stored')
  await closeSteps(page)
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(chosen(page).getByText(/asked again in/)).toBeVisible()
  await moveOn(engine.api, 20)
  await expect(timeline(page)).toContainText(/ACTC|ACCP/)
  // Not as far as the token lasts.
  await moveOn(engine.api, 400)
  await expect(timeline(page)).toContainText('ACSC', { timeout: 30_000 })
  await followSigner(page).click()
  await expect(signerList(page)).toContainText('Finalised · final')
  await chosen(page).getByRole('button', { name: 'Read it at the bank' }).click()
  await expect(chosen(page).getByRole('table', { name: 'Asked and answered' })).toBeVisible()
  await moveOn(engine.api, 0)
})

test('BOG-J3 three sign for a company: one authorisation each, and PATC until the last', async ({ window: page }) => {
  await payAtBog(page, 'GE76BG9000000000000007', { 'PSU-Corporate-ID': '404912345' })
  const signers = ['tamar.lomidze', 'levan.gelashvili', 'ketevan.maisuradze']
  for (const [place, signer] of signers.entries()) {
    await chosen(page).getByLabel('PSU-ID of the signer').fill(signer)
    await chosen(page).getByLabel('PSU-Corporate-ID of the signer').fill('404912345')
    await sign(page, () => startSigner(page, 'Authorise'))
    await expect(page.getByRole('list', { name: 'Authorisation', exact: true })).toContainText('The grant is stored')
    await closeSteps(page)
    await chosen(page).getByRole('button', { name: 'Ask the bank for the list' }).click()
    await expect(signerList(page).getByRole('listitem').filter({ hasText: '•' })).toHaveCount(place + 1)
    await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
    await expect(timeline(page)).toContainText(place < 2 ? 'PATC' : 'ACTC')
    await chosen(page).getByRole('button', { name: 'Stop following' }).click()
    await followSigner(page).first().click()
    await expect(signerList(page).getByText('Finalised · final')).toHaveCount(place + 1)
  }
  await examine(page, 'three signers')
})

test('BOG-J4 an authorised payment is cancelled: 202, and the cancellation is authorised too', async ({
  window: page,
}) => {
  await payAtBog(page, 'GE44BG9000000000000001', { 'PSU-ID': 'nino.beridze' })
  await sign(page, () => startSigner(page, 'Authorise'))
  await closeSteps(page)
  await chosen(page).getByRole('button', { name: 'Delete or cancel …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(exchange(page, 'bog-payment-cancel')).toContainText('202')
  await chosen(page).getByLabel('PSU-ID of the signer').fill('nino.beridze')
  await sign(page, () => startSigner(page, 'Authorise the cancellation'))
  await closeSteps(page)
  await chosen(page).getByRole('button', { name: 'Ask the bank for the list' }).click()
  await expect(exchange(page, 'bog-payment-cancellation-authorisation-list')).toContainText('200')
  await followSigner(page).last().click()
  await expect(signerList(page).getByRole('listitem').filter({ hasText: 'to take it back' })).toContainText(
    'Finalised · final',
  )
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(timeline(page)).toContainText('CANC')
})

test('BOG-J2 bulk payments: entries come and go by the keyboard alone, one authorisation for all of them', async ({
  window: page,
}) => {
  await chooseBank(page, bog, 'sandbox')
  await go(page, 'Payments')
  const another = page.getByRole('button', { name: 'New payment' })
  if (await another.isEnabled()) await another.click()
  await form(page).getByRole('button', { name: 'Empty the form' }).click()
  await form(page).getByLabel('Payment service').selectOption('bulk-payments')
  await form(page).getByLabel('PSU-ID (optional)', { exact: true }).fill('nino.beridze')
  await field(group(form(page), 'Debtor account'), 'IBAN').fill('GE44BG9000000000000001')
  const entries = form(page).getByRole('group', { name: /^Payments \(\d\)/ })
  await expect(field(form(page), 'Creditor name')).toHaveCount(0)
  const add = entries.getByRole('button', { name: 'Add to payments' })
  for (const count of [1, 2, 3]) {
    await add.press('Enter')
    await expect(entries).toHaveAccessibleName(`Payments (${count})`)
    // Typing goes on in the entry that came.
    await expect(entries.getByRole('group', { name: `Payments ${count}`, exact: true })).toContainText('Creditor')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toMatch(/INPUT|SELECT/)
  }
  const remove = (count: number) => entries.getByRole('button', { name: `Remove Payments ${count}` })
  await remove(2).press('Enter')
  await expect(entries).toHaveAccessibleName('Payments (2)')
  await expect(remove(2)).toBeFocused()
  for (const [count, amount] of [
    [1, '10.00'],
    [2, '20.50'],
  ] as const) {
    const entry = entries.getByRole('group', { name: `Payments ${count}`, exact: true })
    const money = group(entry, 'Instructed amount')
    await field(money, 'Currency').fill('GEL')
    await field(money, 'Amount').fill(amount)
    await field(group(entry, 'Creditor account'), 'IBAN').fill(`GE33BG900000000000000${count + 4}`)
    await field(entry, 'Creditor name').fill(`Payee ${count}`)
  }
  await create(page).click()
  await expect(chosen(page)).toContainText('bulk-payments')
  await sign(page, () => startSigner(page, 'Authorise'))
  await expect(page.getByRole('list', { name: 'Authorisation', exact: true })).toContainText('The grant is stored')
  await closeSteps(page)
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(timeline(page)).toContainText('ACTC')
  await chosen(page).getByRole('button', { name: 'Stop following' }).click()
  await chosen(page).getByRole('button', { name: 'Read it at the bank' }).click()
  await expect(chosen(page).getByRole('table', { name: 'Asked and answered' })).toContainText('20.50')
})
