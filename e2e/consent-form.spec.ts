/** Consents asked for by form: access per account, the customer at the bank's page, several signers, what the bank changed, the end. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { clipped } from './layout-checks.ts'
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

async function breaches(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** For every size and scheme: whole, and readable for everyone. */
async function examine(page: Page, state: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect.soft(await breaches(page), `${state}, ${colorScheme}`).toEqual([])
      expect.soft(await page.evaluate(clipped), `${state}, ${width}`).toEqual([])
      const file = `${state.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`
      if (process.env.TPP_SHOTS !== undefined) await page.screenshot({ path: `${process.env.TPP_SHOTS}/${file}` })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

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
    .getByRole('button', { name: /^Send customer data for/ })
    .click()
  await page.getByLabel('PSU-ID (optional)', { exact: true }).fill(signer)
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

test('SE-J1 SE-S4 a consent for funds confirmation: asked for, of no use before the customer agreed, then valid, then ended', async ({
  window: page,
  engine,
}) => {
  const { id: seal } = await engine.api.keys.order({ name: 'seal', kind: 'QSEAL' })
  await page.getByRole('banner').getByLabel('identity').selectOption(seal)
  await openForm(page, 'salt-edge')
  await form(page).getByLabel('IBAN').first().fill('DE2310010010123456789')
  await expect(form(page).getByLabel('TPP-Redirect-Preferred')).toHaveValue('true')
  await form(page).getByRole('button', { name: 'Ask for the consent' }).click()
  await expect(exchange(page, 'salt-edge-cof-consent-create')).toContainText('201 Created')
  await page.getByRole('button', { name: 'Close the form' }).click()
  await expect(detail(page)).toContainText('Salt Edge has the consent, the bank has not.')
  const [consent] = await engine.api.access.consents({ bank: 'salt-edge' })
  const ask = () =>
    engine.api.requests.send({
      bank: 'salt-edge',
      operation: 'salt-edge-funds-confirmation-create',
      identity: seal,
      parameters: { provider_code: 'demo_bank', 'Consent-Id': consent?.resource ?? '' },
      body: JSON.stringify({
        account: { iban: 'DE2310010010123456789' },
        instructedAmount: { amount: '1.00', currency: 'EUR' },
      }),
      insist: true,
    })
  const early = await ask()
  expect(early.response?.status).toBe(401)
  await go(page, 'History')
  await page
    .getByRole('row', { name: /salt-edge-funds-confirmation-create/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: /^Error row salt-edge-consent-invalid/ }).first()).toBeVisible()
  await go(page, 'Overview')
  await page.getByRole('button', { name: /^Have it authorised: Consent/ }).click()
  const customersPage = await pageOf(page, () =>
    detail(page).getByRole('button', { name: 'Authorise', exact: true }).first().click(),
  )
  await customersPage.getByRole('button', { name: 'Bank app' }).click()
  await expect(customersPage.getByRole('button', { name: 'Bank app' })).toHaveCount(0)
  await customersPage.close()
  await page.getByRole('button', { name: 'Follow its status' }).click()
  await expect(table(page).getByRole('row', { name: /Valid/ })).toBeVisible()
  await detail(page).getByRole('button', { name: 'Delete at the bank …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(detail(page).getByRole('status').filter({ hasText: 'Ended by the TPP' })).toBeVisible()
  expect((await ask()).response?.status).toBe(401)
})
