/** ICA Banken's workshops, walked by somebody who knows the views and no wire: each ends with the row that explains it. */
import type { Page } from '@playwright/test'
import { bank, giveGrant } from './engine.ts'
import { be, explainedBy, fillBasket, fillForm, newcomer, openInList, pay } from './ica-desk.ts'
import { exchange, field } from './payment-view.ts'
import { openTab } from './sandbox-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

const main = (page: Page) => page.getByRole('main')

test('ICA-W1 registered without a certificate, with an empty list of callbacks, and twice', async ({
  window: page,
  engine,
}) => {
  await newcomer(engine.api, 'newcomer')
  await go(page, 'Registration')
  await be(page, 'newcomer')
  const register = page.getByRole('button', { name: 'Register with ICA Banken' })
  await page.getByText('Wrong on purpose').click()
  const nobody = page.getByRole('checkbox', { name: 'Without the client certificate' })
  const empty = page.getByRole('checkbox', { name: 'With an empty list of callbacks' })
  await nobody.check()
  await expect(page.getByText('It goes out without the client certificate.')).toBeVisible()
  await register.click()
  await explainedBy(main(page), 'ica-registration-certificate-missing')
  await nobody.uncheck()
  await empty.check()
  await register.click()
  await explainedBy(main(page), 'ica-registration-callback-list-empty')
  await empty.uncheck()
  await register.click()
  await expect(page.getByRole('status').filter({ hasText: /^PSD\S+ is registered/ })).toBeVisible()
  await register.click()
  await expect(page.getByRole('status').filter({ hasText: 'Registered already' })).toBeVisible()
  await explainedBy(main(page), 'ica-registration-already-registered')
})

test('ICA-W2 a code that is brought back after 31 seconds: invalid_grant, and why', async ({
  window: page,
  engine,
}) => {
  await newcomer(engine.api, 'slow')
  const callback = 'https://tpp.example/callback'
  await engine.api.access.register({ bank, identity: 'slow', callbackUris: [callback] })
  await page.context().route(`${callback}**`, (route) => route.fulfill({ body: 'The TPP’s own page' }))
  await be(page, 'slow')
  await go(page, 'Access')
  const opened = page.context().waitForEvent('page')
  await page.getByRole('button', { name: 'Authorise the customer' }).click()
  const customersPage = await opened
  await customersPage.getByRole('button', { name: 'Mobile BankID' }).click()
  await customersPage.waitForURL(`${callback}**`)
  const address = customersPage.url()
  await customersPage.close()
  await openTab(page, 'Clock')
  await page.getByRole('button', { name: '31 seconds on' }).click()
  await expect(page.getByText('clock +31 s')).toBeVisible()
  await go(page, 'Access')
  await page.getByLabel('Paste the URL the browser ended at').fill(address)
  await page.getByRole('button', { name: 'Use it' }).click()
  const refused = page.getByRole('alert').filter({ hasText: 'No grant came' })
  await expect(refused).toContainText('invalid_grant')
  await refused.getByRole('button', { name: 'Open the answer' }).click()
  await expect(page.getByRole('heading', { name: 'The bank does not take this code' })).toBeVisible()
  await expect(main(page)).toContainText('The code was too old')
  await expect(main(page)).toContainText('is no word of the bank’s table but one of RFC 6749')
})

test('ICA-W3 a payment with the token of another scope', async ({ window: page }) => {
  await be(page, 'acme')
  const form = await fillForm(page, 'Payments')
  await main(page)
    .getByLabel('Grant')
    .selectOption({ label: await otherScope(page) })
  await expect(form).toContainText('The token has scope account; this call needs payment.')
  await form.getByRole('button', { name: 'Create the payment' }).click()
  await explainedBy(exchange(page, 'ica-payment-create'), 'ica-general-consent-invalid')
  await main(page).getByLabel('Grant').selectOption({ label: 'Without a token' })
  await form.getByRole('button', { name: 'Create the payment' }).click()
  await form.getByRole('button', { name: 'Send it all the same' }).click()
  await explainedBy(exchange(page, 'ica-payment-create'), 'ica-general-not-authenticated')
})

/** The choice that begins with the scope of accounts. */
const otherScope = async (page: Page): Promise<string> =>
  (await main(page)
    .getByLabel('Grant')
    .getByRole('option', { name: /^Scope account/ })
    .first()
    .textContent()) ?? ''

test('ICA-W4 a weekly mandate, and one that pays to a Bankgiro', async ({ window: page }) => {
  await be(page, 'acme')
  const form = await fillForm(page, 'Recurring')
  const create = form.getByRole('button', { name: 'Create the mandate' })
  const frequency = field(form, 'Frequency')
  await frequency.selectOption('Another value …')
  await expect(frequency).toBeFocused()
  await page.keyboard.insertText('Weekly')
  await create.click()
  await form.getByRole('button', { name: 'Send it all the same' }).click()
  await explainedBy(exchange(page, 'ica-periodic-payment-create'), 'ica-payments-frequency-not-monthly')
  await form.getByRole('button', { name: 'Choose from the list: Frequency' }).click()
  await frequency.selectOption('Monthly')
  await form.getByLabel('Payment product').selectOption('Another value …')
  await page.keyboard.insertText('bankgiro')
  await create.click()
  await form.getByRole('button', { name: 'Send it all the same' }).click()
  await explainedBy(exchange(page, 'ica-periodic-payment-create'), 'ica-payments-resource-not-valid')
})

test('ICA-W5 the token of one basket signs another; a basket of a payment nobody knows', async ({
  window: page,
  engine,
}) => {
  const first = await fillBasket(engine.api, [await pay(engine.api)])
  const second = await fillBasket(engine.api, [await pay(engine.api)])
  await giveGrant(engine.api, `basket:${first}`, 'acme')
  await be(page, 'acme')
  await openInList(page, 'Baskets', second)
  await page.getByText('Sign it with another token').click()
  const token = main(page).getByLabel('Grant')
  const wrong = token.getByRole('option', { name: `Scope basket:${first}` })
  await token.selectOption({ label: (await wrong.textContent()) ?? '' })
  await page.getByRole('button', { name: 'Sign the basket' }).click()
  await explainedBy(exchange(page, 'ica-signing-basket-sign'), 'ica-general-consent-invalid')
  await page.getByRole('button', { name: 'New basket' }).click()
  await page.getByText('Ids that do not stand in the list').click()
  await page.getByLabel('Ids at the bank').fill(crypto.randomUUID())
  await page.getByRole('button', { name: 'Create the basket with 1' }).click()
  await explainedBy(exchange(page, 'ica-signing-basket-create'), 'ica-payments-basket-not-created')
})

test('ICA-W6 a page of 1001 entries', async ({ window: page }) => {
  await be(page, 'acme')
  await go(page, 'Accounts')
  await page.getByRole('button', { name: 'Read accounts', exact: true }).click()
  await page
    .getByRole('list', { name: 'Accounts', exact: true })
    .getByRole('button', { name: /Lönekonto/ })
    .click()
  await page.getByLabel('How the list comes').selectOption('In pages')
  await page.getByLabel('Entries on a page (PageSize)').fill('1001')
  await page
    .getByRole('region', { name: 'Transactions of the account' })
    .getByRole('button', { name: 'Read again', exact: true })
    .click()
  await page.getByRole('button', { name: 'Send it all the same' }).click()
  const refused = exchange(page, 'ica-account-transactions-paginated')
  await expect(refused).toContainText('PageSize=1001')
  await explainedBy(refused, 'ica-accounts-underlying-service-invalid')
})

test('ICA-W7 the payment system is down: the status says it, the code does not', async ({ window: page }) => {
  await be(page, 'acme')
  await openTab(page, 'Faults')
  const down = page.getByRole('switch', { name: 'payment-system-down' })
  await down.check()
  await expect(down).toBeChecked()
  const form = await fillForm(page, 'Payments')
  await form.getByRole('button', { name: 'Create the payment' }).click()
  const refused = exchange(page, 'ica-payment-create')
  await expect(refused.getByRole('status').first()).toContainText(/500.*FORMAT_ERROR/)
  await explainedBy(refused, 'ica-payments-underlying-500')
  await openTab(page, 'Faults')
  await down.uncheck()
  await expect(down).not.toBeChecked()
})

test('ICA-W8 91 days later the consent is over', async ({ window: page, engine }) => {
  await newcomer(engine.api, 'later')
  await engine.api.access.register({ bank, identity: 'later' })
  await giveGrant(engine.api, 'account', 'later')
  await be(page, 'later')
  await openTab(page, 'Clock')
  await page.getByRole('button', { name: '91 days on' }).click()
  await expect(page.getByText('clock +91 d')).toBeVisible()
  await go(page, 'Accounts')
  await page.getByRole('button', { name: 'Read accounts', exact: true }).click()
  await explainedBy(exchange(page, 'ica-accounts-list'), 'ica-general-consent-expired')
})
