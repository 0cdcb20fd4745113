/** History: every exchange, found again, compared, sent anew, deleted; calls under way can be stopped. */
import { test as base, type Page } from '@playwright/test'
import { bank, openEngine, prepare, readAccounts } from './engine.ts'
import { examine } from './examine.ts'
import { comparison, damageIndex, exchange, multiplyHistory, row, search, table } from './history-view.ts'
import { response, send, side } from './requests-view.ts'
import { openStandInBank } from './stand-in-bank.ts'
import { expect, go, lockVault, openVault, test, typePassphrase } from './window.ts'
import { startWorkbench } from './workbench.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

const parameters = { 'PSU-IP-Address': '192.0.2.7' }
const rows = (page: Page) => table(page).getByRole('row')
const notice = (page: Page) => page.getByRole('region', { name: 'Notifications' })

test('exchanges come in above as they are made, and what is open stays open', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'History')
  await expect(exchange(page)).toContainText('Choose an exchange')
  await row(page, /POST.*ica-register-client/).click()
  await expect(exchange(page).getByRole('heading', { level: 2 })).toContainText('ica-register-client')
  const before = Number(await table(page).getAttribute('aria-rowcount'))
  await readAccounts(engine.api)
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(before + 1))
  await expect(table(page).getByRole('row', { selected: true })).toContainText('ica-register-client')
})

test('words and filters are asked of the engine and narrow the list down', async ({ window: page, engine }) => {
  const { explanations } = await engine.api.requests.send({
    bank,
    operation: 'ica-account-details',
    parameters: { ...parameters, accountId: 'terminated' },
  })
  await go(page, 'History')
  await search(page).fill('account-det')
  await expect(row(page, /ica-register-client/)).toHaveCount(0)
  await page.getByLabel('Status', { exact: true }).selectOption('4xx refused')
  await page.getByLabel('Error row', { exact: true }).selectOption(explanations[0]!.errorId)
  await page.getByLabel('Time', { exact: true }).selectOption('Last hour')
  await page.getByLabel('Identity of the exchange').selectOption('acme')
  await page.getByLabel('Bank of the exchange').selectOption('ICA Banken')
  await expect(row(page, /ica-account-details/)).toBeVisible()
  await search(page).press('ArrowDown')
  await expect(exchange(page)).toContainText(explanations[0]!.title)
  await page.getByLabel('Fault', { exact: true }).selectOption('Only with a fault')
  await expect(page.getByRole('main')).toContainText('No exchange has all of this')
  await page.getByRole('button', { name: 'Show all' }).first().click()
  await expect(row(page, /ica-register-client/)).toBeVisible()
  await page.getByLabel('Time', { exact: true }).selectOption('Between days …')
  await page.getByLabel('Last day').fill('2020-01-01')
  await expect(page.getByRole('main')).toContainText('No exchange has all of this')
  await page.getByLabel('Last day').fill('2099-01-01')
  await expect(row(page, /ica-register-client/)).toBeVisible()
})

test('an exchange shows all its sides, without its secrets, and opens as the request it was', async ({
  window: page,
  engine,
}) => {
  await engine.api.requests.send({ bank, operation: 'ica-accounts-list', parameters, headers: { 'X-Own': 'mine' } })
  await go(page, 'History')
  await row(page, /ica-oauth-token/).click()
  await page.getByRole('tab', { name: 'Body', exact: true }).click()
  await expect(exchange(page)).toContainText('"access_token"')
  await expect(exchange(page)).not.toContainText(/"(access|refresh)_token": "[\w.-]{16}/)
  await row(page, /GET.*ica-accounts-list/).click()
  await page.getByRole('button', { name: 'Open as request' }).click()
  await send(page, /200 OK/)
  await expect(response(page)).toContainText('SE')
  await side(page, 'Headers')
  await expect(response(page)).toContainText('mine')
})

test('a call under way is listed with its time and can be stopped', async ({ window: page, engine, workbench }) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.hold()
  const draft = { bank, operation: 'ica-accounts-list', parameters }
  const sent = engine.api.requests.dispatch({ call: 'slow', draft }).catch((fault: Error) => fault)
  await standIn.arrived()
  await go(page, 'History')
  const cancel = page.getByRole('button', { name: 'Cancel ica-accounts-list' })
  await cancel.click()
  await expect(cancel).toBeHidden()
  expect(await sent).toMatchObject({ code: 'CANCELLED' })
  await expect(row(page, /ica-accounts-list.*CANCELLED/)).toBeVisible()
  await standIn.close()
})

test('two exchanges stand side by side, what differs marked, chosen with the keyboard alone', async ({
  window: page,
  engine,
  workbench,
}) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.answerWith({ body: '{"accounts":[{"iban":"SE1","balance":10}],"page":1}' })
  await readAccounts(engine.api)
  standIn.answerWith({
    status: 429,
    headers: { 'content-type': 'application/json', 'retry-after': '7' },
    body: '{"accounts":[{"iban":"SE1","balance":12345678901234567890}],"page":1}',
  })
  await readAccounts(engine.api)
  await standIn.close()
  await go(page, 'History')
  await search(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(exchange(page)).toContainText('429')
  await exchange(page).getByRole('button', { name: 'Compare with …' }).focus()
  await page.keyboard.press('Enter')
  await expect(table(page)).toBeFocused()
  await expect(page.getByRole('main')).toContainText('Choose the other exchange')
  await page.keyboard.press('ArrowDown')
  const differing = (name: string) => comparison(page).getByRole('row', { name: new RegExp(`differs: ${name}`) })
  await expect(differing('Status')).toContainText('429 Too Many Requests')
  await expect(differing('/accounts/0/balance')).toContainText('12345678901234567890')
  await expect(differing('retry-after')).toContainText('none')
  await expect(comparison(page).getByRole('row', { name: /^\/accounts\/0\/iban/ })).toContainText('SE1')
  await expect(comparison(page)).toContainText('Wait')
  await page.getByRole('button', { name: 'Only differences' }).click()
  await expect(comparison(page).getByRole('row', { name: /^\/accounts\/0\/iban/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Only differences' }).click()
  await page.keyboard.press('Escape')
  await expect(comparison(page)).toBeHidden()
  await search(page).focus()
  await page.keyboard.press('ArrowUp')
  await expect(exchange(page)).toContainText('429')
  await page.getByRole('button', { name: 'Compare with previous' }).click()
  await expect(differing('Status')).toContainText(/200 OK.*429/)
  await page.getByRole('button', { name: 'Swap sides' }).click()
  await expect(differing('Status')).toContainText(/429.*200 OK/)
  await page.getByRole('button', { name: 'Close comparison' }).click()
})

test('two marked exchanges are compared, the older one on the left', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'History')
  await row(page, /ica-accounts-list/).click()
  await page.keyboard.press('Space')
  await row(page, /ica-register-client/)
    .getByRole('checkbox')
    .check()
  await page.getByRole('button', { name: 'Compare both' }).click()
  await expect(comparison(page).getByRole('columnheader', { name: /^Left/ })).toContainText('ica-register-client')
  await page.getByRole('button', { name: 'Close comparison' }).click()
  await page.getByRole('button', { name: 'Unmark' }).click()
})

test('a reading call is sent again at once, anything else only after asking', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'History')
  await row(page, /GET.*ica-accounts-list/).click()
  const before = Number(await table(page).getAttribute('aria-rowcount'))
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(before + 1))
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  await engine.api.requests.send({
    bank,
    operation: 'ica-payment-create',
    parameters: { ...parameters, paymentProduct: 'bankgiro' },
    body: '{}',
    insist: true,
  })
  await row(page, /POST.*ica-payment-create/).click()
  await page.getByRole('button', { name: 'Send again' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('what it did once it may do twice')
  await expect(dialog.getByRole('button', { name: 'Do not send' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(before + 2))
  await page.getByRole('button', { name: 'Send again' }).click()
  await dialog.getByRole('button', { name: 'Send again' }).click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(before + 3))
})

test('a call whose secret was not kept is not sent as half of itself', async ({ window: page }) => {
  await go(page, 'History')
  await row(page, /ica-oauth-token/).click()
  await page.getByRole('button', { name: 'Send again' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('It cannot be sent as it was')
  await dialog.getByRole('button', { name: 'Open as request' }).click()
  await expect(notice(page)).toContainText('The request is not whole')
})

test('a signature is shown byte for byte, and why there is none where there is none', async ({
  window: page,
  engine: { api },
}) => {
  const { override } = await api.banks.environment({ bank, environment: 'sandbox' })
  await readAccounts(api)
  await api.banks.setEnvironment({
    bank,
    environment: 'sandbox',
    override: {
      ...override,
      signing: {
        scheme: 'http-signature',
        algorithms: ['rsa-sha256', 'ecdsa-sha256'],
        keyId: 'serial-issuer-one-line',
        signedHeaders: ['digest', 'date', 'x-request-id', 'x-note'],
        whenPresent: ['x-note'],
        prefix: '',
        digest: 'SHA-256',
        certificate: { header: 'TPP-Signature-Certificate', form: 'base64-der' },
        nonAscii: 'rfc2047',
      },
    },
  })
  const headers = { 'X-Note': 'a\tb é', Digest: 'SHA-256=AAAA' }
  await api.requests.send({ bank, operation: 'ica-accounts-list', parameters, headers })
  await api.banks.setEnvironment({ bank, environment: 'sandbox', override })
  await go(page, 'History')
  await row(page, /ica-accounts-list/).click()
  await side(page, 'Signature')
  const lines = page.getByRole('list', { name: 'Lines of the signing string' }).getByRole('listitem')
  await expect(lines.nth(0)).toContainText('digest: SHA-256=AAAA')
  await expect(lines.nth(3).getByTitle('tab (U+0009)')).toBeVisible()
  await expect(lines.nth(3).getByTitle('not ASCII (U+00E9)')).toBeVisible()
  await expect(exchange(page)).toContainText('The digest does not fit the body')
  await expect(exchange(page)).toContainText('Set by hand: digest')
  await expect(page.getByRole('table', { name: 'Signed headers' })).toContainText('as sent')
  await expect(exchange(page)).toContainText('DN: issuer')
  await page.keyboard.press('Tab')
  await examine(page, 'signature')
  await table(page).press('ArrowDown')
  await side(page, 'Signature')
  await expect(exchange(page)).toContainText('The bank asks for no signature.')
})

test('bodies that are sealed say so, with the button that opens the key store', async ({ window: page, engine }) => {
  await readAccounts(engine.api)
  await go(page, 'History')
  await row(page, /ica-accounts-list/).click()
  await lockVault(page)
  await expect(page.getByRole('main')).toContainText('The key store is locked')
  await expect(exchange(page)).toContainText('The bodies are sealed')
  await exchange(page).getByRole('button', { name: 'Open the key store' }).click()
  await typePassphrase(page)
  await expect(exchange(page)).not.toContainText('The bodies are sealed')
  await side(page, 'Body')
  await expect(exchange(page)).toContainText('SE')
})

test('one and some are deleted after asking, and what went is said', async ({ window: page, engine }) => {
  for (let each = 0; each < 3; each += 1) await readAccounts(engine.api)
  await go(page, 'History')
  await row(page, /ica-accounts-list/).click()
  const before = Number(await table(page).getAttribute('aria-rowcount'))
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Delete 1 exchange?')
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Delete 1 exchange' }).click()
  await expect(notice(page)).toContainText('1 exchange deleted')
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(before - 1))
  await expect(table(page).getByRole('row', { selected: true })).toHaveCount(1)
  for (const at of [1, 2]) await rows(page).nth(at).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Delete marked' }).click()
  await dialog.getByRole('button', { name: 'Delete 2 exchanges' }).click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(before - 3))
})

test('axe finds nothing and nothing is cut: list, marks, comparison, dialogs', async ({ window: page, engine }) => {
  test.setTimeout(120_000)
  for (let each = 0; each < 2; each += 1) await readAccounts(engine.api)
  await go(page, 'History')
  await row(page, /ica-accounts-list/).click()
  await page.getByLabel('Time', { exact: true }).selectOption('Between days …')
  await page.keyboard.press('Tab')
  await row(page, /ica-register-client/)
    .getByRole('checkbox')
    .check()
  await examine(page, 'list')
  await page.getByRole('button', { name: 'Compare with previous' }).click()
  await expect(comparison(page)).toBeVisible()
  await examine(page, 'comparison')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Kept/ }).click()
  await examine(page, 'retention')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Delete all/ }).click()
  await examine(page, 'delete-all')
  await page.keyboard.press('Escape')
  await search(page).fill('nothing-has-this')
  await expect(page.getByRole('main')).toContainText('No exchange has all of this')
  await examine(page, 'nothing-found')
})

test('how long exchanges are kept is set, with what it deletes said first', async ({ window: page, engine }) => {
  for (let each = 0; each < 4; each += 1) await readAccounts(engine.api)
  await go(page, 'History')
  await page.getByRole('button', { name: 'Kept for ever …' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Days').fill('0')
  await expect(dialog.getByRole('alert')).toContainText('A whole number from 1')
  await dialog.getByLabel('Days').fill('90')
  await expect(dialog.getByRole('status')).toContainText('Nothing is deleted now.')
  await dialog.getByLabel('Exchanges').fill('3')
  await expect(dialog.getByRole('status')).toContainText(/\d+ exchanges will be deleted at once/)
  await dialog.getByLabel('Exchanges').press('Enter')
  await expect(page.getByRole('button', { name: 'Kept 90 days, 3 at most …' })).toBeVisible()
  await expect(table(page)).toHaveAttribute('aria-rowcount', '4')
  await engine.api.history.keepFor({ days: null, count: null })
})

test('a hundred thousand exchanges scroll without an end, and are found and deleted', async ({
  window: page,
  engine,
  workbench,
}) => {
  test.setTimeout(120_000)
  await readAccounts(engine.api)
  multiplyHistory(workbench.home, 100_000)
  await go(page, 'History')
  await expect(page.getByRole('banner')).toBeVisible()
  await table(page).focus()
  for (let loaded = 200, next = 0; loaded < 5000; loaded = next) {
    await page.keyboard.press('End')
    await expect
      .poll(async () => {
        next = Number(await table(page).getAttribute('aria-rowcount'))
        return next
      })
      .toBeGreaterThan(loaded)
  }
  // Only what is in sight is in the page.
  expect(await rows(page).count()).toBeLessThan(80)
  await page.getByLabel('Operation', { exact: true }).selectOption('even-operation')
  await expect(rows(page).nth(1)).toContainText('even-operation')
  await expect(page.getByRole('main')).toContainText(/200 or more of 100,\d+ exchanges/)
  await page.getByRole('button', { name: 'Delete all …' }).click()
  const dialog = page.getByRole('dialog')
  const remove = dialog.getByRole('button', { name: 'Delete everything' })
  await expect(remove).toBeDisabled()
  await dialog.getByLabel(/delete all/).fill('delete all')
  await remove.click()
  await expect(notice(page)).toContainText(/100,\d+ exchanges deleted/, { timeout: 30_000 })
  await page.getByRole('button', { name: 'Show all' }).first().click()
  await expect(page.getByRole('main')).toContainText('No exchange yet')
})

base('a damaged history is put aside, said, and what can be read of it comes back', async ({ page }) => {
  const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
  const engine = await openEngine(workbench)
  await prepare(engine.api, { vault: 'open', identities: ['acme'], grants: ['account'] })
  const kept = (await engine.api.history.list({})).length
  await workbench.kill()
  damageIndex(workbench.home)
  await workbench.start()
  await page.goto(await workbench.link())
  await openVault(page)
  await go(page, 'History')
  const main = page.getByRole('main')
  await page.getByLabel('Bank of the exchange').selectOption('ICA Banken')
  await expect(main).toContainText('A damaged history was put aside')
  await expect(main).toContainText('history.sqlite.corrupt-')
  await page.getByRole('button', { name: 'Bring back what can be read' }).click()
  await expect(notice(page)).toContainText(`${kept} exchanges brought back`)
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click()
  await expect(main).not.toContainText('A damaged history was put aside')
  await page.getByRole('button', { name: 'Show all' }).first().click()
  await expect(row(page, /ica-register-client/)).toBeVisible()
  await workbench.stop()
})
