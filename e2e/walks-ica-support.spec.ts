/** What TPPs write to ICA Banken's support, walked in the views until the answer to them stands there. */
import type { Page } from '@playwright/test'
import { type Api, bank, giveGrant } from './engine.ts'
import { be, explainedBy, newcomer, openInList, pay, sign } from './ica-desk.ts'
import { exchange } from './payment-view.ts'
import { tenantOf } from './sandbox-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

const main = (page: Page) => page.getByRole('main')
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen payment' })
const transactions = (page: Page) => page.getByRole('region', { name: 'Transactions of the account' })

async function readAccounts(page: Page): Promise<void> {
  await go(page, 'Accounts')
  await page
    .getByRole('button', { name: /^Read (accounts|again)$/ })
    .first()
    .click()
}

test('ICA-S1 the customer cannot load accounts: the bank waits for answers to its questions', async ({
  window: page,
  engine,
}) => {
  for await (const _event of await engine.api.access.authorise({ bank, scope: 'account', psu: 'Karin KYC' })) {
    // The last event comes when the grant is stored.
  }
  await go(page, 'Accounts')
  const grant = main(page).getByLabel('Grant')
  const hers = await grant.getByRole('option', { name: /^1965/ }).textContent()
  await grant.selectOption({ label: hers ?? '' })
  await readAccounts(page)
  const refused = exchange(page, 'ica-accounts-list')
  await expect(refused.getByRole('status').first()).toContainText('403')
  await explainedBy(refused, 'ica-general-kyc-blocked')
  await expect(refused).toContainText('www.icabanken.se')
})

test('ICA-S3 a refresh whose answer was lost: the next one tells that the token is spent', async ({
  window: page,
  engine,
}) => {
  const { id } = (await engine.api.access.list()).find(
    ({ scope, customer }) => scope === 'account' && customer?.startsWith('1972'),
  )!
  const tenant = await tenantOf(engine.api)
  const lost = { fault: 'reset', bank, operation: 'ica-oauth-token-refresh', times: 1 }
  await engine.api.sandbox.faults({ tenant, set: [lost] })
  await go(page, 'Access')
  const refresh = page.getByRole('button', { name: /^Refresh account, 1972/ }).first()
  await refresh.click()
  const told = page.getByRole('alert').filter({ hasText: 'The token was not refreshed' })
  await expect(told).toBeVisible()
  await refresh.click()
  await expect(told).toContainText('its answer was lost, so the bank holds it for spent')
  await told.getByRole('button', { name: 'Open the answer' }).click()
  await expect(page.getByRole('heading', { name: 'The bank does not take this refresh token' })).toBeVisible()
  await expect(main(page)).toContainText('each is good once and brings the next one')
  await engine.api.access.revoke({ grant: id })
  await giveGrant(engine.api, 'account')
})

test('ICA-S4 a payment cannot be deleted: its date, and the scope with its id', async ({ window: page, engine }) => {
  const today = await pay(engine.api, new Date().toISOString().slice(0, 10))
  const signed = await pay(engine.api)
  await sign(engine.api, signed)
  await giveGrant(engine.api, `payment_delete:${today}`)
  const remove = async (id: string) => {
    await openInList(page, 'Payments', id)
    await chosen(page).getByRole('button', { name: 'Delete or cancel …' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
    return exchange(page, 'ica-payment-delete')
  }
  await explainedBy(await remove(today), 'ica-payments-underlying-400')
  const refused = await remove(signed)
  await explainedBy(refused, 'ica-general-consent-invalid')
  await expect(refused).toContainText(`payment_delete:${signed}`)
})

/** The account system does not answer in time, until it is told to. */
const slow = async (api: Api, on: boolean) =>
  api.sandbox.switches({ tenant: await tenantOf(api), set: on ? { [bank]: ['account-system-timeout'] } : {} })

test('ICA-S5 transactions time out, or are too far back: a shorter span in pages', async ({ window: page, engine }) => {
  await readAccounts(page)
  const account = page.getByRole('list', { name: 'Accounts', exact: true }).getByRole('button', { name: /Lönekonto/ })
  await expect(account).toBeVisible()
  await slow(engine.api, true)
  await account.click()
  const refused = exchange(page, 'ica-account-transactions')
  await explainedBy(refused, 'ica-accounts-underlying-call-failed')
  await expect(refused).toContainText('shorter span')
  await slow(engine.api, false)
  const first = page.getByLabel('First day asked for (dateFrom)')
  const again = transactions(page).getByRole('button', { name: /^Read (transactions|again)$/ })
  await first.fill(daysAgo(600))
  await again.click()
  await page.getByRole('button', { name: 'Send it all the same' }).click()
  await explainedBy(refused, 'ica-accounts-underlying-service-invalid')
  await expect(refused).toContainText('18 months')
  await first.fill(daysAgo(20))
  await page.getByLabel('How the list comes').selectOption('In pages')
  await again.click()
  await expect(
    transactions(page)
      .getByRole('status')
      .filter({ hasText: /^All \d+ entries are here/ }),
  ).toBeVisible()
})

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

test('ICA-S6 a registration fails: chain, certificate or mismatch, told apart', async ({ window: page, engine }) => {
  const { tenant } = await newcomer(engine.api, 'good')
  await newcomer(engine.api, 'leaf', { profile: 'leaf-only' })
  await newcomer(engine.api, 'stranger', { profile: 'other-ca' })
  await newcomer(engine.api, 'renewed', { organizationIdentifier: tenant, upload: false })
  await newcomer(engine.api, 'unknown', { upload: false })
  await go(page, 'Registration')
  const register = page.getByRole('button', { name: 'Register with ICA Banken' })
  for (const [identity, row] of [
    ['leaf', 'ica-registration-issuer-missing'],
    ['stranger', 'ica-registration-local-issuer-missing'],
    ['renewed', 'ica-registration-certificate-does-not-match'],
    ['unknown', 'ica-registration-oid-does-not-exist'],
  ] as const) {
    await be(page, identity)
    await register.click()
    await explainedBy(main(page), row)
  }
  await be(page, 'good')
  await page.getByText('Wrong on purpose').click()
  await page.getByLabel('Another organisation identifier').fill('PSDSE-FINA-00000')
  await register.click()
  await explainedBy(main(page), 'ica-registration-oid-does-not-match')
  await page.getByLabel('Another organisation identifier').fill('')
  await page.getByRole('checkbox', { name: 'Without the client certificate' }).check()
  await register.click()
  await explainedBy(main(page), 'ica-registration-certificate-missing')
})
