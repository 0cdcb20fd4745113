/** Salt Edge's journeys, workshops and support cases, walked in the window: consent, funds, the signature's laboratory, and each refusal with its explanation. */
import type { Locator, Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { atTheBank } from './payment-view.ts'
import {
  chooseBank,
  fillParameter,
  findings,
  openOperation,
  part,
  response,
  send,
  sendButton,
  side,
  typeBody,
} from './requests-view.ts'
import { logOf, openTab, seenCall } from './sandbox-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: [{ name: 'seal', kind: 'QSEAL' }] } })

const bank = 'salt-edge'
const account = 'DE2310010010123456789'
const create = 'Create a consent for funds confirmation'
const readStatus = 'Read the status of a consent'

const consentForm = (page: Page) => page.getByRole('form', { name: 'Ask for the consent' })
const consent = (page: Page) => page.getByRole('region', { name: /^The consent / })
const funds = (page: Page) => page.getByRole('form', { name: 'Ask for the funds' })
const steps = (page: Page) => page.getByRole('region', { name: 'Steps' })
const departures = (page: Page) => page.getByRole('region', { name: 'Departures', exact: true })

/** The first row of the explanation, wherever it is shown. */
const explained = (place: Page | Locator, row: string) =>
  expect(place.getByRole('button', { name: /^Error row / }).first()).toHaveText(`Error row ${row}`)

/** A consent the customer has not seen yet. */
async function ask(api: Api): Promise<{ id: string; resource: string }> {
  await api.requests.send({
    bank,
    operation: 'salt-edge-cof-consent-create',
    parameters: {
      'TPP-Redirect-Preferred': 'true',
      'TPP-Redirect-URI': (await api.access.returnAddress({ bank })).uri,
    },
    body: JSON.stringify({ account: { iban: account } }),
  })
  const [newest] = await api.access.consents({ bank })
  return newest!
}

/** Opens the operation in Requests with the ids it is about. */
async function request(page: Page, title: string, ids: Readonly<Record<string, string>> = {}): Promise<void> {
  await chooseBank(page, bank, 'sandbox')
  await openOperation(page, title)
  for (const [name, value] of Object.entries(ids)) await fillParameter(page, name, value)
  await part(page, /^Headers/)
}

async function leaveOut(page: Page, header: string): Promise<void> {
  await departures(page).getByRole('button', { name: 'Departures' }).click()
  await departures(page).getByRole('combobox', { name: 'Header to leave out' }).fill(header)
  await departures(page).getByRole('button', { name: 'Leave out' }).click()
}

/** Also what the schema holds back. */
async function sendAnyway(page: Page, status: RegExp): Promise<void> {
  const anyway = findings(page).getByRole('button', { name: 'Send anyway' })
  const answer = response(page).getByRole('status').filter({ hasText: status })
  await sendButton(page).click()
  await expect(anyway.or(answer).first()).toBeVisible()
  if (await answer.isVisible()) return
  await anyway.click()
  await send(page, status)
}

/** One that is folded away among the optional ones. */
async function fillHeader(page: Page, name: string, value: string): Promise<void> {
  await page.getByLabel('Filter headers').fill(name)
  await fillParameter(page, name, value)
  await page.getByLabel('Filter headers').fill('')
}

async function askForFunds(page: Page): Promise<void> {
  await funds(page).getByRole('button', { name: 'Ask for the funds' }).click()
  const insist = funds(page).getByRole('button', { name: 'Send it all the same' })
  const answer = page.getByRole('region', { name: 'Exchange salt-edge-funds-confirmation-create' })
  await expect(insist.or(answer).first()).toBeVisible()
  if (await insist.isVisible()) await insist.click()
  await expect(answer).toBeVisible()
}

test('SE-J1 SE-S4 a consent for funds: of no use before the customer agreed, then yes or no, then ended', async ({
  window: page,
}) => {
  await chooseBank(page, bank, 'sandbox')
  await go(page, 'Access')
  await page.getByRole('button', { name: 'New consent' }).click()
  await consentForm(page).getByLabel('IBAN').first().fill(account)
  await expect(consentForm(page).getByLabel('TPP-Redirect-Preferred')).toHaveValue('true')
  await consentForm(page).getByRole('button', { name: 'Ask for the consent' }).click()
  await expect(page.getByRole('region', { name: 'Exchange salt-edge-cof-consent-create' })).toContainText('201 Created')
  await page.getByRole('button', { name: 'Close the form' }).click()
  await expect(consent(page)).toContainText('Salt Edge has the consent, the bank has not.')
  await go(page, 'Funds')
  await funds(page).getByLabel('IBAN').first().fill(account)
  const amount = funds(page).getByRole('group', { name: 'Instructed amount' })
  await amount.getByLabel(/^Currency/).fill('EUR')
  await amount.getByLabel(/^Amount/).fill('1.00')
  await askForFunds(page)
  await explained(page, 'salt-edge-consent-invalid')
  await go(page, 'Overview')
  await page.getByRole('button', { name: /^Have it authorised: Consent/ }).click()
  await atTheBank(
    page,
    () => consent(page).getByRole('button', { name: 'Authorise', exact: true }).first().click(),
    (customersPage) => customersPage.getByRole('button', { name: 'Bank app' }).click(),
  )
  await page.getByRole('button', { name: 'Follow its status' }).click()
  await expect(consent(page).getByRole('status').filter({ hasText: 'It can be used now' })).toBeVisible()
  await go(page, 'Funds')
  await askForFunds(page)
  await expect(page.getByText('Yes, the funds are available')).toBeVisible()
  await amount.getByLabel(/^Amount/).fill('99999.00')
  await askForFunds(page)
  await expect(page.getByText('No, the funds are not available')).toBeVisible()
  await go(page, 'Access')
  await consent(page).getByRole('button', { name: 'Delete at the bank …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(consent(page).getByRole('status').filter({ hasText: 'Ended by the TPP' })).toBeVisible()
  await go(page, 'Funds')
  await expect(page.getByLabel('Consent', { exact: true })).toContainText('terminatedByTpp')
  await askForFunds(page)
  await explained(page, 'salt-edge-consent-invalid')
  await expect(page.getByRole('main')).toContainText('terminatedByTpp')
})

test('SE-J2 signature lab: body, digest, signing string and signature before it leaves, then each element changed', async ({
  window: page,
  engine,
}) => {
  await request(page, create)
  await page.getByRole('button', { name: 'Fill required' }).click()
  await fillHeader(page, 'TPP-Redirect-URI', (await engine.api.access.returnAddress({ bank })).uri)
  await part(page, /^Body/)
  await typeBody(page, JSON.stringify({ account: { iban: account } }))
  await part(page, /^Will be sent/)
  const sent = page.getByRole('region', { name: 'Will be sent', exact: true })
  await expect(sent.getByRole('region', { name: 'Body to be sent' })).toBeVisible()
  const lines = sent.getByRole('list', { name: 'Lines that are signed' }).getByRole('listitem')
  await expect(lines).toHaveText([/^1?digest: SHA-256=/, /date: /, /x-request-id: /])
  const digest = await sent.getByRole('row', { name: /^Digest / }).innerText()
  expect(await lines.first().innerText()).toContain(digest.replace(/^Digest\s+/, '').trim())
  await expect(sent.getByRole('row', { name: /^Signature / })).toContainText('Signature keyId="SN=')
  await send(page, /201/)
  await side(page, 'Signature')
  await page.getByRole('button', { name: 'Take it apart in Signature' }).click()
  await expect(steps(page)).toContainText('No difference')
  await expect(steps(page)).toContainText('The signature verifies')
  await steps(page).getByText('Digests to know by sight').click()
  await expect(steps(page)).toContainText('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
  await expect(steps(page)).toContainText('RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=')
  await page.getByText('Try changes on it').click()
  const first = steps(page).getByRole('alert').first()
  for (const [change, difference] of [
    ['One blank more behind the body', 'Wrong digest of these bytes'],
    ['Digest of the empty string', 'Digest of the empty string'],
    ['Digest of {}', 'Wrong digest of these bytes'],
    ['Date a day earlier', 'Does not verify'],
    ['Another X-Request-ID', 'Does not verify'],
    ['Last name left out of headers', 'Missing header'],
    ['Names in headers turned round', 'Order'],
    ['Serial number in decimal', 'Decimal serial number'],
    ['Subject in place of the issuer', 'Subject for issuer'],
    ['algorithm in capitals', 'Wrong algorithm word'],
    ['One sign of the signature changed', 'Does not verify'],
    ['Quotes taken away by a shell', 'Quotes inside quotes'],
    ['Without the word Signature in front', 'Scheme word'],
    ['No signature', 'No signature'],
    ['DER for PEM, or PEM for DER', 'DER for PEM'],
    ['No certificate', 'No certificate'],
  ] as const) {
    await page.getByRole('checkbox', { name: change }).check()
    await expect(first, change).toContainText(`First difference: ${difference}`)
    await page.getByRole('checkbox', { name: change }).uncheck()
    await expect(steps(page), change).toContainText('No difference')
  }
  // What the sandbox says: the same signed anew is taken, and with the one change refused.
  await page.getByRole('button', { name: 'Send it once more' }).click()
  await expect(steps(page).getByRole('region', { name: /^Exchange / })).toContainText('201 Created')
  await page.getByRole('checkbox', { name: 'Another X-Request-ID' }).check()
  await page.getByRole('button', { name: 'Send it so' }).click()
  await explained(steps(page), 'salt-edge-signature-invalid')
  await openTab(page, 'Log')
  await logOf(page).getByRole('row').nth(2).click()
  await expect(seenCall(page)).toContainText('Character for character what was signed here.')
})

test('SE-S1 SignatureInvalid only on POST: the digest of the empty string, copied from the documentation', async ({
  window: page,
  engine,
}) => {
  const { resource } = await ask(engine.api)
  const copied = 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
  await request(page, readStatus, { consent_id: resource })
  await fillParameter(page, 'Digest', copied)
  await send(page, /200/)
  await request(page, create)
  await page.getByRole('button', { name: 'Fill required' }).click()
  await fillHeader(page, 'TPP-Redirect-URI', (await engine.api.access.returnAddress({ bank })).uri)
  await fillParameter(page, 'Digest', copied)
  await sendAnyway(page, /401/)
  await explained(response(page), 'salt-edge-signature-invalid')
  await side(page, 'Signature')
  await page.getByRole('button', { name: 'Take it apart in Signature' }).click()
  await expect(steps(page).getByRole('alert').first()).toContainText('First difference: Digest of the empty string')
})

test('SE-S2 SignatureMalformed from curl: nested quotes', async ({ window: page, engine }) => {
  const { resource } = await ask(engine.api)
  const exchange = await engine.api.requests.send({
    bank,
    operation: 'salt-edge-cof-consent-status',
    parameters: { consent_id: resource },
  })
  const headers = exchange.request.headers.map(([name, value]) => `-H "${name}: ${value}"`)
  await go(page, 'Signature')
  await page
    .getByRole('textbox', { name: 'Request or report' })
    .fill(`curl -X GET "${exchange.request.url}" ${headers.join(' ')}`)
  await page.getByRole('button', { name: 'Take apart' }).click()
  await expect(steps(page).getByRole('alert').first()).toContainText('First difference: Quotes inside quotes')
  // What a shell makes of it, and what the bank says to that.
  await page.getByLabel('Exchange of your own').selectOption(exchange.id)
  await page.getByText('Try changes on it').click()
  await page.getByRole('checkbox', { name: 'Quotes taken away by a shell' }).check()
  await page.getByRole('button', { name: 'Send it so' }).click()
  await explained(steps(page), 'salt-edge-signature-malformed')
})

test('SE-W1 no Signature header', async ({ window: page }) => {
  await request(page, readStatus, { consent_id: '1' })
  await leaveOut(page, 'Signature')
  await sendAnyway(page, /401/)
  await explained(response(page), 'salt-edge-signature-missing')
})

test('SE-W2 no certificate', async ({ window: page }) => {
  await request(page, readStatus, { consent_id: '1' })
  await leaveOut(page, 'TPP-Signature-Certificate')
  await sendAnyway(page, /401/)
  await explained(response(page), 'salt-edge-certificate-missing')
})

/** Typed in Requests over what signing would make. */
const typed = [
  ['SE-W3 AAAA as certificate', 'TPP-Signature-Certificate', 'AAAA', 'salt-edge-certificate-invalid'],
  ['SE-W4 keyId=abc', 'Signature', 'Signature keyId=abc', 'salt-edge-signature-malformed'],
  ['SE-W5 another Date', 'Date', 'Wed, 18 Dec 2019 11:25:59 GMT', 'salt-edge-signature-invalid'],
] as const
for (const [title, header, value, row] of typed)
  test(title, async ({ window: page }) => {
    await request(page, readStatus, { consent_id: '1' })
    await fillParameter(page, header, value)
    await sendAnyway(page, /401/)
    await explained(response(page), row)
  })

test('SE-W6 TPP-Redirect-Preferred: maybe', async ({ window: page }) => {
  await request(page, create)
  await page.getByRole('button', { name: 'Fill required' }).click()
  await fillParameter(page, 'TPP-Redirect-Preferred', 'maybe')
  await sendAnyway(page, /400/)
  await explained(response(page), 'salt-edge-bad-request')
})

test('SE-W7 consent 999999', async ({ window: page }) => {
  await request(page, readStatus, { consent_id: '999999' })
  await sendAnyway(page, /401/)
  await explained(response(page), 'salt-edge-consent-unknown')
})

test('SE-W8 authorisation 0', async ({ window: page, engine }) => {
  const { resource } = await ask(engine.api)
  await request(page, 'Read the SCA status of a consent', { consent_id: resource, authorisation_id: '0' })
  await sendAnyway(page, /404/)
  await explained(response(page), 'salt-edge-resource-unknown')
})

test('SE-S3 CertificateInvalid: DER for PEM, line feeds, an expired certificate', async ({ window: page, engine }) => {
  const { resource } = await ask(engine.api)
  const { id, request: was } = await engine.api.requests.send({
    bank,
    operation: 'salt-edge-cof-consent-status',
    parameters: { consent_id: resource },
  })
  await go(page, 'Signature')
  await page.getByLabel('Exchange of your own').selectOption(id)
  await page.getByText('Try changes on it').click()
  await page.getByRole('checkbox', { name: 'DER for PEM, or PEM for DER' }).check()
  await expect(steps(page).getByRole('alert').first()).toContainText('First difference: DER for PEM')
  await page.getByRole('button', { name: 'Send it so' }).click()
  await explained(steps(page), 'salt-edge-certificate-invalid')
  await page.getByRole('button', { name: 'Paste a request instead' }).click()
  const headers = was.headers.map(([name, value]) => ({
    name,
    value: /certificate/i.test(name) ? value.replaceAll(/.{64}/g, '$&\n') : value,
  }))
  const har = { log: { entries: [{ request: { method: was.method, url: was.url, headers } }] } }
  await page.getByRole('textbox', { name: 'Request or report' }).fill(JSON.stringify(har))
  await page.getByRole('button', { name: 'Take apart' }).click()
  await expect(steps(page).getByRole('alert').first()).toContainText('First difference: Line feeds in the certificate')
  const { id: expired } = await engine.api.keys.order({ name: 'old', kind: 'QSEAL', profile: 'expired' })
  await page.getByRole('banner').getByLabel('identity').selectOption(expired)
  await request(page, readStatus, { consent_id: resource })
  await sendAnyway(page, /401/)
  await explained(response(page), 'salt-edge-certificate-invalid')
  await expect(response(page).getByRole('listitem').filter({ hasText: 'The certificate has expired' })).toContainText(
    'proven',
  )
})
