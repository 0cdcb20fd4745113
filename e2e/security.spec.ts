/** Rows 7, K1, K2, L5: what a bank answers is text, what is secret never reaches the page, and the page can do nothing it should not. */
import type { Page } from '@playwright/test'
import { authorise, signAtTheBank } from './bank-page.ts'
import { bank } from './engine.ts'
import { response as answerOf, openOperation, send, side } from './requests-view.ts'
import { type BankAnswer, openStandInBank } from './stand-in-bank.ts'
import { enter, expect, go, test, viewNames } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const mark = 'window.ranFromTheBank = true'
const ran = (page: Page) => page.evaluate(() => 'ranFromTheBank' in window)

const hostile: readonly (readonly [what: string, answer: BankAnswer])[] = [
  [
    'HTML with scripts',
    {
      headers: { 'content-type': 'text/html' },
      body: `<html><body onload="${mark}"><script>${mark}</script><img src=x onerror="${mark}"><iframe srcdoc="<script>parent.${mark}</script>"></iframe><a href="javascript:${mark}">go</a></body></html>`,
    },
  ],
  [
    'SVG',
    {
      headers: { 'content-type': 'image/svg+xml' },
      body: `<svg xmlns="http://www.w3.org/2000/svg" onload="${mark}"><script>${mark}</script><foreignObject><img src="https://elsewhere.example/x.png"/></foreignObject></svg>`,
    },
  ],
  [
    'a download with markup in JSON',
    {
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="<img src=x onerror=1>.html"',
      },
      body: JSON.stringify({
        accounts: [{ name: `<img src=x onerror="${mark}">`, iban: '</pre><script>alert(1)</script>' }],
      }),
    },
  ],
  [
    'an error whose code is markup',
    {
      status: 400,
      headers: { 'content-type': 'application/problem+json', 'x-note': `<img src=x onerror="${mark}">` },
      body: JSON.stringify({
        code: `<img src=x onerror="${mark}">`,
        title: '<script>alert(1)</script>',
        detail: `<svg onload="${mark}">`,
      }),
    },
  ],
]

for (const [what, answer] of hostile) {
  test(`${what}: shown as text in Requests and History, and nothing runs (L5)`, async ({ window: page, workbench }) => {
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('download', (download) => dialogs.push(download.suggestedFilename()))
    const standIn = await openStandInBank(workbench.home)
    standIn.answerWith(answer)
    await openOperation(page, "List the customer's accounts")
    await send(page, answer.status === undefined ? /200 OK/ : /400 Bad Request/)
    await side(page, 'Body')
    const body = answerOf(page).getByRole('region', { name: 'Body of the answer' })
    await expect(body).toContainText(/<(html|svg|img)/)
    await expect(body.getByRole('img')).toHaveCount(0)
    await expect(body.getByRole('link')).toHaveCount(0)
    await side(page, 'Headers')
    await expect(answerOf(page).getByRole('table', { name: 'Answer' })).toContainText('content-type')
    await side(page, 'Explanation')
    await go(page, 'History')
    await page
      .getByRole('grid', { name: 'Exchanges' })
      .getByRole('row', { name: /ica-accounts-list/ })
      .first()
      .click()
    await page.getByRole('tab', { name: 'Body', exact: true }).click()
    await expect(page.getByRole('region', { name: 'Body of the answer' })).toContainText(/<(html|svg|img)/)
    expect(page.frames()).toHaveLength(1)
    expect(await ran(page)).toBe(false)
    expect(dialogs).toEqual([])
    await standIn.close()
  })
}

test('no token and no key is in any frame the page received, nor anywhere the page keeps things (K1, K2)', async ({
  window: page,
  watch,
  engine,
}) => {
  await go(page, 'Keys')
  await page.getByRole('button', { name: 'Order a test certificate' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('second')
  await page.getByRole('dialog').getByRole('button', { name: 'Order', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('combobox', { name: 'identity', exact: true }).selectOption({ label: 'second · QWAC' })
  await go(page, 'Overview')
  await page.getByRole('button', { name: /^Register with/ }).click()
  await signAtTheBank(page.context(), () => page.getByRole('button', { name: 'Authorise a customer' }).click())
  await page.getByRole('button', { name: /^Read accounts/ }).click()
  await expect(page.getByRole('cell', { name: /^SE\d{22}$/ }).first()).toBeVisible()
  await go(page, 'Access')
  await authorise(page, 'payment')
  await page.getByRole('button', { name: /^Refresh payment/ }).click()
  await openOperation(page, "List the customer's accounts")
  await send(page, /200 OK/)
  await go(page, 'History')
  await page
    .getByRole('grid', { name: 'Exchanges' })
    .getByRole('row', { name: /ica-oauth-token/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Exchange', exact: true })).toContainText('ica-oauth-token')

  const kept = await page.evaluate(async () =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      await indexedDB.databases(),
      await caches.keys(),
      document.cookie,
    ]),
  )
  expect(kept).toBe('[[],[],[],[],""]')
  const received = watch.received.join('\n')
  expect(received).toContain('ica-oauth-token')
  const operations = await engine.api.banks.operations({ bank })
  const details = await Promise.all(operations.map(({ id }) => engine.api.banks.operation({ bank, operation: id })))
  const documented = JSON.stringify(details)
  for (const secret of [
    /Bearer [\w.~+/-]{16,}/gi,
    /BEGIN [A-Z ]*PRIVATE KEY/g,
    /(access|refresh|id)_token\\*"\s*:\s*\\*"[\w.~+/-]{16,}/g,
    /(refresh_token|code|code_verifier)=[\w.~+/-]{16,}/g,
  ]) {
    const found = [...received.matchAll(secret)].map(([text]) => text)
    // The bank's document has examples of its own.
    expect(found.filter((text) => !documented.includes(text))).toEqual([])
  }
})

test('the page may load and run its own files only, and breaches are stopped (row 7)', async ({ page, engine }) => {
  const answer = page.waitForResponse((response) => response.url() === `${engine.origin}/`)
  await enter(page, engine)
  const headers = (await answer).headers()
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
  const refused = await page.evaluate(async () => {
    const stopped: string[] = []
    Object.assign(window, { stopped })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => stopped.push(effectiveDirective))
    const div = document.body.appendChild(document.createElement('div'))
    div.innerHTML =
      '<img src="https://elsewhere.example/x.png"><button onclick="window.ranFromTheBank=1"></button><p style="color:red"></p>'
    div.querySelector('button')?.click()
    const script = document.createElement('script')
    script.textContent = 'window.ranFromTheBank = 1'
    div.append(script)
    const frame = document.createElement('iframe')
    frame.src = 'https://elsewhere.example/'
    div.append(frame)
    const fetched = await fetch('https://elsewhere.example/').then(
      () => 'went out',
      () => 'stopped',
    )
    const font = await new FontFace('x', 'url(https://elsewhere.example/x.woff2)').load().then(
      () => 'loaded',
      () => 'stopped',
    )
    // In a callback: what a debugger evaluates itself is exempt from the policy.
    const evaluated = await new Promise<string>((done) => {
      setTimeout(() => {
        try {
          Reflect.construct(Function, ['return 1'])
          done('ran')
        } catch {
          done('stopped')
        }
      })
    })
    return { fetched, font, evaluated }
  })
  expect(refused).toEqual({ fetched: 'stopped', font: 'stopped', evaluated: 'stopped' })
  const directives = [
    'connect-src',
    'font-src',
    'frame-src',
    'img-src',
    'script-src',
    'script-src-attr',
    'script-src-elem',
    'style-src-attr',
  ]
  await expect
    .poll(() => page.evaluate(() => [...new Set((window as unknown as { stopped: string[] }).stopped)].sort()))
    .toEqual(directives)
  expect(await ran(page)).toBe(false)
})

test('a tour through all views asks nobody else, breaks no policy and complains of nothing', async ({
  window: page,
  watch,
}) => {
  for (const view of viewNames) {
    await go(page, view)
    await expect(page.getByRole('main', { name: view })).toBeVisible()
  }
  await page.getByRole('combobox', { name: 'Bank', exact: true }).selectOption(bank)
  await page.waitForLoadState('networkidle')
  expect(watch.complaints).toEqual([])
})
