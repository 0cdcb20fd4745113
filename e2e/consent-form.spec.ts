/** Consents asked for by form: access per account, the customer at the bank's page, several signers, what the bank changed, the end. */
import type { Page } from '@playwright/test'
import type { Api, Engine } from './engine.ts'
import { examine } from './examine.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const private1 = 'GE44BG9000000000000001'
const company = 'GE76BG9000000000000007'
const signer = 'tamar.lomidze'

const form = (page: Page) => page.getByRole('form', { name: 'Ask for the consent' })
const detail = (page: Page) => page.getByRole('region', { name: /^The consent / })
const table = (page: Page) => page.getByRole('table', { name: 'Consents and payments' })
const exchange = (page: Page, operation: string) => page.getByRole('region', { name: `Exchange ${operation}` })
const authorisations = (page: Page) => detail(page).getByRole('list', { name: 'Authorisations of it' })

async function openForm(page: Page, bank: string): Promise<void> {
  await chooseBank(page, bank, 'sandbox')
  await go(page, 'Access')
  await page.getByRole('button', { name: 'New consent' }).click()
  await expect(form(page)).toBeVisible()
}

async function addAccount(page: Page, iban: string): Promise<void> {
  await form(page).getByLabel('IBAN of another account').fill(iban)
  await page.keyboard.press('Enter')
  await expect(form(page).getByRole('checkbox', { name: `Balances of ${iban}` })).toBeChecked()
}

/** The customer's page, opened by what is pressed in the window. */
async function pageOf(page: Page, press: () => Promise<unknown>): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await press()
  return opened
}

async function agree(customersPage: Page): Promise<void> {
  await customersPage.getByRole('button', { name: 'SMS code' }).click()
  await expect(customersPage.getByRole('button', { name: 'SMS code' })).toHaveCount(0)
  await customersPage.close()
}

test('BOG-J1 a consent per account: asked for, authorised, what the bank adjusted, deleted', async ({
  window: page,
}) => {
  await openForm(page, 'bank-of-georgia')
  await form(page).getByRole('button', { name: 'Ask for the consent' }).click()
  await expect(form(page)).toContainText('It was not sent')
  await addAccount(page, private1)
  await form(page)
    .getByRole('checkbox', { name: `Transactions of ${private1}` })
    .uncheck()
  await form(page).getByLabel('Valid until').fill('9999-12-31')
  await expect(form(page).getByLabel('PSU-IP-Address')).toHaveValue('192.0.2.7')
  await examine(page, 'the form of a consent')
  await page.reload()
  await expect(form(page).getByRole('checkbox', { name: `Balances of ${private1}` })).toBeChecked()
  await form(page).getByRole('button', { name: 'Ask for the consent' }).click()
  await expect(exchange(page, 'bog-consent-create')).toContainText('201 Created')
  await expect(table(page).getByRole('row', { name: /Received/ })).toBeVisible()
  await expect(authorisations(page).getByRole('listitem').first()).toContainText(/Received|not known yet/)
  await page.getByRole('button', { name: 'Close the form' }).click()
  await agree(
    await pageOf(page, () => detail(page).getByRole('button', { name: 'Authorise', exact: true }).first().click()),
  )
  await page.getByRole('button', { name: 'Follow its status' }).click()
  await expect(detail(page).getByRole('status').filter({ hasText: 'It can be used now' })).toBeVisible()
  await detail(page).getByRole('button', { name: 'Ask the bank for the list' }).click()
  await expect(exchange(page, 'bog-consent-authorisation-list')).toContainText('200 OK')
  await detail(page)
    .getByRole('button', { name: /^Follow authorisation/ })
    .click()
  await expect(authorisations(page)).toContainText('Finalised · final')
  await detail(page).getByRole('button', { name: 'Read it at the bank' }).click()
  await expect(exchange(page, 'bog-consent-get')).toContainText('200 OK')
  const given = detail(page).getByRole('table', { name: 'Asked for and given' })
  await expect(given.getByRole('row', { name: /Valid until/ })).toContainText(/9999-12-31.*≠ adjusted/)
  await expect(given.getByRole('row', { name: /Access/ })).toContainText('as asked')
  await given.scrollIntoViewIfNeeded()
  await examine(page, 'a consent the bank adjusted')
  await detail(page).getByRole('button', { name: 'Delete at the bank …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(detail(page).getByRole('status').filter({ hasText: 'Ended by the TPP' })).toContainText(
    'from the TPP’s side',
  )
  await go(page, 'Accounts')
  await page.getByRole('button', { name: 'Read accounts' }).click()
  await expect(exchange(page, 'bog-accounts-list')).toContainText('401')
  await expect(
    exchange(page, 'bog-accounts-list').getByRole('button', { name: 'Error row bog-ais-401-consent-invalid' }),
  ).toBeVisible()
})

/** The customer's address as the newest call of an operation had it. */
async function addressOf({ api }: Engine, operation: string): Promise<string | undefined> {
  const [newest] = await api.history.list({ bank: 'bank-of-georgia', operation, limit: 1 })
  const { request } = await api.history.show({ id: newest!.id })
  return request.headers.find(([name]) => name === 'PSU-IP-Address')?.[1]
}

/** @returns the bank's id of a consent its customer gave */
async function valid(api: Api): Promise<string> {
  const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)
  const rights = [{ iban: private1 }]
  const asked = { access: { accounts: rights, balances: rights, transactions: rights }, validUntil: day }
  await api.requests.send({
    bank: 'bank-of-georgia',
    operation: 'bog-consent-create',
    parameters: { 'PSU-IP-Address': '192.0.2.7', 'PSU-ID': 'nino.beridze', 'TPP-Redirect-Preferred': 'true' },
    body: JSON.stringify({
      ...asked,
      recurringIndicator: true,
      frequencyPerDay: 4,
      combinedServiceIndicator: false,
    }),
  })
  const [consent] = await api.access.consents({ bank: 'bank-of-georgia' })
  for await (const _event of await api.access.authoriseConsent({ consent: consent!.id, psu: 'Nino Beridze' })) {
    // The last event comes when the grant is stored.
  }
  return consent!.resource
}

test('BOG-J1 the customer is present or not: one switch for every call about the consent, counted only where the bank counts', async ({
  window: page,
  engine,
}) => {
  const consent = await valid(engine.api)
  const used = async () => {
    const grants = await engine.api.access.list()
    return grants.find(({ scope }) => scope.endsWith(consent))?.unattended?.used
  }
  await chooseBank(page, 'bank-of-georgia', 'sandbox')
  await go(page, 'Access')
  await table(page)
    .getByRole('row', { name: /consent/ })
    .first()
    .click()
  const present = page.getByRole('checkbox', { name: 'Customer is present' })
  const address = page.getByRole('textbox', { name: 'Address of the customer (PSU-IP-Address)' })
  await expect(present).toBeChecked()
  await address.fill('192.0.2.99')
  await detail(page).getByRole('button', { name: 'Follow', exact: true }).first().click()
  await expect(detail(page).getByRole('status').filter({ hasText: 'It can be used now' })).toBeVisible()
  expect(await addressOf(engine, 'bog-consent-status')).toBe('192.0.2.99')
  // The same customer in Accounts.
  await go(page, 'Accounts')
  await expect(address).toHaveValue('192.0.2.99')
  await present.uncheck()
  await page.getByRole('button', { name: 'Read accounts' }).click()
  await expect(exchange(page, 'bog-accounts-list')).toContainText('200 OK')
  expect(await addressOf(engine, 'bog-accounts-list')).toBeUndefined()
  await expect.poll(used).toBe(1)
  await page.reload()
  await go(page, 'Access')
  await expect(present).not.toBeChecked()
  await expect(detail(page)).toContainText('PSU-IP-Address is not sent')
  await detail(page).getByRole('button', { name: 'Read it at the bank' }).click()
  await expect(exchange(page, 'bog-consent-get')).toContainText('200 OK')
  expect(await addressOf(engine, 'bog-consent-get')).toBeUndefined()
  // Asked about the consent without its customer: nothing the bank counts.
  expect(await used()).toBe(1)
  await present.check()
  await detail(page).getByRole('button', { name: 'Delete at the bank …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(detail(page)).toContainText('Ended by the TPP')
  expect(await addressOf(engine, 'bog-consent-delete')).toBe('192.0.2.7')
})

test('BOG-J5 several signers: one is started, told who it is, and its statuses stand in their order', async ({
  window: page,
}) => {
  await openForm(page, 'bank-of-georgia')
  await form(page).getByRole('button', { name: 'Empty the form' }).click()
  await addAccount(page, company)
  await form(page).getByLabel('Recurring indicator').selectOption('true')
  await form(page).getByLabel('Valid until').fill('2099-01-01')
  await form(page).getByLabel('Frequency per day').fill('4')
  await form(page).getByLabel('Combined service indicator').selectOption('false')
  await form(page).getByRole('button', { name: 'Ask for the consent' }).click()
  await expect(exchange(page, 'bog-consent-create')).toContainText('201 Created')
  await page.getByRole('button', { name: 'Close the form' }).click()
  await expect(detail(page)).toContainText('start one for every person who has to sign')
  await detail(page).getByRole('button', { name: 'Start a signer’s authorisation …' }).click()
  await page.getByRole('button', { name: 'Start this signer’s authorisation' }).click()
  await expect(exchange(page, 'bog-consent-authorisation-start')).toContainText('201 Created')
  await page.getByRole('button', { name: 'Close the form' }).click()
  await authorisations(page)
    .getByRole('button', { name: /^Customer data … for/ })
    .click()
  const named = page.getByLabel('PSU-ID (optional)', { exact: true })
  // The sandbox's own customers are offered, whoever else can be typed.
  expect(
    await named.evaluate((input: HTMLInputElement) => [...(input.list?.options ?? [])].map(({ value }) => value)),
  ).toContain(signer)
  await named.fill(signer)
  await examine(page, 'data of a signer')
  await page.getByRole('button', { name: 'Send the customer’s data' }).click()
  await expect(exchange(page, 'bog-consent-authorisation-update')).toContainText('200 OK')
  await authorisations(page)
    .getByRole('button', { name: /^Follow authorisation/ })
    .click()
  await expect(authorisations(page)).toContainText('Customer identified')
  const told = authorisations(page)
    .getByRole('list', { name: /^What was told of/ })
    .getByRole('listitem')
  await expect(told.first()).toContainText('Received')
  await expect(told.last()).toContainText('Customer identified')
})
