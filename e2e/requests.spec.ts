/** Requests: finding an operation, filling it in, what is known before it leaves, what came back. */
import { readAccounts } from './engine.ts'
import {
  answer,
  bodyField,
  catalogue,
  fillParameter,
  fillWithExample,
  findings,
  found,
  openOperation,
  part,
  response,
  send,
  sendButton,
  side,
  typeBody,
} from './requests-view.ts'
import { openStandInBank } from './stand-in-bank.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

const tabs = 'Open requests'

test('the catalogue is searched and walked with the keyboard', async ({ window: page }) => {
  await go(page, 'Requests')
  const search = catalogue(page).getByLabel('Search operations')
  await expect(search).toBeVisible()
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await page.keyboard.type('basket sign')
  await expect(catalogue(page).getByRole('button', { name: /^PUT ?Sign a signing basket/ })).toBeVisible()
  await expect(catalogue(page).getByRole('button', { name: /List the customer/ })).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(catalogue(page).getByRole('button', { expanded: true }).first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tablist', { name: tabs }).getByRole('tab', { selected: true })).toContainText(
    'signing basket',
  )
  await page.keyboard.press('/')
  await page.keyboard.type('no operation has this')
  await expect(catalogue(page)).toContainText('No operation of ICA Banken has all these words')
  await expect(found(page)).toHaveText('0 of 22 of ICA Banken')
  await catalogue(page).getByRole('button', { name: 'Clear the search' }).click()
  await expect(search).toHaveValue('')
  await expect(found(page)).toHaveText('22 of ICA Banken')
  await expect(catalogue(page).getByRole('button', { name: /List the customer/ })).toBeVisible()
})

test('open requests are tabs: arrow keys move, a change after sending is marked, Delete closes', async ({
  window: page,
}) => {
  await openOperation(page, 'Read one account')
  await openOperation(page, "List the customer's accounts")
  await part(page, /^Headers/)
  await fillParameter(page, 'PSU-IP-Address', '192.0.2.7')
  await send(page, /200 OK/)
  const list = page.getByRole('tablist', { name: tabs })
  await expect(list).not.toContainText('changed since it was sent')
  await fillParameter(page, 'PSU-IP-Address', '192.0.2.8')
  await expect(list.getByRole('tab', { selected: true })).toContainText('changed since it was sent')
  await list.getByRole('tab', { selected: true }).press('ArrowLeft')
  const front = list.getByRole('tab', { selected: true })
  await expect(front).toContainText('Read one account')
  await expect(front).toBeFocused()
  await front.press('Delete')
  await expect(list.getByRole('tab')).toHaveCount(1)
  await expect(list.getByRole('tab')).toBeFocused()
})

test('parameters say where their value is from and what is wrong with it', async ({ window: page }) => {
  await openOperation(page, 'Create a payment')
  const product = page.getByRole('row', { name: /^paymentProduct/ })
  await expect(product).toContainText('needed')
  const field = product.getByRole('combobox')
  await field.focus()
  await page.keyboard.press('ArrowDown')
  const values = page.getByRole('listbox', { name: 'Values' }).getByRole('option')
  await expect(values).toHaveText([
    'domestic-credit-transfers',
    'bankgiro',
    'plusgiro',
    'cross-border-credit-transfers',
  ])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('bankgiro')
  await expect(values).toHaveCount(0)
  await expect(product).toContainText('yours')
  // Any other value can be typed, to see what the bank says to it.
  await field.fill('of-my-own')
  await expect(product).toContainText('not one of the allowed values')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await field.fill('plusg')
  await expect(values).toHaveText(['plusgiro'])
  await values.click()
  await expect(field).toHaveValue('plusgiro')
  await expect(product).not.toContainText('not one of')
  await part(page, /^Headers/)
  await expect(page.getByRole('row', { name: /^X-Request-ID/ }).first()).toContainText('computed')
  await openOperation(page, 'Send the customer to the bank')
  const ssn = page.getByRole('row', { name: /^ssn/ })
  await ssn.getByRole('combobox').fill('7202022385')
  await expect(ssn).toContainText('does not match the pattern')
  await expect(ssn.getByRole('combobox')).toHaveAttribute('aria-invalid', 'true')
  await ssn.getByRole('combobox').fill('197202022385')
  await expect(ssn).not.toContainText('does not match')
  // A customer of the sandbox is found by name too.
  await ssn.getByRole('combobox').fill('anna')
  await page.getByRole('option', { name: /^197202022385 ?Anna Andersson/ }).click()
  await expect(ssn.getByRole('combobox')).toHaveValue('197202022385')
  await expect(page.getByRole('button', { name: 'Authorise under Access' })).toBeVisible()
})

test('the body is checked by the schema, and what is no JSON is found by its line', async ({ window: page }) => {
  await openOperation(page, 'Create a payment')
  await fillParameter(page, 'paymentProduct', 'domestic-credit-transfers')
  await fillWithExample(page, { requestedExecutionDate: 'tomorrow' })
  const problems = page.getByRole('list', { name: 'Problems of the body' })
  await expect(problems).toContainText('/requestedExecutionDate')
  await expect(page.locator('.cm-lintRange-error')).toHaveText('"tomorrow"')
  await problems.getByRole('button').first().click()
  await expect(bodyField(page)).toBeFocused()
  await typeBody(page, '{\n  "debtorAccount": {}\n  "x": 1\n}')
  await expect(findings(page)).toContainText('not valid JSON: line 3')
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(bodyField(page)).toHaveText('')
})

test('what will be sent is shown before it is sent: redacted, and without what this bank does not ask for', async ({
  window: page,
}) => {
  await openOperation(page, "List the customer's accounts")
  await expect(findings(page)).toContainText(/unattended|PSU-IP-Address/)
  await part(page, /^Will be sent/)
  const headers = page.getByRole('region', { name: 'Will be sent' }).getByRole('table', { name: 'Headers' })
  await expect(headers.getByRole('row', { name: /^Authorization/i })).toContainText(/Bearer (?!\S{16})/)
  await expect(headers.getByRole('row', { name: /^X-Request-ID/i })).toContainText(/[0-9a-f-]{36}/)
  await expect(headers.getByRole('row', { name: /^(Digest|Signature)/i })).toHaveCount(0)
})

test('the schema explains the place of the cursor, by key and under the mouse', async ({ window: page }) => {
  await openOperation(page, 'Create a payment')
  await part(page, /^Body/)
  await typeBody(page, '{\n  "requestedExecutionDate": ""\n}')
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('ControlOrMeta+Shift+Space')
  const explained = page.locator('.cm-documentation')
  await expect(explained).toContainText('requestedExecutionDate')
  await expect(explained).toContainText('string')
  await page.keyboard.press('Escape')
  await expect(explained).toHaveCount(0)
  await bodyField(page).getByText('requestedExecutionDate').hover()
  await expect(explained).toContainText('requestedExecutionDate')
})

test('examples fill what is required and empty, keep what was typed, and can be taken back', async ({
  window: page,
}) => {
  await openOperation(page, 'Create a payment')
  await fillParameter(page, 'paymentProduct', 'bankgiro')
  await page.getByRole('button', { name: 'Fill required' }).click()
  await expect(page.getByLabel('paymentProduct', { exact: true })).toHaveValue('bankgiro')
  await part(page, /^Body/)
  await expect(bodyField(page)).toContainText('debtorAccount')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(bodyField(page)).toHaveText('')
  await typeBody(page, '{"mine": true}')
  await page.getByRole('button', { name: 'Fill with example' }).click()
  await expect(bodyField(page)).not.toContainText('mine')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(bodyField(page)).toHaveText('{"mine": true}')
  await part(page, /^Params/)
  await expect(page.getByLabel('paymentProduct', { exact: true })).toHaveValue('bankgiro')
})

test('a form body is a table of its fields, and the same text underneath', async ({ window: page }) => {
  await openOperation(page, 'Exchange')
  await part(page, /^Body/)
  await page.getByRole('button', { name: 'Fill with example' }).click()
  const form = page.getByRole('table', { name: 'Form fields' })
  await expect(form.getByRole('row', { name: /^grant_type/ })).toContainText('required')
  await fillParameter(page, 'redirect_uri', 'https://tpp.example/back here')
  await page.getByRole('button', { name: 'As text' }).click()
  await expect(bodyField(page)).toHaveValue(/redirect_uri=https%3A%2F%2Ftpp\.example%2Fback\+here/)
})

test('documented answers lead to their error rows', async ({ window: page }) => {
  await openOperation(page, 'Create a payment')
  await part(page, /^About/)
  const about = page.getByRole('region', { name: 'About the operation' })
  await about.getByText('Documented answers').click()
  await expect(about.getByRole('list', { name: 'Errors with status 400' }).getByRole('listitem').first()).toBeVisible()
  const row = about.getByRole('list', { name: 'Errors with status 400' }).getByRole('button').first()
  await row.click()
  await expect(page.getByRole('main', { name: 'Errors' })).toBeVisible()
})

test('what breaks the schema is held back, and goes out on purpose', async ({ window: page }) => {
  await openOperation(page, 'Create a payment')
  await fillParameter(page, 'paymentProduct', 'domestic-credit-transfers')
  await part(page, /^Body/)
  await typeBody(page, '{}')
  await expect(findings(page)).toContainText('Held back.')
  await findings(page).getByRole('button', { name: 'Send anyway' }).click()
  await expect(
    response(page)
      .getByRole('status')
      .filter({ hasText: /400 Bad Request/ }),
  ).toBeVisible()
  await expect(
    response(page)
      .getByRole('button', { name: /^Error row ica-/ })
      .first(),
  ).toBeVisible()
  await findings(page).getByRole('button', { name: 'Hold it back again' }).click()
  await expect(findings(page)).toContainText('Held back.')
})

test('a running call is shown everywhere and can be cancelled', async ({ window: page, workbench }) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.hold()
  await openOperation(page, "List the customer's accounts")
  await sendButton(page).click()
  await standIn.arrived()
  await expect(response(page)).toContainText('Waiting for the answer')
  await expect(page.getByRole('contentinfo')).toContainText('1 call under way')
  await response(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(response(page)).toContainText(/cancelled/i)
  await expect(page.getByRole('contentinfo')).not.toContainText('under way')
  await expect(sendButton(page)).toBeEnabled()
  await standIn.close()
})

test('the answer has its sides: body, headers, TLS, timing, request', async ({ window: page }) => {
  await openOperation(page, "List the customer's accounts")
  await part(page, /^Headers/)
  await fillParameter(page, 'PSU-IP-Address', '192.0.2.7')
  await send(page, /200 OK/)
  const { accounts } = await answer<{ accounts: { iban: string }[] }>(page)
  expect(accounts[0]?.iban).toMatch(/^SE\d{22}$/)
  await response(page).getByRole('button', { name: 'Raw' }).click()
  await expect(response(page).getByRole('region', { name: 'Body of the answer' })).toContainText('{"accounts":[')
  await side(page, 'Headers')
  await expect(response(page).getByRole('row', { name: /^content-type application\/json/i })).toBeVisible()
  await side(page, 'TLS')
  await expect(response(page)).toContainText('TLSv1.3')
  await expect(response(page)).toContainText(/CN=acme|O=acme/)
  await side(page, 'Timing')
  await expect(
    response(page)
      .getByRole('table', { name: 'Timing' })
      .getByRole('row', { name: /^Total/ }),
  ).toContainText('ms')
  await side(page, 'Request')
  await expect(response(page)).toContainText('Sent without a body.')
})

test('a cURL command is copied without the token', async ({ window: page }) => {
  await openOperation(page, "List the customer's accounts")
  await send(page, /200 OK/)
  await response(page).getByRole('button', { name: 'Copy as cURL' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Copied as cURL')
  const search = catalogue(page).getByLabel('Search operations')
  await search.focus()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(search).toHaveValue(/curl --request GET .*Authorization: Bearer/)
  expect(await search.inputValue()).not.toMatch(/Bearer [\w.~+/-]{16}/)
})

test('funds confirmation: grey and blocked in production, simulated in the sandbox', async ({
  window: page,
  engine,
}) => {
  const { accounts } = JSON.parse((await readAccounts(engine.api)).response!.body) as { accounts: { iban: string }[] }
  await openOperation(page, 'Ask whether an amount is available')
  await part(page, /^About/)
  await expect(page.getByRole('region', { name: 'About the operation' })).toContainText('simulated')
  await expect(catalogue(page).getByRole('button', { name: /Ask whether an amount is available/ })).toContainText(
    'simulated',
  )
  await fillWithExample(page, { account: { iban: accounts[0]!.iban } })
  await send(page, /200 OK/)
  expect(await answer(page)).toHaveProperty('fundsAvailable')
  await page.getByLabel('Environment').selectOption('production')
  await expect(page.getByText('PRODUCTION', { exact: true })).toBeVisible()
  await expect(catalogue(page).getByRole('button', { name: /Ask whether an amount is available/ })).toContainText(
    'not offered',
  )
  await expect(findings(page)).toContainText('ICA Banken does not offer ica-funds-confirmation there')
  await expect(sendButton(page)).toBeDisabled()
  await expect(page.getByText('simulated', { exact: true })).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('contentinfo')).not.toContainText('under way')
})

test('a huge answer stays usable', async ({ window: page, workbench }) => {
  const standIn = await openStandInBank(workbench.home)
  const row = { transactionId: 'T', bookingDate: '2026-10-27', transactionAmount: { currency: 'SEK', amount: '-1.00' } }
  const booked = Array.from({ length: 15_000 }, (_, at) => ({ ...row, transactionId: `T-${at}` }))
  standIn.answerWith({ body: JSON.stringify({ transactions: { booked } }) })
  await openOperation(page, "List the customer's accounts")
  await send(page, /200 OK/)
  const body = page.getByRole('region', { name: 'Body of the answer' })
  await expect(body).toContainText('"T-0"')
  await expect(
    response(page)
      .getByRole('status')
      .filter({ hasText: /^[\d,]{6,} lines\./ }),
  ).toBeVisible()
  await body.focus()
  await page.keyboard.press('End')
  await expect(body).toContainText('"T-14999"')
  const before = Date.now()
  await side(page, 'TLS')
  await expect(response(page)).toContainText('TLSv1.3')
  expect(Date.now() - before).toBeLessThan(1000)
  await standIn.close()
})
