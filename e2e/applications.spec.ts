/** Applications: a customer identified, questions answered, an offer, signed in each country's way, ended; and what the bank says to a wrong step. */
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { examine } from './examine.ts'
import { exchange } from './payment-view.ts'
import { chooseBank } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open' } })

const bank = 'payex-ledger'

const part = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const offers = (page: Page) => page.getByRole('group', { name: 'Possible now' })
const status = (page: Page, name: string) =>
  expect(page.getByRole('list', { name: 'Statuses of the application' }).locator('[aria-current=step]')).toContainText(
    name,
  )

let words = 0
/** A pre-authorization of its own: a token of the sandbox says whom it belongs to. */
async function enterToken(api: Api, customer: string): Promise<void> {
  words += 1
  await api.access.enter({ bank, token: `payex~${customer}~e2e-${words}`, expiresIn: 3600 + words })
}

async function open(page: Page, ledger: string): Promise<void> {
  await chooseBank(page, bank, 'sandbox')
  await go(page, 'Applications')
  await page.getByRole('textbox', { name: 'Owner no' }).fill(ledger)
}

/** Opens the page a link of the window leads to, acts there, and says where the browser ended. */
async function visit(page: Page, link: string | RegExp, act: string | RegExp): Promise<string> {
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: link }).click()
  const customersPage = await opened
  await customersPage.getByRole('button', { name: act }).click()
  await customersPage.waitForLoadState()
  const ended = customersPage.url()
  await customersPage.close()
  return ended
}

async function identify(page: Page, way: string, act: string | RegExp): Promise<void> {
  await button(page, `Begin with ${way}`).click()
  const address = await visit(page, new RegExp(`^${way}: the page at`), act)
  await page.getByLabel('What the page returned').fill(address)
  await button(page, 'Verify').click()
  await expect(part(page, 'Identification').getByText(`Identified with ${way}`)).toBeVisible()
  await expect(page.getByLabel('What the page returned')).toHaveCount(0)
}

const swedish = 'BankID på den här enheten'

async function begin(page: Page, kind: string): Promise<void> {
  await button(page, `Begin: ${kind}`).click()
  await status(page, 'Information missing')
}

async function answerPep(page: Page, no: string, name = 'Ready to sign'): Promise<void> {
  await page.getByRole('radio', { name: no }).first().check()
  await button(page, 'Post all answers').click()
  await status(page, name)
}

async function verifyAndGoBack(page: Page): Promise<void> {
  await status(page, 'To be verified')
  await offers(page).getByRole('button', { name: 'Verify the application' }).click()
  await status(page, 'Approved')
  await expect(offers(page)).toContainText('Nothing is offered.')
  await button(page, 'Send the customer back').click()
  await expect(page.getByRole('link', { name: /^Back to where the customer came from at 127\.0\.0\.1/ })).toBeVisible()
}

const paths = async (api: Api): Promise<string[]> =>
  (await api.history.list({ bank, limit: 60 })).map(({ operation }) => operation)

test('PX-J1 a new account in Sweden: identified, answered, offered, signed with the QR code, verified, sent back', async ({
  window: page,
  engine,
}) => {
  // Three looks in two sizes and schemes, and an order that takes nine seconds.
  test.slow()
  await chooseBank(page, bank, 'sandbox')
  await expect(page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Payments' })).toHaveCount(0)
  await go(page, 'Applications')
  await expect(part(page, 'The token of a pre-authorization')).toBeVisible()
  await examine(page, 'applications without a token')
  await button(page, 'Use Sven Svensson').click()
  await expect(page.getByRole('combobox', { name: 'Pre-authorization' })).toContainText('Sven Svensson')
  await identify(page, 'Swedish BankID', swedish)
  await begin(page, 'New credit account')
  await expect(offers(page).getByRole('button')).toHaveText(['Answer the questions', 'Read again'])
  await page.getByText('Another step …').click()
  await examine(page, 'applications with questions')
  await offers(page).getByRole('button', { name: 'Answer the questions' }).press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await answerPep(page, 'Nej')
  await expect(part(page, 'Questions')).toContainText('1 answer')
  await expect(part(page, 'Offer and terms')).toContainText('20000')
  await expect(page.getByRole('link', { name: /^Terms of the account at/ })).toBeVisible()
  await offers(page).getByRole('button', { name: 'Sign with BankID on another device' }).click()
  const signing = part(page, 'Sign with BankID on another device')
  const code = signing.getByRole('img', { name: 'QR code to be scanned with the BankID app' })
  await expect(signing.getByRole('status').first()).toContainText('scan the QR code')
  const first = await code.getAttribute('src')
  await expect(signing).toContainText(/Time left[23]:\d\d/)
  await expect(signing.getByRole('status').first()).toContainText('App opened')
  expect(await code.getAttribute('src')).not.toBe(first)
  await expect(signing.getByRole('status').first()).toContainText('Enter the security code')
  await expect(signing.getByRole('status').first()).toContainText('Signed')
  await expect(code).toHaveCount(0)
  await verifyAndGoBack(page)
  await examine(page, 'applications approved')
  expect(await paths(engine.api)).toEqual(
    expect.arrayContaining([
      'payex-begin-bankid-se-authentication',
      'payex-verify-authentication',
      'payex-account-application-create',
      'payex-account-application-kyc-answers-create',
      'payex-account-application-kyc-answers-get',
      'payex-account-application-sign-bankid-se-create',
      'payex-account-application-sign-bankid-se-poll',
      'payex-account-application-verify',
      'payex-redirect-back',
    ]),
  )
})

test('PX-J2 on the same device: the app is started, nothing is polled, the application is read', async ({
  window: page,
  engine,
}) => {
  await enterToken(engine.api, 'sven-svensson')
  await open(page, '1001')
  await identify(page, 'Swedish BankID', swedish)
  await begin(page, 'New credit account')
  await answerPep(page, 'Nej')
  await offers(page).getByRole('button', { name: 'Sign with BankID on this device' }).click()
  const signing = part(page, 'Sign with BankID on this device')
  await expect(signing).toContainText('Start token')
  await status(page, 'Signing begun')
  await visit(page, /^Switch between the app and Swedish BankID at/, 'Ange säkerhetskoden och skriv under')
  // What was begun is there after a reload too.
  await page.reload()
  await signing.getByRole('button', { name: 'The customer is back' }).click()
  await verifyAndGoBack(page)
})

test('PX-J3 a higher limit in Norway: prefilled identification with a state, signed on the page', async ({
  window: page,
  engine,
}) => {
  await enterToken(engine.api, 'nora-nordmann')
  await open(page, '1002')
  await identify(page, 'Norwegian BankID', 'BankID på denne enheten')
  await begin(page, 'Higher limit')
  await answerPep(page, 'Nei')
  await expect(part(page, 'Offer and terms')).toHaveCount(0)
  await offers(page).getByRole('button', { name: 'Sign with Norwegian BankID' }).click()
  await visit(page, /^Sign with Norwegian BankID or Danish MitID at/, 'Signer med BankID')
  await button(page, 'The customer is back').click()
  await verifyAndGoBack(page)
  const [begun] = await engine.api.history.list({ bank, operation: 'payex-begin-bankid-no-authentication', limit: 1 })
  const kept = await engine.api.history.show({ id: begun?.id ?? '' })
  expect(kept.response?.body).toContain('preAuthorizationId')
  expect(kept.response?.body).not.toContain('29090816894')
  expect(kept.response?.body).not.toContain('1422678453')
  const [verified] = await engine.api.history.list({
    bank,
    operation: 'payex-verify-bankid-no-authentication',
    limit: 1,
  })
  const { request } = await engine.api.history.show({ id: verified?.id ?? '' })
  expect(JSON.parse(request.body ?? '')).toEqual({ code: '[redacted]', state: '[redacted]' })
})

test('PX-J4 Denmark: MitID, the Kalp form, then signing is offered', async ({ window: page, engine }) => {
  await enterToken(engine.api, 'ditte-dansk')
  await open(page, '1003')
  await identify(page, 'MitID', 'MitID')
  await begin(page, 'New credit account')
  await answerPep(page, 'Nej', 'Information missing')
  await offers(page).getByRole('button', { name: 'Fill in the Kalp form' }).click()
  await visit(page, /^Fill in the Kalp form at/, 'Send')
  await button(page, 'The customer is back').click()
  await status(page, 'Ready to sign')
  await offers(page).getByRole('button', { name: 'Sign with MitID' }).click()
  await visit(page, /^Sign with Norwegian BankID or Danish MitID at/, 'Underskriv med MitID')
  await button(page, 'The customer is back').click()
  await verifyAndGoBack(page)
})

test('PX-J5 the order is cancelled, then everything; every later call is refused and explained', async ({
  window: page,
  engine,
}) => {
  await enterToken(engine.api, 'stina-sovande')
  await open(page, '1001')
  await button(page, 'Begin with Swedish BankID').click()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: /^Swedish BankID: the page at/ }).click()
  const login = await opened
  await login.getByLabel('Vem loggar in').selectOption('Stina Sovande')
  await login.getByRole('button', { name: swedish }).click()
  await page.getByLabel('What the page returned').fill(login.url())
  await login.close()
  await page.getByLabel('What the page returned').press('Enter')
  await expect(part(page, 'Identification').getByText('Identified with')).toBeVisible()
  await begin(page, 'Higher limit')
  await answerPep(page, 'Nej')
  await offers(page).getByRole('button', { name: 'Sign with BankID on another device' }).click()
  const signing = part(page, 'Sign with BankID on another device')
  await button(page, 'Stop asking').click()
  await expect(signing.getByText('The order goes on at the bank')).toBeVisible()
  await examine(page, 'applications with an order')
  await button(page, 'Cancel the order').click()
  await expect(signing.getByRole('status').first()).toContainText('The order was cancelled')
  await status(page, 'Not signed')
  await button(page, 'Cancel everything …').click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await button(page, 'Cancel everything …').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel everything' }).click()
  await expect(page.getByText('Everything was cancelled')).toBeVisible()
  await expect(page.getByRole('link', { name: /^Back to where the customer came from at/ })).toBeVisible()
  await offers(page).getByRole('button', { name: 'Read again' }).click()
  await expect(exchange(page, 'payex-limit-upgrade-get')).toContainText('409')
  await expect(exchange(page, 'payex-limit-upgrade-get')).toContainText(/invalid-state/i)
})

test('PX-S4 questions: what is missing is named, the bank’s refusal stands at its question, a post has the full set', async ({
  window: page,
  engine,
}) => {
  await enterToken(engine.api, 'solveig-sp-rsmal')
  await open(page, '1002')
  await identify(page, 'Norwegian BankID', 'BankID på denne enheten')
  await begin(page, 'New credit account')
  const form = page.getByRole('form', { name: 'Questions to the customer' })
  await form.getByRole('group', { name: /PEP/ }).getByRole('radio', { name: 'Nei' }).check()
  await button(page, 'Post all answers').click()
  await expect(form.getByRole('alert').first()).toHaveText('An answer is required.')
  await button(page, 'Post what there is').click()
  await expect(exchange(page, 'payex-account-application-kyc-answers-create')).toContainText('400')
  const origin = form.getByRole('group', { name: /Hvor kommer pengene/ })
  await expect(form.getByRole('alert').filter({ hasText: 'FundsOrigin' })).toBeVisible()
  await examine(page, 'applications with refused answers')
  // Nothing typed is lost, not even by a reload.
  await page.reload()
  await expect(form.getByRole('group', { name: /PEP/ }).getByRole('radio', { name: 'Nei' })).toBeChecked()
  await origin.getByRole('radio', { name: 'Annet' }).check()
  await form.getByLabel('Beskriv hvorfra').fill('Arv')
  await form
    .getByRole('group', { name: /skattepliktig/ })
    .getByRole('radio', { name: 'Nei' })
    .check()
  await form.getByLabel(/månedsinntekten/).fill('41000')
  await button(page, 'Post all answers').click()
  await status(page, 'Ready to sign')
  await expect(part(page, 'Questions')).toContainText('5 answers')
  // One answer is changed, all are posted.
  await form.getByLabel(/månedsinntekten/).fill('42000')
  await button(page, 'Post all answers').click()
  await expect(form.getByLabel(/månedsinntekten/)).toHaveValue('42000')
  const operation = 'payex-account-application-kyc-answers-create'
  await expect(async () => {
    const [last] = await engine.api.history.list({ bank, operation, limit: 1 })
    const { request } = await engine.api.history.show({ id: last?.id ?? '' })
    expect(JSON.parse(request.body ?? '{}')).toEqual({
      answers: [
        { code: 'IsPep', answerCode: 'IsPepNo' },
        { code: 'FundsOrigin', answerCode: 'FundsOriginOther' },
        { code: 'FundsOriginText', answerCode: 'Arv' },
        { code: 'TaxAbroad', answerCode: 'TaxAbroadNo' },
        { code: 'MonthlyIncome', answerCode: '42000' },
      ],
    })
  }).toPass()
})
