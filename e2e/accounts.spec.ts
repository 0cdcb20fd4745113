/** Accounts: what customers let a TPP see, read from the bank and looked at as accounts; and whether funds are available. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { examine } from './examine.ts'
import { chooseBank } from './requests-view.ts'
import { openStandInBank } from './stand-in-bank.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

const list = (page: Page) => page.getByRole('list', { name: 'Accounts', exact: true })
const table = (page: Page) => page.getByRole('grid', { name: 'Transactions' })
const rows = (page: Page) => table(page).getByRole('row')
const line = (page: Page, operation: string) => page.getByRole('region', { name: `Exchange ${operation}`, exact: true })
const detail = (page: Page) => page.getByRole('region', { name: 'Transaction', exact: true })
const present = (page: Page) => page.getByRole('checkbox', { name: 'Customer is present' })
const bodyOf = (page: Page) => page.getByRole('region', { name: 'Transactions of the account' })

async function readAccounts(page: Page, button = 'Read accounts'): Promise<void> {
  await go(page, 'Accounts')
  await page.getByRole('button', { name: button, exact: true }).click()
}

test('ICA-J2 accounts, balances, transactions with and without dates, page by page, and one of them', async ({
  window: page,
}) => {
  await readAccounts(page)
  await expect(line(page, 'ica-accounts-list')).toContainText('200 OK')
  await expect(list(page).getByRole('button')).toHaveCount(2)
  await list(page)
    .getByRole('button', { name: /Lönekonto/ })
    .click()
  await expect(page.getByRole('list', { name: 'Balances' })).toContainText('Interim available')
  await expect(
    bodyOf(page)
      .getByRole('status')
      .filter({ hasText: /^All \d+ entries are here/ }),
  ).toBeVisible()
  // Without dates: what the bank takes for the last thirty days.
  await expect(line(page, 'ica-account-transactions')).not.toContainText('dateFrom')
  await page.getByRole('button', { name: 'Read all of it', exact: true }).click()
  await expect(line(page, 'ica-account-details')).toContainText('200 OK')

  const yearAgo = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('First day asked for (dateFrom)').fill(yearAgo)
  await bodyOf(page).getByRole('button', { name: 'Read again', exact: true }).click()
  await expect(line(page, 'ica-account-transactions')).toContainText(`dateFrom=${yearAgo}`)
  await page.getByLabel('How the list comes').selectOption('In pages')
  await bodyOf(page).getByRole('button', { name: 'Read again', exact: true }).click()
  await expect(line(page, 'ica-account-transactions-paginated')).toContainText('PageSize=100')
  await expect(
    bodyOf(page).getByRole('status').filter({ hasText: '1 page, 100 entries; there are more' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Load all', exact: true }).click()
  await expect(
    bodyOf(page)
      .getByRole('status')
      .filter({ hasText: /^All \d+ entries are here/ }),
  ).toBeVisible()
  expect(Number(await table(page).getAttribute('aria-rowcount'))).toBeGreaterThan(150)

  await table(page).getByRole('button', { name: 'Amount' }).click()
  await expect(table(page).getByRole('columnheader', { name: 'Amount' })).toHaveAttribute('aria-sort', 'descending')
  await rows(page).nth(1).click()
  await expect(detail(page).getByRole('region', { name: 'Transaction as JSON' })).toContainText('"transactionId"')
  await detail(page).getByRole('button', { name: 'Read it alone' }).click()
  await expect(line(page, 'ica-account-transaction-details')).toContainText('200 OK')
  await expect(detail(page)).toContainText('bankTransactionCode')
  await examine(page, 'one transaction')
  await detail(page).getByRole('button', { name: 'Open exchange', exact: true }).first().click()
  await expect(page.getByRole('main', { name: 'History' })).toContainText('transactions-paginated')
})

test('what is found is narrowed down by words, list, day and amount, added up, and saved safely', async ({
  window: page,
}) => {
  await go(page, 'Accounts')
  await readAccounts(page)
  await list(page)
    .getByRole('button', { name: /Lönekonto/ })
    .click()
  await expect(rows(page).nth(1)).toBeVisible()
  const all = Number(await table(page).getAttribute('aria-rowcount')) - 1
  await page.getByRole('searchbox', { name: 'Search transactions' }).fill('lön')
  await expect(table(page)).not.toHaveAttribute('aria-rowcount', String(all + 1))
  await expect(page.getByRole('list', { name: 'Totals' })).toContainText('SEK')
  await page.getByRole('button', { name: 'Show all', exact: true }).click()
  await page.getByLabel('Booked or pending').selectOption('pending')
  await expect(rows(page).nth(1)).toContainText('pending')
  await page.getByLabel('Least amount').fill('99999')
  await expect(page.getByText(/None of the \d+ entries that are here fits/)).toBeVisible()
  await page.getByRole('button', { name: 'Show all', exact: true }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: `Export ${all} as CSV` }).click()
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/^transactions-SE\d+-\d{4}-\d{2}-\d{2}\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  expect(text.split('\r\n')).toHaveLength(all + 2)
  expect(text.startsWith('\uFEFFList,Booking date')).toBe(true)
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText(`${all} transactions were saved`)
})

test('ICA-J3 the token is refreshed; four reads a day without the customer, the fifth is explained', async ({
  window: page,
  engine,
}) => {
  const { response } = await engine.api.requests.send({
    bank: 'ica-banken',
    operation: 'ica-accounts-list',
    parameters: { 'PSU-IP-Address': '192.0.2.7' },
  })
  expect(response?.status).toBe(200)
  await go(page, 'Accounts')
  await page.getByRole('button', { name: 'Refresh token', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('The token was refreshed')
  await present(page).uncheck()
  await expect(page.getByText('4 of 4 calls without the customer left today')).toBeVisible()
  const read = page.getByRole('button', { name: /^Read (accounts|again)$/ })
  for (const left of [3, 2, 1, 0]) {
    await read.click()
    await expect(page.getByText(`${left} of 4 calls without the customer left today`)).toBeVisible()
    await expect(line(page, 'ica-accounts-list')).toContainText('200 OK')
  }
  await read.click()
  await expect(line(page, 'ica-accounts-list')).toContainText('429')
  await expect(line(page, 'ica-accounts-list')).toContainText(/without the customer|unattended/i)
  // What was read before stays.
  await expect(list(page).getByRole('button')).toHaveCount(2)
  await examine(page, 'fifth call')
  await present(page).check()
  await read.click()
  await expect(line(page, 'ica-accounts-list')).toContainText('200 OK')
})

test('ICA-J7 funds are confirmed in the local sandbox, marked as simulated; in production the reason stands instead', async ({
  window: page,
}) => {
  await go(page, 'Funds')
  await expect(page.getByText('Simulated in the local sandbox.')).toBeVisible()
  const form = page.getByRole('form', { name: 'Ask for the funds' })
  await form.getByRole('button', { name: 'Fill with example' }).click()
  await form.getByLabel(/iban/i).first().fill('SE6792700000092710000016')
  await form.getByRole('button', { name: 'Ask for the funds', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Yes, the funds are available' })).toContainText('250.00 SEK')
  await expect(page.getByText('Simulated: the bank does not offer this call.')).toBeVisible()
  await examine(page, 'funds')
  await chooseBank(page, 'ica-banken', 'production')
  await expect(page.getByText('The bank does not offer this here')).toBeVisible()
  await expect(page.getByRole('form')).toHaveCount(0)
})

async function giveConsent(api: Api): Promise<void> {
  const { response } = await api.requests.send({
    bank: 'bank-of-georgia',
    operation: 'bog-consent-create',
    parameters: {
      'PSU-IP-Address': '192.0.2.7',
      'TPP-Redirect-URI': (await api.access.returnAddress({ bank: 'bank-of-georgia' })).uri,
    },
    body: JSON.stringify({
      access: {
        balances: [{ iban: 'GE44BG9000000000000001' }, { iban: 'GE17BG9000000000000002' }],
        transactions: [{ iban: 'GE44BG9000000000000001' }],
      },
      recurringIndicator: true,
      validUntil: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
      frequencyPerDay: 4,
      combinedServiceIndicator: false,
    }),
  })
  expect(response?.status).toBe(201)
  const [consent] = await api.access.consents({ bank: 'bank-of-georgia' })
  for await (const _event of await api.access.authoriseConsent({ consent: consent!.id, psu: 'Nino Beridze' })) {
    // The last event comes when the grant is stored.
  }
}

test('BOG-J1 with a consent: accounts, balances, transactions by their links; what it does not cover is said; deleted, reads are refused', async ({
  window: page,
  engine,
}) => {
  await chooseBank(page, 'bank-of-georgia', 'sandbox')
  await go(page, 'Accounts')
  await expect(page.getByText('No customer has given access yet')).toBeVisible()
  await giveConsent(engine.api)
  await readAccounts(page)
  await expect(line(page, 'bog-accounts-list')).toContainText('200 OK')
  await list(page)
    .getByRole('button', { name: /no transactions/ })
    .click()
  await expect(page.getByRole('note')).toContainText('the consent does not cover them')
  await expect(page.getByRole('list', { name: 'Balances' })).toContainText('USD')
  await list(page).getByRole('button', { name: /GE44/ }).click()
  await expect(line(page, 'bog-account-transactions')).toContainText('bookingStatus=both')
  const from = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('First day asked for (dateFrom)').fill(from)
  await bodyOf(page).getByRole('button', { name: 'Read again', exact: true }).click()
  await expect(bodyOf(page).getByRole('status').filter({ hasText: '1 page, 50 entries; there are more' })).toBeVisible()
  await page.getByRole('button', { name: 'Next page', exact: true }).click()
  await expect(line(page, 'bog-account-transactions')).toContainText('page=1')
  await expect(bodyOf(page).getByRole('status').filter({ hasText: '2 pages, 100 entries' })).toBeVisible()
  await page.getByRole('button', { name: 'Load all', exact: true }).click()
  await expect(
    bodyOf(page)
      .getByRole('status')
      .filter({ hasText: /^All \d+ entries are here/ }),
  ).toBeVisible()
  await rows(page).nth(1).click()
  await detail(page).getByRole('button', { name: 'Read it alone' }).click()
  await expect(line(page, 'bog-account-transaction-details')).toContainText('200 OK')
  await examine(page, 'with a consent')
  const [consent] = await engine.api.access.consents({ bank: 'bank-of-georgia' })
  await engine.api.access.deleteConsent({ consent: consent!.id })
  await page.getByRole('button', { name: 'Read again', exact: true }).first().click()
  await expect(line(page, 'bog-accounts-list')).toContainText('401')
  await expect(line(page, 'bog-accounts-list')).toContainText('CONSENT_INVALID')
})

const many = 100_000
const shops = ['Exempelbutiken', 'Ägget & Co', 'Ölands Café', 'Åkeri AB']
const big = JSON.stringify({
  account: { iban: 'SE6792700000092710000016' },
  transactions: {
    booked: Array.from({ length: many }, (_, at) => ({
      transactionId: `T-${at}`,
      bookingDate: new Date(Date.UTC(2026, 0, 1) + (at % 300) * 86_400_000).toISOString().slice(0, 10),
      transactionAmount: {
        currency: 'SEK',
        amount: (((at % 2 === 0 ? -1 : 1) * ((at * 7919) % many)) / 100).toFixed(2),
      },
      creditorName: shops[at % shops.length],
      remittanceInformationUnstructured: at === 4711 ? '=HYPERLINK("https://evil.example")' : `Kvitto ${at}`,
    })),
    pending: [],
  },
})

test('a hundred thousand transactions in one answer are sorted, found and saved, and no cell is a formula', async ({
  window: page,
  workbench,
}) => {
  // Twenty megabytes are kept, redacted and handed over part by part: on a busy machine that takes its time.
  test.slow()
  await readAccounts(page)
  await present(page).uncheck()
  await list(page)
    .getByRole('button', { name: /Sparkonto/ })
    .click()
  await expect(page.getByText('Nothing was read yet')).toBeVisible()
  await present(page).check()
  await page.getByLabel('How the list comes').selectOption('In one answer')
  const standIn = await openStandInBank(workbench.home)
  standIn.answerWith({ body: big })
  await bodyOf(page)
    .getByRole('button', { name: /^Read (transactions|again)$/ })
    .click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(many + 1), { timeout: 60_000 })
  await table(page).getByRole('button', { name: 'Amount' }).click()
  await expect(rows(page).nth(1)).toContainText(/^.*999\.\d\d SEK/)
  await table(page).getByRole('button', { name: 'Amount' }).click()
  await expect(rows(page).nth(1)).toContainText('−')
  await table(page).focus()
  await page.keyboard.press('End')
  await expect(detail(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(detail(page)).toHaveCount(0)
  await expect(table(page)).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowDown')
  await expect(table(page)).toBeFocused()
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  await detail(page).getByRole('button', { name: 'Close' }).click()
  await expect(table(page)).toBeFocused()
  await page.getByRole('searchbox', { name: 'Search transactions' }).fill('hyperlink')
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(rows(page).nth(1)).toContainText('=HYPERLINK')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export 1 as CSV' }).click()
  const text = await readFile(await (await saving).path(), 'utf8')
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  await page.getByRole('button', { name: 'Show all', exact: true }).click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(many + 1))
  await examine(page, 'a hundred thousand')
  await standIn.close()
})
