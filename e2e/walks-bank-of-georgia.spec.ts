/** Bank of Georgia's catalogue, workshops and support cases, walked in the window: each ends in the explanation a person is to see. */
import type { Page } from '@playwright/test'
import {
  asRequest,
  at,
  balancesOnly,
  chosenPayment,
  clockOf,
  covered,
  departures as departuresOf,
  fillPaymentForm,
  givenConsent,
  givenPayment,
  openDepartures,
  openPayment,
  paymentForm,
  readAccounts,
  readButton as readButtonOf,
} from './bog-desk.ts'
import type { Api } from './engine.ts'
import { exchange, timeline } from './payment-view.ts'
import { fillParameter, part, response, send, side } from './requests-view.ts'
import { type Watch, watchPage } from './watched-page.ts'
import { enter, expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme', { name: 'reader', roles: ['PSP_AI'] }] } })

let page: Page
let watch: Watch

test.beforeAll(async ({ browser, engine }) => {
  page = await (await browser.newContext()).newPage()
  watch = watchPage(page)
  await engine.api.workspace.rememberWindow({ bank: 'bank-of-georgia', guide: null })
  await enter(page, engine)
})
test.afterEach(() => expect(watch.complaints).toEqual([]))
test.afterAll(() => page.context().close())

const accounts = () => page.getByRole('list', { name: 'Accounts', exact: true })
const payment = () => paymentForm(page)
const chosen = () => chosenPayment(page)
const departures = () => departuresOf(page)
const readButton = () => readButtonOf(page)

/** What the bank said, and the first row of the explanation of it. */
async function explained(operation: string, status: number, row: string): Promise<void> {
  const failed = exchange(page, operation)
  await expect(failed).toContainText(String(status))
  await expect(failed.getByRole('button', { name: /^Error row / }).first()).toHaveText(`Error row ${row}`)
}

/** The same of a call that Requests made. */
async function explainedInRequests(row: string): Promise<void> {
  await expect(
    response(page)
      .getByRole('button', { name: /^Error row / })
      .first(),
  ).toHaveText(`Error row ${row}`)
}

/** What the window holds back is sent on purpose. */
async function createPaymentAnyway(): Promise<void> {
  await payment().getByRole('button', { name: 'Create the payment' }).click()
  await page.getByRole('button', { name: 'Send it all the same' }).click()
}

test('BOG-J6 the catalogue in Georgian and English, page by page, tiers of a deposit, loans', async ({ engine }) => {
  await at(page, engine.api, 'Products')
  await expect(page.getByText('The catalogue is public')).toBeVisible()
  await page.getByRole('button', { name: /^path reconstructed/ }).click()
  await expect(page.getByRole('dialog', { name: /^The catalogue is read with GET/ })).toContainText('getProducts')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Read products' }).click()
  await expect(exchange(page, 'bog-products-list')).toContainText('/v1/ge/products?page=0&page-size=10')
  const list = page.getByRole('grid')
  await expect(list.getByRole('row', { name: /ავტო სესხი/ })).toBeVisible()
  await expect(list.getByText('ავტო სესხი')).toHaveAttribute('lang', 'ka')
  const language = page.getByLabel('Language of the texts (locale)')
  await language.selectOption('en')
  await expect(list.getByRole('row', { name: /Car loan/ })).toBeVisible()
  for (const text of ['Page 1: 10 products, there are more', 'Page 2: 3 products, the last page']) {
    await page.getByRole('button', { name: 'Next page' }).click()
    await expect(page.getByRole('status').filter({ hasText: text })).toBeVisible()
  }
  await expect(page.getByRole('button', { name: 'Next page' })).toBeDisabled()
  const detail = page.getByRole('region', { name: 'Product', exact: true })
  await page.getByLabel('List of products').selectOption('Deposits')
  await list.getByRole('row', { name: /Term deposit, lari/ }).click()
  await expect(detail.getByRole('img')).toHaveAccessibleName(
    /^Chart of 4 tiers, from 9.6 % for 90–179 days to 10.8 % for 540–750 days/,
  )
  const tiers = detail.getByRole('table', { name: 'Interest the customer gets' })
  await expect(tiers.getByRole('row', { name: /^540–750 days 10.8 %/ })).toBeVisible()
  // The same product, told in the other language.
  await language.selectOption('ge')
  await expect(detail.getByRole('heading', { name: 'ვადიანი ანაბარი, ლარი' })).toBeVisible()
  await page.getByLabel('List of products').selectOption('Personal loans')
  await page.getByRole('grid', { name: 'Personal loans' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(detail.getByRole('table', { name: 'Interest the customer pays' })).toContainText('14.9 %')
  await expect(page.getByText(/without a call to list them: business loans/)).toBeVisible()
  await expect
    .poll(async () => JSON.stringify(await engine.api.workspace.recallWindow()))
    .toContain('"list":"bog-products-personal-loans"')
  await page.reload()
  await page.getByRole('button', { name: 'Read products' }).click()
  await asRequest(page, 'bog-products-personal-loans')
  await fillParameter(page, 'page-size', '0')
  await send(page, /400/)
})

test('BOG-W1 a read without X-Request-ID', async ({ engine }) => {
  await readAccounts(page, engine.api)
  await asRequest(page, 'bog-accounts-list')
  await openDepartures(page)
  await departures().getByRole('combobox', { name: 'Header to leave out' }).fill('X-Request-ID')
  await departures().getByRole('button', { name: 'Leave out' }).click()
  await send(page, /400/)
  await explainedInRequests('bog-ais-400-format-error')
})

test('BOG-W2 a payment product of the framework, which the bank has not', async ({ engine }) => {
  await fillPaymentForm(page, engine.api)
  await payment().getByLabel('Payment product', { exact: true }).selectOption('Another value …')
  await payment().getByLabel('Payment product', { exact: true }).fill('sepa-credit-transfers')
  await createPaymentAnyway()
  await explained('bog-payment-initiate', 404, 'bog-pis-404-product-unknown')
})

test('BOG-W3 data for an authorisation that is over', async ({ engine }) => {
  const id = await givenConsent(engine.api)
  await at(page, engine.api, 'Access')
  await page
    .getByRole('table', { name: 'Consents and payments' })
    .getByRole('row', { name: new RegExp(id) })
    .click()
  const detail = page.getByRole('region', { name: /^The consent / })
  await detail.getByRole('button', { name: /^Follow authorisation/ }).click()
  await expect(detail.getByRole('list', { name: 'Authorisations of it' })).toContainText('Finalised · final')
  await detail.getByRole('button', { name: /^Customer data all the same/ }).click()
  await page.getByRole('button', { name: 'Send the customer’s data' }).click()
  await explained('bog-consent-authorisation-update', 409, 'bog-ais-409-status-invalid')
})

test('BOG-W4 an executed payment is to be cancelled', async ({ engine }) => {
  const { api } = engine
  const id = await givenPayment(api)
  await clockOf(api, 400)
  await openPayment(page, api, id)
  await chosen().getByRole('button', { name: 'Follow the status' }).click()
  await expect(timeline(page)).toContainText('ACSC')
  await chosen().getByRole('button', { name: 'Delete or cancel all the same …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await explained('bog-payment-cancel', 405, 'bog-pis-405-cancellation-invalid')
  await clockOf(api, 0)
})

test('BOG-W5 transactions as a table of commas', async ({ engine }) => {
  await readAccounts(page, engine.api)
  await accounts().getByRole('button', { name: /GE44/ }).click()
  await asRequest(page, 'bog-account-transactions')
  await part(page, /^Headers/)
  await page.getByRole('button', { name: 'Add header' }).click()
  await page.getByLabel('Name of header 1').fill('Accept')
  await page.getByLabel('Value of header 1').fill('text/csv')
  await send(page, /406/)
  await explainedInRequests('bog-ais-406-requested-formats-invalid')
})

test('BOG-W6 a byte of the body is changed after signing', async ({ engine }) => {
  await fillPaymentForm(page, engine.api)
  await payment().getByRole('button', { name: 'Create the payment' }).click()
  await expect(chosen()).toContainText('RCVD')
  await go(page, 'History')
  await page
    .getByRole('row', { name: /bog-payment-initiate/ })
    .first()
    .click()
  await side(page, 'Signature')
  await page.getByRole('button', { name: 'Take it apart in Signature' }).click()
  await page.getByText('Try changes on it').click()
  await page.getByRole('checkbox', { name: 'One blank more behind the body' }).check()
  await page.getByRole('button', { name: 'Send it so' }).click()
  await explained('bog-payment-initiate', 401, 'bog-pis-401-signature-invalid')
})

test('BOG-W7 a payment with a certificate for accounts only', async ({ engine }) => {
  await fillPaymentForm(page, engine.api, 'reader')
  await createPaymentAnyway()
  await explained('bog-payment-initiate', 401, 'bog-pis-401-role-invalid')
})

async function openBalancesOnly(api: Api): Promise<void> {
  await readAccounts(page, api)
  await accounts()
    .getByRole('button', { name: /no transactions/ })
    .click()
}

test('BOG-S3 the transactions button is missing: the answer has no link to them', async ({ engine }) => {
  await openBalancesOnly(engine.api)
  await expect(page.getByRole('note')).toContainText('has no link to the transactions of this account')
  await go(page, 'History')
  await page
    .getByRole('row', { name: /bog-accounts-list/ })
    .first()
    .click()
  await side(page, 'Body')
  const body = await page.getByRole('region', { name: 'Body of the answer' }).innerText()
  const answer = JSON.parse(body) as { accounts: { iban: string; _links: object }[] }
  const links = Object.fromEntries(answer.accounts.map(({ iban, _links }) => [iban, Object.keys(_links)]))
  expect(links[covered]).toContain('transactions')
  expect(links[balancesOnly]).toEqual(['balances'])
})

test('BOG-W8 an account the consent does not list for transactions is asked for them', async ({ engine }) => {
  await openBalancesOnly(engine.api)
  await page.getByRole('button', { name: 'Ask for the transactions all the same' }).click()
  await page.getByRole('button', { name: 'Read transactions', exact: true }).click()
  await explained('bog-account-transactions', 401, 'bog-ais-401-consent-invalid')
})

test('BOG-S1 reads stop at the fifth: the customer was not there', async ({ engine }) => {
  await givenConsent(engine.api)
  await at(page, engine.api, 'Accounts')
  await page.getByRole('checkbox', { name: 'Customer is present' }).uncheck()
  for (const left of [3, 2, 1, 0]) {
    await readButton().click()
    await expect(page.getByText(`${left} of 4 calls without the customer left today`)).toBeVisible()
  }
  await readButton().click()
  await explained('bog-accounts-list', 429, 'bog-ais-429-access-exceeded')
})

test('BOG-S2 an older consent has expired: the customer authorised a newer one', async ({ engine }) => {
  const older = await givenConsent(engine.api)
  await givenConsent(engine.api)
  await at(page, engine.api, 'Accounts')
  const grant = page.getByRole('combobox', { name: 'Grant' })
  await grant.selectOption({
    label: (await grant.getByRole('option', { name: new RegExp(older) }).textContent()) ?? '',
  })
  await readButton().click()
  await explained('bog-accounts-list', 401, 'bog-ais-401-consent-expired')
  await expect(exchange(page, 'bog-accounts-list')).toContainText('A newer recurring consent of the same customer')
})

test('BOG-S4 the status link of the sample lacks the product; the link of the answer has it', async ({ engine }) => {
  const id = await givenPayment(engine.api)
  await openPayment(page, engine.api, id)
  await chosen().getByRole('button', { name: 'Read it at the bank' }).click()
  await asRequest(page, 'bog-payment-get')
  await openDepartures(page)
  await departures().getByRole('button', { name: 'Change path' }).click()
  await departures().getByLabel('Path to send').fill(`/v1/payments/${id}/status`)
  await send(page, /404/)
  await explainedInRequests('bog-pis-404-product-unknown')
  await departures().getByLabel('Path to send').fill(`/v1/payments/domestic/${id}/status`)
  await send(page, /200/)
})
