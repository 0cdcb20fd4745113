/** A bank of one's own in the manner of the Berlin Group: its plain OpenAPI document alone gives the views, walked against a bank over TLS. */
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { parse, stringify } from 'yaml'
import type { DetachedJwsProfile } from '#shared/signing-profile.ts'
import type { Api } from './engine.ts'
import { atTheBank, exchange, fillPayment, timeline } from './payment-view.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const bank = 'plain-bank'
const simulated = 'bank-of-georgia'
const account = 'GE44BG9000000000000001'

const detail = (page: Page) => page.getByRole('region', { name: /^The consent / })
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen payment' })

/** As the bank would give its document away: without a word of ours. */
function plainly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainly)
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value).filter(([key]) => !key.startsWith('x-tpp-'))
  return Object.fromEntries(own.map(([key, each]) => [key, plainly(each)]))
}

/** What no OpenAPI document says, as a person enters it in the profile: how the bank wants requests signed. */
const signing: DetachedJwsProfile = {
  scheme: 'detached-jws',
  header: 'x-jws-signature',
  algorithms: ['RS256', 'PS256', 'ES256'],
  signedHeaders: ['digest', 'x-request-id'],
  digest: 'SHA-256',
  certificate: ['x5c', 'x5t#S256'],
}

async function importBank(api: Api, home: string): Promise<void> {
  const document = await readFile(resolve(import.meta.dirname, `../resources/banks/${simulated}/openapi.yaml`), 'utf8')
  const text = stringify(plainly(parse(document)), { aliasDuplicateObjects: false })
  await api.banks.import({
    main: 'bank.yaml.txt',
    files: [{ path: 'bank.yaml.txt', text }],
    id: bank,
    name: 'Plain Bank',
  })
  // The simulated bank stands in for it: pages on this machine are opened for a local sandbox only.
  const note = join(home, 'sandbox', 'running.json')
  const running = JSON.parse(await readFile(note, 'utf8')) as { banks: { id: string; urls: Record<string, string> }[] }
  const served = running.banks.find(({ id }) => id === simulated)!
  const urls = { api: served.urls.xs2a! }
  await writeFile(note, JSON.stringify({ ...running, banks: [...running.banks, { id: bank, urls }] }))
  const { profile } = await api.banks.readProfile({ bank })
  const local = { id: 'sandbox', name: 'Local sandbox', kind: 'local-sandbox' as const, urls: {}, certificates: {} }
  const environments = [{ ...local, ca: [], values: {} }, ...profile.environments]
  await api.banks.saveProfile({ bank, profile: { ...profile, signing, environments } })
}

/** The customer agrees on the page that the button opens. */
const agree = (page: Page, start: () => Promise<unknown>) =>
  atTheBank(page, start, async (customersPage) => {
    await customersPage.getByRole('button').first().click()
    await expect(customersPage.getByRole('button', { name: /Deny/ })).toHaveCount(0)
  })

test('an imported document gives a consent, its accounts and a payment to their ends', async ({
  window: page,
  engine,
  workbench,
}) => {
  await importBank(engine.api, workbench.home)
  await chooseBank(page, bank, 'sandbox')
  const views = page.getByRole('navigation', { name: 'Views' })
  for (const name of ['Access', 'Accounts', 'Payments', 'Recurring'])
    await expect(views.getByRole('button', { name, exact: true })).toBeVisible()

  await go(page, 'Access')
  await page.getByRole('button', { name: 'New consent' }).click()
  const form = page.getByRole('form', { name: 'Ask for the consent' })
  await form.getByLabel('IBAN of another account').fill(account)
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: 'Ask for the consent' }).click()
  await expect(exchange(page, 'bog-consent-create')).toContainText('201 Created')
  await page.getByRole('button', { name: 'Close the form' }).click()
  await agree(page, () => detail(page).getByRole('button', { name: 'Authorise', exact: true }).first().click())
  await page.getByRole('button', { name: 'Follow its status' }).click()
  await expect(detail(page).getByRole('status').filter({ hasText: 'It can be used now' })).toBeVisible()

  await go(page, 'Accounts')
  await page.getByRole('button', { name: 'Read accounts' }).click()
  await page.getByRole('button', { name: /GE44/ }).first().click()
  // Balances are read beside them: whose exchange is shown is whichever came last.
  await expect(page.getByRole('status').filter({ hasText: /^All \d+ entries are here$/ })).toBeVisible()

  await go(page, 'Payments')
  const pay = page.getByRole('form', { name: 'Create the payment' })
  await pay.getByLabel('PSU-ID (optional)', { exact: true }).fill('nino.beridze')
  const payment = { from: account, to: 'GE33BG9000000000000005', currency: 'GEL', amount: '12.50', name: 'Merchant' }
  await fillPayment(pay, payment)
  await pay.getByRole('button', { name: 'Create the payment' }).click()
  await expect(chosen(page)).toContainText('RCVD')
  await agree(page, () => chosen(page).getByRole('button', { name: 'Authorise', exact: true }).click())
  await expect(page.getByRole('list', { name: 'Authorisation', exact: true })).toContainText('The grant is stored')
  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  await chosen(page).getByRole('button', { name: 'Follow the status' }).click()
  await expect(timeline(page)).toContainText('ACTC')
  await chosen(page).getByRole('button', { name: 'Stop following' }).click()

  await go(page, 'Access')
  await detail(page).getByRole('button', { name: 'Delete at the bank …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(detail(page)).toContainText('Ended by the TPP')
})
