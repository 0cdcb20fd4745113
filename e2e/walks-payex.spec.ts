/** What a workshop breaks and what support is asked about at the PayEx ledger: each refusal met in Applications and explained there. */
import type { Page } from '@playwright/test'
import {
  choose,
  explainedAs,
  openCase,
  order,
  payexBank,
  read,
  sendAnyway,
  sign,
  statusOf,
  swedishAnswers,
} from './payex.ts'
import { exchange } from './payment-view.ts'
import { answer, bodyField, chooseBank, part, response, send, side, typeBody } from './requests-view.ts'
import { type Watch, watchPage } from './watched-page.ts'
import { enter, expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open' } })

let page: Page
let watch: Watch

test.beforeAll(async ({ browser, engine }) => {
  page = await (await browser.newContext()).newPage()
  watch = watchPage(page)
  await engine.api.workspace.rememberWindow({ bank: payexBank, guide: null })
  await enter(page, engine)
  await chooseBank(page, payexBank, 'sandbox')
})
test.beforeEach(() => go(page, 'Applications'))
test.afterEach(() => expect(watch.complaints).toEqual([]))
test.afterAll(() => page.context().close())

/** The editor closes brackets by itself while it is still drawing what was there. */
const writeBody = (body: unknown) =>
  expect(async () => {
    await typeBody(page, JSON.stringify(body, null, 2))
    expect(JSON.parse(await bodyField(page).innerText())).toEqual(body)
  }).toPass()

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })

test('PX-W created twice: the second application is refused, whatever its kind', async ({ engine }) => {
  await choose(page, await openCase(engine.api, 'sven-svensson', 'created'))
  await read(page)
  await page.getByText('Begin or read another one').click()
  await button('Begin: New credit account').click()
  const refused = exchange(page, 'payex-account-application-create')
  await expect(refused).toContainText('409')
  await explainedAs(refused, 'payex-application-exists', 'This pre-authorization has its application already.')
  await button('Begin: Higher limit').click()
  await explainedAs(exchange(page, 'payex-limit-upgrade-create'), 'payex-application-exists', 'already')
})

test('PX-W GET before POST: there is no application to read yet', async ({ engine }) => {
  await choose(page, await openCase(engine.api, 'sven-svensson', 'identified'))
  await button('Read: New credit account').click()
  const refused = exchange(page, 'payex-account-application-get')
  await expect(refused).toContainText('404')
  await explainedAs(refused, 'payex-not-found-account-application', 'account application')
})

test('PX-W verify first: nothing is signed that could be verified', async ({ engine }) => {
  await choose(page, await openCase(engine.api, 'sven-svensson', 'created'))
  await read(page)
  await sendAnyway(page, 'Verify the application')
  const refused = exchange(page, 'payex-account-application-verify')
  await expect(refused).toContainText('409')
  await explainedAs(refused, 'payex-invalid-state', 'not at the point where this call is possible')
  await expect(statusOf(page)).toContainText('Information missing')
})

test('PX-W create before authentication: the customer is not identified', async ({ engine }) => {
  await choose(page, await openCase(engine.api, 'sven-svensson', 'token'))
  await button('Begin: New credit account').click()
  const refused = exchange(page, 'payex-account-application-create')
  await expect(refused).toContainText('409')
  await explainedAs(refused, 'payex-invalid-state-targeted', 'The customer has not been identified')
})

test('PX-W Kalp on the SE ledger: the page belongs to Denmark', async ({ engine }) => {
  await choose(page, await openCase(engine.api, 'sven-svensson', 'created'))
  await read(page)
  await sendAnyway(page, 'Fill in the Kalp form')
  const refused = exchange(page, 'payex-account-application-redirect-kalp-dk')
  await expect(refused).toContainText('409')
  await explainedAs(refused, 'payex-invalid-state-operation', 'This application has no Kalp page, or not now.')
})

test('PX-W answerCode Nope: changed in Requests, refused, and Problems says where', async ({ engine }) => {
  await choose(page, await openCase(engine.api, 'sven-svensson', 'created'))
  await read(page)
  const form = page.getByRole('form', { name: 'Questions to the customer' })
  await form.getByRole('radio', { name: 'Nej' }).first().check()
  await form.getByRole('button', { name: 'Open as request' }).click()
  await part(page, /^Body/)
  await expect(bodyField(page)).toContainText('IsPepNo')
  await writeBody({ answers: [{ code: 'IsPep', answerCode: 'Nope' }] })
  await send(page, /400/)
  await side(page, 'Explanation')
  await explainedAs(response(page), 'payex-validation', 'Problems')
  const { Problems } = await answer<{ Problems: Record<string, string[]> }>(page)
  expect(JSON.stringify(Problems)).toContain('Nope')
})

test('PX-W ownerNo 0: there is no such ledger', async ({ engine }) => {
  await choose(page, await openCase(engine.api, 'sven-svensson', 'identified'))
  await page.getByRole('textbox', { name: 'Owner no' }).fill('0')
  await button('Begin: New credit account').click()
  const refused = exchange(page, 'payex-account-application-create')
  await expect(refused).toContainText('404')
  await explainedAs(
    refused,
    'payex-not-found-pre-authorization',
    'The token leads to no pre-authorization on this ledger.',
  )
})

test('PX-W fault → payex-fatal: something failed at PayEx, and a read tells what was done', async ({ engine }) => {
  const one = await openCase(engine.api, 'sven-svensson', 'created')
  await choose(page, one)
  await read(page)
  await engine.api.sandbox.switches({ tenant: one.tenant, set: { [payexBank]: ['fatal'] } })
  await button('Read again').click()
  const refused = exchange(page, 'payex-account-application-get')
  await expect(refused).toContainText('500')
  await explainedAs(refused, 'payex-fatal', 'Something failed at PayEx.')
  await engine.api.sandbox.switches({ tenant: one.tenant, set: {} })
  await button('Read again').click()
  await expect(refused).toContainText('200')
})

/** Customer, seconds until then, what is shown on the way there, and at the end. */
const hints = [
  ['stina-sovande', 31, ['OutstandingTransaction', 'Waiting for BankID'], ['StartFailed', 'App not started']],
  ['lars-letar', 181, ['Started', 'App opened'], ['ExpiredTransaction', 'Time ran out']],
  ['tilda-tveksam', 181, ['UserSign', 'To be signed'], ['ExpiredTransaction', 'Time ran out']],
  ['cecilia-sparrad', 6, null, ['CertificateErr', 'BankID not usable']],
  ['ulla-angrar', 9, null, ['UserCancel', 'Cancelled by the customer']],
  ['kalle-krock', 6, null, ['Cancelled', 'Cancelled']],
] as const

for (const [customer, seconds, pending, [hint, name]] of hints)
  test(`PX-W hint ${pending === null ? '' : `${pending[0]}, then `}${hint}: what ${customer} does`, async ({
    engine,
  }) => {
    const one = await openCase(engine.api, customer, 'answered')
    await choose(page, one)
    await read(page)
    await sign(page)
    if (pending !== null) {
      await one.clock(pending[0] === 'OutstandingTransaction' ? 0 : 7)
      await expect(order(page)).toContainText(`Hint${pending[0]}`)
      await expect(order(page).getByRole('status').first()).toContainText(pending[1])
    }
    await one.clock(seconds)
    await expect(order(page)).toContainText(`Hint${hint}`)
    await expect(order(page).getByRole('status').first()).toContainText(name)
    await expect(statusOf(page)).toContainText('Not signed')
  })

test('PX-S1 the QR code was never scanned: the hint says so, and signing begins again', async ({ engine }) => {
  const one = await openCase(engine.api, 'stina-sovande', 'answered')
  await choose(page, one)
  await read(page)
  await sign(page)
  await one.clock(31)
  await expect(order(page)).toContainText('The app was not started, or the QR code not scanned, in time.')
  await expect(order(page).getByRole('img')).toHaveCount(0)
  await expect(statusOf(page)).toContainText('Not signed')
  await sign(page)
  await expect(order(page)).toContainText('HintOutstandingTransaction')
  await expect(statusOf(page)).toContainText('Signing begun')
  await button('Cancel the order').click()
  await expect(order(page)).toContainText('HintCancelled')
})

test('PX-S2 a 409 on verify: the customer has not signed yet', async ({ engine }) => {
  const one = await openCase(engine.api, 'tilda-tveksam', 'answered')
  await choose(page, one)
  await read(page)
  await sign(page)
  await expect(statusOf(page)).toContainText('Signing begun')
  await sendAnyway(page, 'Verify the application')
  const refused = exchange(page, 'payex-account-application-verify')
  await expect(refused).toContainText('409')
  await explainedAs(refused, 'payex-invalid-state', 'verification before the customer has signed')
  await button('Stop asking').click()
})

test('PX-S3 a 404 although it worked yesterday: the token is that of another pre-authorization', async ({ engine }) => {
  const begun = await openCase(engine.api, 'sven-svensson', 'created')
  const other = await openCase(engine.api, 'sven-svensson', 'identified')
  await choose(page, other)
  await button('Read: New credit account').click()
  const refused = exchange(page, 'payex-account-application-get')
  await expect(refused).toContainText('404')
  await explainedAs(refused, 'payex-not-found-account-application', 'pre-authorization')
  await choose(page, begun)
  await read(page)
  await expect(refused).toContainText('200')
  await expect(statusOf(page)).toContainText('Information missing')
})

test('PX-S4 the answers vanished: a partial post replaced them, and the full set brings them back', async ({
  engine,
}) => {
  const one = await openCase(engine.api, 'sven-svensson', 'answered')
  await choose(page, one)
  await read(page)
  const questions = page.getByRole('region', { name: 'Questions' })
  await expect(questions).toContainText('3 answers')
  const form = page.getByRole('form', { name: 'Questions to the customer' })
  await form.getByRole('button', { name: 'Open as request' }).click()
  await part(page, /^Body/)
  await expect(bodyField(page)).toContainText('TaxAbroadNo')
  await writeBody({ answers: swedishAnswers.slice(0, 1) })
  await send(page, /201/)
  await go(page, 'Applications')
  await button('Read again').click()
  await expect(questions).toContainText('1 answer')
  await expect(form.getByRole('group', { name: /skatt/i }).getByRole('radio', { checked: true })).toHaveCount(0)
  await form.getByRole('group', { name: /skatt/i }).getByRole('radio', { name: 'Nej' }).check()
  await button('Post all answers').click()
  await expect(questions).toContainText('2 answers')
})
