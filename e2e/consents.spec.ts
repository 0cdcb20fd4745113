/** Consents in Access: created, authorised at the bank's page, followed, left half-finished, taken up again, ended. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { examine } from './examine.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, lockVault, test, typePassphrase } from './window.ts'

test.use({ setting: { vault: 'open', identities: [{ name: 'seal', kind: 'QSEAL' }] } })

const bank = 'salt-edge'
const joint = 'DE02300209000106531065'

/** What is asked of the customer: the account, and where they come back to. */
interface Wish {
  readonly iban?: string
  readonly returnTo?: string
}

/** @returns the bank's id of the consent */
async function createConsent(api: Api, wish: Wish = {}): Promise<string> {
  const { iban = 'DE2310010010123456789', returnTo = (await api.access.returnAddress({ bank })).uri } = wish
  const { response } = await api.requests.send({
    bank,
    operation: 'salt-edge-cof-consent-create',
    parameters: { provider_code: 'demo_bank', 'TPP-Redirect-Preferred': 'true', 'TPP-Redirect-URI': returnTo },
    body: JSON.stringify({ account: { iban } }),
  })
  expect(response?.status).toBe(201)
  return String((JSON.parse(response!.body) as { consentId: unknown }).consentId)
}

const table = (page: Page) => page.getByRole('table', { name: 'Consents and payments' })
const row = (page: Page, id: string) => table(page).getByRole('row', { name: new RegExp(`\\b${id}\\b`) })
const detail = (page: Page, id: string) => page.getByRole('region', { name: `The consent ${id}` })
const steps = (page: Page) => page.getByRole('list', { name: 'Authorisation', exact: true })
const unfinished = (page: Page) => page.getByRole('list', { name: 'Authorisations not finished' })

async function look(page: Page, id: string): Promise<void> {
  await row(page, id).focus()
  await page.keyboard.press('Enter')
  await expect(detail(page, id)).toBeVisible()
}

/** Opens the customer's page from the button that is named. */
async function pageOf(page: Page, start: () => Promise<unknown>): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await start()
  return opened
}

const authorise = (page: Page, id: string) =>
  pageOf(page, () => detail(page, id).getByRole('button', { name: 'Authorise', exact: true }).click())

async function sign(customersPage: Page): Promise<void> {
  await customersPage.getByRole('button', { name: 'Bank app' }).click()
  await expect(customersPage.getByRole('button', { name: 'Bank app' })).toHaveCount(0)
  await customersPage.close()
}

test.beforeEach(async ({ window: page }) => {
  await chooseBank(page, bank, 'sandbox')
  await go(page, 'Access')
})

test('nothing was created yet, and it is said what will stand here', async ({ window: page }) => {
  await expect(page.getByText('None was created here')).toBeVisible()
  await expect(page.getByText('comes with a link to a page for the customer')).toBeVisible()
})

test('a consent is authorised at the bank’s page, followed until it can be used, and ended', async ({
  window: page,
  engine,
}) => {
  const id = await createConsent(engine.api)
  await expect(row(page, id)).toContainText('On its way')
  await look(page, id)
  await expect(detail(page, id)).toContainText('Salt Edge has the consent, the bank has not.')
  const customersPage = await authorise(page, id)
  await expect(steps(page)).toContainText(`The bank’s page at ${new URL(customersPage.url()).host} is opened`)
  await expect(steps(page)).toContainText(/Waiting for the customer, [45]:\d\d/)
  await sign(customersPage)
  await expect(steps(page)).toContainText('The customer comes back')
  await page.getByRole('button', { name: 'Follow its status' }).click()
  await expect(detail(page, id).getByRole('status').filter({ hasText: 'It can be used now' })).toBeVisible()
  await expect(row(page, id)).toContainText('Valid')
  await detail(page, id)
    .getByRole('button', { name: /^Follow authorisation/ })
    .click()
  await expect(detail(page, id).getByRole('list', { name: 'Authorisations of it' })).toContainText('final')
  await examine(page, 'a valid consent')
  await detail(page, id).getByRole('button', { name: 'Delete at the bank …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this consent at the bank?' })
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(row(page, id)).toContainText('Valid')
  await detail(page, id).getByRole('button', { name: 'Delete at the bank …' }).click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(row(page, id)).toContainText('Ended by the TPP · final')
  await expect(detail(page, id).getByRole('button', { name: 'Authorise', exact: true })).toHaveCount(0)
})

test('its calls open as requests, and its exchange in History', async ({ window: page, engine }) => {
  const id = await createConsent(engine.api)
  await look(page, id)
  await detail(page, id)
    .getByRole('table', { name: 'Calls about it' })
    .getByRole('row', { name: /^GET .*status/i })
    .first()
    .getByRole('button')
    .click()
  await expect(page.getByRole('main', { name: 'Requests' })).toBeVisible()
  await expect(page.getByLabel('consent_id', { exact: true })).toHaveValue(id)
  await expect(page.getByLabel('provider_code', { exact: true })).toHaveValue('demo_bank')
  await go(page, 'Access')
  await detail(page, id).getByRole('button', { name: 'Its exchange in History' }).click()
  await expect(page.getByRole('main', { name: 'History' })).toContainText('salt-edge-cof-consent-create')
})

test('a status is followed politely, and no longer when it is stopped', async ({ window: page, engine }) => {
  const id = await createConsent(engine.api)
  await look(page, id)
  await detail(page, id).getByRole('button', { name: 'Follow', exact: true }).click()
  await expect(detail(page, id)).toContainText(/asked again in \d s/)
  await detail(page, id).getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(detail(page, id)).toContainText('It is not asked for any longer')
})

test('two must sign: after the first the consent waits for the second', async ({ window: page, engine }) => {
  const id = await createConsent(engine.api, { iban: joint })
  await look(page, id)
  const first = await authorise(page, id)
  await first.getByLabel('Customer').selectOption('radu')
  await sign(first)
  await page.getByRole('button', { name: 'Follow its status' }).click()
  await expect(row(page, id)).toContainText('Partly authorised')
  const second = await authorise(page, id)
  await second.getByLabel('Customer').selectOption('ioana')
  await sign(second)
  await page.getByRole('button', { name: 'Follow its status' }).click()
  await expect(row(page, id)).toContainText('Valid')
})

test('an authorisation that was left stays, is resumed and cleaned up', async ({ window: page, engine }) => {
  const id = await createConsent(engine.api)
  await look(page, id)
  await detail(page, id).getByRole('button', { name: 'Authorise', exact: true }).focus()
  await (await pageOf(page, () => page.keyboard.press('Enter'))).close()
  await expect(unfinished(page)).toHaveCount(0)
  // The keyboard is where the next step is, at every turn.
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused()
  await expect(page.getByText('What was begun stays under “Not finished”')).toBeVisible()
  const left = unfinished(page).getByRole('listitem').filter({ hasText: id })
  await expect(left).toContainText('abandoned')
  await expect(left).toContainText('ends with the customer’s return')
  await examine(page, 'an abandoned authorisation')
  await left.getByRole('button', { name: /^Resume/ }).focus()
  const again = await pageOf(page, () => page.keyboard.press('Enter'))
  await expect(again.getByRole('heading', { name: 'Demo bank' })).toBeVisible()
  await again.close()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await left.getByRole('button', { name: /^Clean up/ }).click()
  await expect(left).toHaveCount(0)
  await expect(row(page, id)).toBeVisible()
})

test('where nothing can listen, the address the browser ended on is pasted and not kept', async ({
  window: page,
  engine,
}) => {
  const returnTo = 'https://tpp.example/back'
  const id = await createConsent(engine.api, { returnTo })
  await look(page, id)
  await (await authorise(page, id)).close()
  const field = page.getByLabel('Paste the URL the browser ended at')
  await field.fill('tpp.example')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Paste the whole address')
  await field.fill('https://elsewhere.example/back?canary=1')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText(`not an address below ${returnTo}`)
  await expect(field).toHaveValue('')
  await examine(page, 'an address is awaited')
  await field.fill(`${returnTo}?from=bank`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Follow its status' })).toBeVisible()
  expect(JSON.stringify(await engine.api.workspace.recallWindow())).not.toContain('canary')
})

test('of an https callback it is said before that the browser will warn', async ({ window: page, engine }) => {
  const { uri } = await engine.api.access.returnAddress({ bank })
  const returnTo = uri.replace('http://127.0.0.1', 'https://localhost')
  const id = await createConsent(engine.api, { returnTo })
  await look(page, id)
  await (await authorise(page, id)).close()
  await expect(page.getByRole('status').filter({ hasText: 'The browser will warn' })).toContainText('fingerprint')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
})

test('with the vault locked it is asked for first; a forgotten consent leaves the list', async ({
  window: page,
  engine,
}) => {
  const id = await createConsent(engine.api)
  await look(page, id)
  await lockVault(page)
  await detail(page, id).getByRole('button', { name: 'Follow', exact: true }).click()
  await typePassphrase(page)
  await detail(page, id).getByRole('button', { name: 'Forget here …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
  await expect(row(page, id)).toHaveCount(0)
})

test('records that cannot be read are named and can be removed', async ({ window: page, engine, workbench }) => {
  await createConsent(engine.api)
  const folder = join(workbench.home, 'consents')
  const [file = ''] = await readdir(folder).then((names) => names.filter((name) => name.endsWith('.json')))
  await writeFile(join(folder, file), '{ half')
  await page.reload()
  await go(page, 'Access')
  const damaged = page.getByRole('list', { name: 'Damaged records' })
  await expect(damaged).toContainText(file.replace('.json', ''))
  await damaged.getByRole('button', { name: /^Remove consent/ }).click()
  await expect(damaged).toHaveCount(0)
})
