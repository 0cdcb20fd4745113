/** Access: a customer is asked, says yes, no or nothing; a grant is refreshed, used, revoked. */
import type { Page } from '@playwright/test'
import { authorise } from './bank-page.ts'
import { bank, customer } from './engine.ts'
import { response, send } from './requests-view.ts'
import { expect, go, lockVault, test, typePassphrase } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const grants = (page: Page) => page.getByRole('table', { name: 'Grants' })
const rows = (page: Page, scope: RegExp) => grants(page).getByRole('row', { name: scope })
/** Of the ten minutes a token lives. */
const fresh = /^(10:00|9:\d\d)$/
const steps = (page: Page) => page.getByRole('list', { name: 'Authorisation', exact: true })

async function letTheSandboxClick(page: Page, decision: string): Promise<void> {
  await page.getByLabel('Customer of the sandbox').selectOption(customer)
  await page.getByLabel('Let the sandbox click for the customer').check()
  await page.getByLabel('The customer', { exact: true }).selectOption(decision)
  await page.getByRole('button', { name: 'Authorise the customer' }).click()
}

test('a customer approves on the bank’s own page, and the grant counts down', async ({ window: page }) => {
  await go(page, 'Access')
  await authorise(page, 'payment')
  await expect(rows(page, /^payment/).getByRole('cell', { name: fresh })).toBeVisible()
  await expect(rows(page, /^payment/)).toContainText('1972')
  await expect(page.getByRole('button', { name: /^access ?(payment|account) ?\d/ })).toBeVisible()
})

test('a customer declines: it is said, nothing is stored, the form comes back', async ({ window: page }) => {
  await go(page, 'Access')
  await expect(rows(page, /^account/).first()).toBeVisible()
  const before = await rows(page, /account|payment/).count()
  await letTheSandboxClick(page, 'deny')
  await expect(page.getByRole('alert')).toContainText('No grant came')
  await page.getByRole('button', { name: 'Back to the form' }).click()
  await expect(page.getByRole('button', { name: 'Authorise the customer' })).toBeVisible()
  await expect(rows(page, /account|payment/)).toHaveCount(before)
})

test('a customer walks away: the wait is shown on every view and can be ended', async ({ window: page }) => {
  await go(page, 'Access')
  await letTheSandboxClick(page, 'abandon')
  await expect(steps(page)).toContainText(/Waiting for the customer, [45]:\d\d/)
  await go(page, 'Errors')
  await go(page, 'Access')
  await expect(steps(page)).toContainText('Waiting for the customer')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Cancelled' })).toContainText('port is free again')
})

test('somebody else is typed in: the form checks it, and keeps nothing of it', async ({ window: page }) => {
  await go(page, 'Access')
  await page.getByLabel('Customer of the sandbox').selectOption('Somebody else …')
  const number = page.getByLabel('Personal number (12 digits)')
  await expect(number).toHaveAttribute('type', 'password')
  await number.fill('1972')
  await page.getByRole('button', { name: 'Authorise the customer' }).click()
  await expect(page.getByRole('alert')).toContainText('does not have the form')
  await page.getByLabel('Scope', { exact: true }).selectOption('basket:{basketId}')
  await page.getByRole('button', { name: 'Authorise the customer' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The scope needs this id.' })).toBeVisible()
})

test('a grant is looked at, used in Requests, refreshed and revoked', async ({ window: page }) => {
  await go(page, 'Access')
  await rows(page, /^account/)
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Grant of scope account' })).toBeVisible()
  await page.getByRole('button', { name: "Open List the customer's accounts in Requests" }).click()
  await send(page, /200 OK/)
  await expect(response(page)).toContainText('SE')
  await go(page, 'Access')
  await page
    .getByRole('button', { name: /^Refresh account/ })
    .first()
    .click()
  await expect(
    rows(page, /^account/)
      .first()
      .getByRole('cell', { name: fresh }),
  ).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await authorise(page, 'account')
  const before = await rows(page, /^account/).count()
  await page
    .getByRole('button', { name: /^Revoke account/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: 'Revoke this grant?' })
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(rows(page, /^account/)).toHaveCount(before)
  await page
    .getByRole('button', { name: /^Revoke account/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(rows(page, /^account/)).toHaveCount(before - 1)
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('The grant was revoked')
})

test('calls without the customer are counted, and the grant shows how many are left', async ({
  window: page,
  engine,
}) => {
  const before = await engine.api.access.list()
  const { response: answered } = await engine.api.requests.send({ bank, operation: 'ica-accounts-list' })
  expect(answered?.status).toBe(200)
  const used = (grants: typeof before) => grants.reduce((sum, { unattended }) => sum + (unattended?.used ?? 0), 0)
  const after = await engine.api.access.list()
  expect(used(after)).toBe(used(before) + 1)
  await go(page, 'Access')
  const here = after.filter(({ scope }) => scope === 'account').sort((a, b) => (a.obtainedAt < b.obtainedAt ? 1 : -1))
  const place = here.findIndex(({ unattended }) => (unattended?.used ?? 0) > 0)
  await rows(page, /^account/)
    .nth(place)
    .click()
  const count = `${here[place]?.unattended?.used} of 4 calls`
  await expect(page.getByRole('region', { name: 'Grant of scope account' })).toContainText(count)
})

test('a token that is bound to a certificate names it', async ({ window: page, engine }) => {
  const [identity] = await engine.api.keys.list()
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const thumbprint = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')
  const enter = (hex: string, scope: string) => {
    const token = [{ alg: 'none' }, { cnf: { 'x5t#S256': thumbprint(hex) } }].map(part).concat('sig').join('.')
    return engine.api.access.enter({ bank, scope, token, expiresIn: 3600 })
  }
  await enter(identity!.sha256, 'payment')
  await go(page, 'Access')
  await rows(page, /^payment.*any identity/).click()
  const detail = page.getByRole('region', { name: 'Grant of scope payment' })
  await expect(detail).toContainText(`of acmeSHA-256 ${identity!.sha256.slice(0, 16)}`)
  await page
    .getByRole('button', { name: /^Revoke payment/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  const other = '00'.repeat(32)
  await enter(other, 'account')
  await rows(page, /^account.*any identity/).click()
  await expect(page.getByRole('region', { name: 'Grant of scope account' })).toContainText('of no identity here')
})

test('with the vault locked it is asked for first', async ({ window: page }) => {
  await go(page, 'Access')
  await lockVault(page)
  await page.getByRole('button', { name: 'Authorise the customer' }).click()
  await typePassphrase(page)
  await letTheSandboxClick(page, 'approve')
  await expect(steps(page)).toContainText('The grant is stored')
})

test('a token from elsewhere is entered once, kept, used and never shown', async ({ window: page, watch }) => {
  await page.getByRole('combobox', { name: 'Bank', exact: true }).selectOption({ label: 'PayEx ledger' })
  await go(page, 'Access')
  await page.getByRole('button', { name: 'Keep the token' }).click()
  await expect(page.getByRole('alert')).toContainText('Paste the token')
  const token = page.getByLabel('Access token')
  await expect(token).toHaveAttribute('type', 'password')
  await token.fill('canary-payex-token')
  await page.getByRole('button', { name: 'Keep the token' }).click()
  await expect(page.getByRole('alert')).toContainText('how long it is valid')
  await expect(token).toHaveValue('')
  await token.fill('canary-payex-token')
  await page.getByLabel('Valid for (seconds)').fill('3600')
  await page.getByRole('button', { name: 'Keep the token' }).click()
  await expect(rows(page, /^pre-authorization/)).toHaveCount(1)
  await expect(token).toHaveValue('')
  expect(watch.received.join()).not.toContain('canary-payex-token')
})

test('a bank without tokens says what it does instead', async ({ window: page }) => {
  await page.getByRole('combobox', { name: 'Bank', exact: true }).selectOption({ label: 'SpareBank 1' })
  await go(page, 'Access')
  await expect(page.getByText('the same call is sent again afterwards')).toBeVisible()
})
