/** Banks: an environment filled in, an assumption confirmed, a bank of one's own from its OpenAPI document and out again. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { breaches } from './examine.ts'
import { clipped } from './layout-checks.ts'
import { catalogue, fillParameter, openOperation, part } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const bankList = (page: Page) => page.getByRole('navigation', { name: 'Banks' })
const bankPage = (page: Page) => page.getByRole('region', { name: 'Bank', exact: true })
const adding = (page: Page) => page.getByRole('region', { name: 'Add a bank', exact: true })
const tab = (page: Page, name: RegExp) => page.getByRole('tablist', { name: 'Bank' }).getByRole('tab', { name })

async function openBank(page: Page, name: string): Promise<void> {
  await go(page, 'Banks')
  await bankList(page)
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
  await expect(bankPage(page).getByRole('heading', { name, level: 2 })).toBeVisible()
}

async function openEnvironment(page: Page, bank: string, name: RegExp): Promise<void> {
  await openBank(page, bank)
  await tab(page, /^Environments/).click()
  await bankPage(page).getByRole('group', { name: 'Environment of the bank' }).getByRole('button', { name }).click()
}

const document = (server: string) => `openapi: 3.0.3
info: { title: Harbour Bank, version: 1.2.0 }
servers: [{ url: '${server}', description: Sandbox }]
paths:
  /accounts:
    get:
      operationId: listAccounts
      summary: List the accounts
      tags: [Accounts]
      parameters:
        - { name: Consent-ID, in: header, required: true, schema: { type: string, maxLength: 36 } }
      responses: { '200': { description: The accounts } }
  /payments:
    post:
      operationId: createPayment
      summary: Create a payment
      tags: [Payments]
      requestBody:
        content:
          application/json: { schema: { type: object, properties: { amount: { type: string } } } }
          application/xml: { schema: { type: string } }
      responses: { '201': { description: Created } }
`

/** 40 operations in 600 kB. */
function largeDocument(): string {
  const numbers = Array.from({ length: 40 }, (_, at) => at)
  const description = 'A field with a text that takes its room in the file. '.repeat(5)
  const properties = Object.fromEntries(numbers.map((at) => [`field${at}`, { type: 'string', description }]))
  const content = (at: number) => ({ 'application/json': { schema: { $ref: `#/components/schemas/S${at}` } } })
  const operation = (at: number) => ({
    operationId: `read${at}`,
    tags: [`Tag ${at % 5}`],
    responses: { 200: { description: 'ok', content: content(at) } },
  })
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Large Bank', version: '1' },
    servers: [{ url: 'https://large.example.test' }],
    paths: Object.fromEntries(numbers.map((at) => [`/things${at}`, { get: operation(at) }])),
    components: { schemas: Object.fromEntries(numbers.map((at) => [`S${at}`, { type: 'object', properties }])) },
  })
}

async function paste(page: Page, text: string): Promise<void> {
  await adding(page).getByRole('button', { name: 'Paste text …' }).click()
  await adding(page).getByLabel('OpenAPI document, YAML or JSON').fill(text)
  await adding(page).getByRole('button', { name: 'Read it' }).click()
}

async function accessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await breaches(page, colorScheme === 'light' ? 'all' : 'colours')).toEqual([])
  }
  await page.setViewportSize({ width: 1024, height: 700 })
  expect(await page.evaluate(clipped)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('the missing URL of production is filled in, kept across views, refused when wrong, and makes it ready', async ({
  window: page,
}) => {
  await openEnvironment(page, 'ICA Banken', /^Production/)
  await expect(bankPage(page).getByText('missing', { exact: true })).toBeVisible()
  const url = page.getByLabel('URL of resource', { exact: true })
  await url.fill('no address')
  await go(page, 'Keys')
  await go(page, 'Banks')
  await expect(url).toHaveValue('no address')
  await expect(bankPage(page).getByText('unsaved changes')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(bankPage(page).getByRole('alert').first()).toContainText('What you changed is still here.')
  await expect(url).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('button', { name: 'Show the field' }).click()
  await expect(url).toBeFocused()
  await accessible(page)
  await url.fill('https://api.ica.example.test/psd2')
  await page.keyboard.press('Enter')
  await expect(
    bankPage(page)
      .getByRole('group', { name: 'Environment of the bank' })
      .getByRole('button', { name: 'Production ready' }),
  ).toBeVisible()
  await expect(bankList(page).getByRole('button', { name: /^ICA Banken/ })).toContainText('Production')
  await expect(bankPage(page).getByText('yours', { exact: true }).first()).toBeVisible()

  await bankPage(page).getByRole('button', { name: 'Reset …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Reset Production?' })
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Reset environment' }).click()
  await expect(url).toHaveValue('')
  await expect(bankPage(page).getByText('missing', { exact: true })).toBeVisible()
})

test('the name of a parameter is changed and taken back, and the search finds it', async ({ window: page }) => {
  await openEnvironment(page, 'ICA Banken', /^Local sandbox/)
  await page.getByLabel('Search the fields below').fill('withBalance')
  await expect(bankPage(page).getByRole('heading', { name: /^Parameters \(1 of/ })).toBeVisible()
  await bankPage(page).getByRole('list', { name: 'Parameters' }).getByText('query withBalance', { exact: true }).click()
  const name = page.getByLabel('Name on the wire of query withBalance', { exact: true })
  await name.fill('balances')
  await page.getByRole('button', { name: 'Undo: Name on the wire of query withBalance' }).click()
  await expect(name).toHaveValue('')
  await expect(name).toBeFocused()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
})

test('an assumption is confirmed, differs, leads to its field, and Requests knows', async ({ window: page }) => {
  await openEnvironment(page, 'ICA Banken', /^Local sandbox/)
  await tab(page, /^Assumptions \(\d+ open\)/).click()
  const row = bankPage(page).getByRole('listitem', { name: /^Balances are asked for with withBalance/ })
  await page.getByLabel('Search assumptions').fill('withBalance')
  await row.getByRole('button', { name: 'Differs …' }).click()
  await row.getByLabel('What is true instead').fill('It is called balances.')
  await row.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('Here instead: It is called balances.')
  await row.getByRole('button', { name: 'Parameter query withBalance' }).click()
  await expect(page.getByLabel('Name on the wire of query withBalance', { exact: true })).toBeFocused()
  await tab(page, /^Assumptions/).click()
  await page.getByLabel('Search assumptions').fill('withBalance')
  await row.getByRole('button', { name: 'Confirm' }).press('Enter')
  await expect(row.getByText('confirmed', { exact: true })).toBeVisible()
  await expect(row.getByRole('button', { name: 'Differs …' })).toBeFocused()
  await accessible(page)
  await openOperation(page, 'Read one account')
  await part(page, /^About/)
  await expect(page.getByRole('main')).toContainText(/confirmed/i)
})

test('a bank of one’s own: imported, tried in Requests, edited, exported, removed', async ({ window: page }) => {
  await page.getByRole('banner').getByRole('combobox', { name: 'Bank' }).selectOption('Add a bank …')
  await expect(adding(page)).toBeVisible()
  await paste(page, document('https://api.harbour.example.test/psd2'))
  const form = adding(page).getByRole('form', { name: 'Import' })
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Harbour Bank')
  await expect(adding(page)).toContainText('2 operations')
  await expect(adding(page).getByRole('list', { name: 'Not supported' })).toContainText(/xml/i)
  await form.getByLabel('Id', { exact: true }).fill('ica-banken')
  await expect(form.getByRole('alert')).toContainText('ICA Banken of the product has this id')
  await expect(form.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await form.getByLabel('Id', { exact: true }).fill('harbour')
  await form.getByLabel('Country', { exact: true }).fill('se')
  await accessible(page)
  await form.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(bankPage(page).getByRole('heading', { name: 'Harbour Bank', level: 2 })).toBeVisible()
  await expect(tab(page, /^Environments/)).toHaveAttribute('aria-selected', 'true')

  await openOperation(page, 'List the accounts')
  await expect(catalogue(page)).toContainText('Accounts')
  await part(page, /^Headers/)
  await fillParameter(page, 'Consent-ID', 'c-1')
  await part(page, /^Will be sent/)
  await expect(page.getByRole('main')).toContainText('https://api.harbour.example.test/psd2/accounts')
  await expect(page.getByRole('main')).toContainText('c-1')

  await openBank(page, 'Harbour Bank')
  await tab(page, /^Edit bank/).click()
  await page.getByLabel('Name', { exact: true }).fill('Harbour')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(bankPage(page).getByRole('heading', { name: 'Harbour', level: 2 })).toBeVisible()
  await accessible(page)

  await tab(page, /^Folder/).click()
  await page.getByRole('button', { name: 'Show the files' }).click()
  const downloaded = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save bank.yaml' }).click()
  expect((await downloaded).suggestedFilename()).toBe('bank.yaml')
  await page.getByRole('button', { name: 'Run the checks' }).click()
  await expect(page.getByRole('list', { name: 'Checks' })).toBeVisible({ timeout: 30_000 })
  await accessible(page)
  await page.getByRole('button', { name: 'Remove …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove Harbour?' })
  await expect(dialog.getByRole('button', { name: 'Remove bank' })).toBeDisabled()
  await dialog.getByLabel('Type Harbour to confirm').fill('Harbour')
  await dialog.getByRole('button', { name: 'Remove bank' }).click()
  await expect(dialog).toBeHidden()
  await expect(bankList(page).getByRole('button', { name: /^Harbour/ })).toHaveCount(0)
})

test('what cannot be imported says why, and a missing file can be added', async ({ window: page, workbench }) => {
  await go(page, 'Banks')
  await page.getByRole('button', { name: 'Add a bank …' }).click()
  await paste(page, 'openapi: 3.1.0\nthis: [is: no yaml')
  await expect(adding(page).getByRole('alert')).toContainText('It cannot be imported')
  await expect(adding(page).getByRole('alert')).toContainText('openapi.yaml')
  await adding(page).getByRole('button', { name: 'Start over' }).click()
  await paste(
    page,
    document('https://a.example.test').replace(
      '{ description: The accounts }',
      "{ $ref: 'https://evil.example.test/r.yaml' }",
    ),
  )
  await expect(adding(page).getByRole('alert')).toContainText('It cannot be imported')
  await accessible(page)

  await adding(page).getByRole('button', { name: 'Start over' }).click()
  const folder = join(workbench.home, '..', 'to-import')
  await mkdir(folder, { recursive: true })
  const [main, extra, notes] = ['api.yaml', 'answers.yaml', 'notes.txt'].map((name) => join(folder, name))
  await writeFile(
    main!,
    document('https://a.example.test').replace('{ description: The accounts }', "{ $ref: 'answers.yaml#/accounts' }"),
  )
  await writeFile(extra!, 'accounts: { description: The accounts }\n')
  await writeFile(notes!, 'nothing')
  await adding(page).getByLabel('Choose files').setInputFiles(notes!)
  await expect(adding(page).getByRole('alert')).toContainText('None of these is a YAML or JSON file')
  await adding(page).getByLabel('Choose files').setInputFiles(main!)
  await expect(adding(page).getByRole('list', { name: 'Missing files' })).toContainText('answers.yaml')
  await adding(page).getByLabel('Add files').setInputFiles(extra!)
  await expect(adding(page).getByRole('form', { name: 'Import' })).toBeVisible()
  await adding(page).getByRole('button', { name: 'Close' }).click()
  await expect(bankPage(page)).toBeVisible()
})

test('a large document is read without holding the window up, cancelled, read again and imported', async ({
  window: page,
  engine,
}) => {
  const text = largeDocument()
  expect(text.length).toBeGreaterThan(500_000)
  await go(page, 'Banks')
  await page.getByRole('button', { name: 'Add a bank …' }).click()
  const file = { name: 'large.json', mimeType: 'application/json', buffer: Buffer.from(text) }
  await adding(page).getByLabel('Choose files').setInputFiles(file)
  await adding(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(adding(page)).toContainText('Cancelled. Nothing was imported.')
  await adding(page).getByRole('button', { name: 'Read it again' }).click()
  await go(page, 'Keys')
  await expect(page.getByRole('grid', { name: 'Identities' })).toBeVisible()
  await go(page, 'Banks')
  const form = adding(page).getByRole('form', { name: 'Import' })
  await expect(form).toBeVisible()
  await form.getByLabel('Name', { exact: true }).press('Enter')
  await expect(bankPage(page).getByRole('heading', { name: 'Large Bank', level: 2 })).toBeVisible()
  await expect(bankList(page).getByRole('button', { name: /^Large Bank/ })).toContainText('40 operations')
  await engine.api.banks.remove({ bank: 'large-bank' })
  await expect(bankList(page).getByRole('button', { name: /^Large Bank/ })).toHaveCount(0)
})
