/** What a person sees when something is missing or breaks, and that nothing they did is lost. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { bank, customer, openEngine, prepare, readAccounts } from './engine.ts'
import {
  bodyField,
  fillParameter,
  fillWithExample,
  findings,
  openOperation,
  part,
  response,
  send,
  sendButton,
} from './requests-view.ts'
import { openStandInBank } from './stand-in-bank.ts'
import { enter, go, keyStoreStatus, lockVault, openVault, test, viewNames } from './window.ts'
import { startWorkbench } from './workbench.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

const drafts = (page: Page) => page.getByRole('tablist', { name: 'Open requests' })
const kept = (text: string, recall: () => Promise<unknown>) =>
  expect.poll(async () => JSON.stringify(await recall())).toContain(text)

test('a locked vault is said, asked for and opened in the middle of work', async ({ window: page }) => {
  await openOperation(page, "List the customer's accounts")
  await send(page, /200 OK/)
  await lockVault(page)
  await expect(keyStoreStatus(page)).toContainText('locked')
  await sendButton(page).click()
  await expect(response(page).getByRole('alert')).toContainText(/vault|key store/i)
  await openVault(page)
  await send(page, /200 OK/)
})

test('a sandbox that hangs leaves the window usable, and the call ends as what it is', async ({
  window: page,
  workbench,
}) => {
  const { pid } = JSON.parse(await readFile(join(workbench.home, 'sandbox/running.json'), 'utf8')) as { pid: number }
  await openOperation(page, "List the customer's accounts")
  await expect(findings(page)).toBeVisible()
  process.kill(pid, 'SIGSTOP')
  try {
    await sendButton(page).click()
    await expect(response(page)).toContainText('Waiting for the answer')
    await go(page, 'Errors')
    await expect(page.getByRole('grid', { name: 'Error rows' })).toBeVisible()
    await go(page, 'Requests')
    await expect(response(page)).toContainText('Waiting for the answer')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expect(response(page).getByRole('status').filter({ hasText: '200 OK' })).toBeVisible()
})

test('a call that gets no answer says what that means', async ({ window: page, workbench }) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.hold()
  await openOperation(page, "List the customer's accounts")
  await sendButton(page).click()
  await standIn.arrived()
  await standIn.close()
  await expect(response(page)).toContainText('No answer')
  await expect(response(page)).toContainText('it can be sent again')
})

test('a reload brings open drafts back, as typed', async ({ window: page, engine }) => {
  await openOperation(page, 'Create a payment')
  await fillParameter(page, 'paymentProduct', 'bankgiro')
  await fillWithExample(page, { remittanceInformationUnstructured: 'typed before the reload' })
  await openOperation(page, 'Read one account')
  await fillParameter(page, 'accountId', 'half-typed')
  await kept('half-typed', () => engine.api.workspace.recallWindow())
  await page.reload()
  await expect(drafts(page).getByRole('tab')).toHaveCount(2)
  await expect(page.getByLabel('accountId', { exact: true })).toHaveValue('half-typed')
  await drafts(page)
    .getByRole('tab', { name: /Create a payment/ })
    .click()
  await part(page, /^Body/)
  await expect(bodyField(page)).toContainText('typed before the reload')
  await part(page, /^Params/)
  await expect(page.getByLabel('paymentProduct', { exact: true })).toHaveValue('bankgiro')
})

test('a call in flight survives a crash of the page: it ends in the draft and in History', async ({
  window: page,
  engine,
  workbench,
  context,
}) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.answerWith({ body: '{"accounts":[{"iban":"SE-after-the-crash"}]}' })
  standIn.hold()
  await openOperation(page, "List the customer's accounts")
  await sendButton(page).click()
  await standIn.arrived()
  await kept('"startedAt"', () => engine.api.workspace.recallWindow())
  await page.goto('chrome://crash').catch(() => 'as it should')
  const next = await context.newPage()
  await enter(next, engine)
  await expect(response(next)).toContainText('Waiting for the answer')
  await expect(next.getByRole('contentinfo')).toContainText('1 call under way')
  standIn.letGo()
  await expect(response(next)).toContainText('SE-after-the-crash')
  await go(next, 'History')
  await expect(next.getByRole('grid', { name: 'Exchanges' }).getByRole('row').nth(1)).toContainText('ica-accounts-list')
  await standIn.close()
})

test('a second tab shows the same workbench, and follows what the first one does', async ({
  window: page,
  engine,
  context,
}) => {
  const second = await context.newPage()
  await enter(second, engine)
  await go(second, 'History')
  const rows = second.getByRole('grid', { name: 'Exchanges' })
  const before = Number(await rows.getAttribute('aria-rowcount'))
  await openOperation(page, "List the customer's accounts")
  await send(page, /200 OK/)
  await expect(rows).toHaveAttribute('aria-rowcount', String(before + 1))
})

base('with nothing there yet every view says so, and what to do', async ({ page }) => {
  const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
  const words: Record<(typeof viewNames)[number], RegExp> = {
    Overview: /No certificate yet/,
    Requests: /Call the bank/,
    Registration: /There is no identity yet/,
    Access: /No identity is chosen[\s\S]*No grant yet/,
    Accounts: /No identity is chosen/,
    Funds: /./,
    Payments: /No payment was created here/,
    Recurring: /No mandate was created here/,
    Baskets: /No basket was created here/,
    Errors: /\d+ rows/,
    Keys: /An identity is a QWAC or QSEAL/,
    Banks: /Functional description Production/,
    History: /No exchange yet/,
    Sequence: /No exchange with this bank yet/,
    Report: /Nothing in it is run or sent/,
    Signature: /Nothing chosen yet/,
    'Local sandbox': /Customers of ICA Banken/,
    Settings: /needs a passphrase/,
  }
  await page.goto(await workbench.link())
  for (const view of viewNames) {
    await go(page, view)
    await expect(page.getByRole('main', { name: view }), view).toContainText(words[view])
  }
  await workbench.stop()
})

base(
  'a host that was killed is missed, and a fresh link to the next one finds everything again',
  async ({ page, context }) => {
    const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
    const engine = await openEngine(workbench)
    await prepare(engine.api, { vault: 'open', identities: ['acme'], grants: ['account'] })
    await readAccounts(engine.api)
    await engine.api.workspace.rememberWindow({ bank, guide: null })
    await enter(page, engine)
    await openOperation(page, 'Read one account')
    await fillParameter(page, 'accountId', 'typed before the host died')
    await kept('typed before', () => engine.api.workspace.recallWindow())
    await workbench.kill()
    await expect(page.getByRole('status').filter({ hasText: 'The workbench does not answer' })).toContainText(
      'npm start',
    )
    await workbench.start()
    const next = await context.newPage()
    await next.goto(await workbench.link())
    await expect(next.getByLabel('accountId', { exact: true })).toHaveValue('typed before the host died')
    await openVault(next)
    await go(next, 'History')
    await expect(
      next.getByRole('grid', { name: 'Exchanges' }).getByRole('row', { name: /ica-accounts-list/ }),
    ).toBeVisible()
    await go(next, 'Access')
    await expect(next.getByRole('table', { name: 'Grants' }).getByRole('row', { name: /^account/ })).toBeVisible()
    await expect(next.getByRole('main')).toContainText(customer)
    await workbench.stop()
  },
)

base('a start link opens one browser, once', async ({ page, browser }) => {
  const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
  const link = await workbench.link()
  await page.goto(link)
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  expect(page.url()).not.toContain('start=')
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(link)
  await expect(other.getByRole('heading', { name: /This link was used already/ })).toBeVisible()
  await expect(other.getByText('serve --link')).toBeVisible()
  await stranger.close()
  await workbench.stop()
})
