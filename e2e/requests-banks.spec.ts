/** Requests with every bank: found, filled in, looked at before it leaves, kept across a reload. Nothing is sent anywhere. */
import type { Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { breaches } from './examine.ts'
import { catalogue, chooseBank, fillParameter, found, openOperation, part } from './requests-view.ts'
import { enter, expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

interface Case {
  readonly bank: string
  readonly name: string
  readonly operations: number
  readonly title: string
  /** Of the call as it would go out. */
  readonly url: RegExp
  /** Made over what is sent. */
  readonly signed: readonly string[]
}

const cases: readonly Case[] = [
  {
    bank: 'bank-of-georgia',
    name: 'Bank of Georgia',
    operations: 28,
    title: 'Create a payment',
    url: /^https:\/\/bank\.example\/v1\/payments\/domestic$/,
    signed: ['Digest', 'x-jws-signature'],
  },
  {
    bank: 'salt-edge',
    name: 'Salt Edge',
    operations: 6,
    title: 'Create a consent for funds confirmation',
    url: /^https:\/\/bank\.example\/[^/]+\/api\/berlingroup\/v2\/consents\/confirmation-of-funds$/,
    signed: ['Digest', 'Signature', 'TPP-Signature-Certificate'],
  },
  {
    bank: 'payex-ledger',
    name: 'PayEx ledger',
    operations: 32,
    title: 'Answer the questions',
    url: /^https:\/\/bank\.example\/ledger\/public-account-transaction\/v1\/[^/]+\/pre-authorization\//,
    signed: [],
  },
  {
    bank: 'sparebank1',
    name: 'SpareBank 1',
    operations: 1,
    title: 'Create a SEPA credit transfer',
    url: /^https:\/\/bank\.example\/v1\/payments\/sepa-credit-transfers/,
    signed: ['Digest', 'Signature'],
  },
]

/** Addresses for the banks' sandboxes, which their documents leave open. */
async function nameHosts(api: Api): Promise<void> {
  for (const { bank } of cases) {
    const { hosts, override } = await api.banks.environment({ bank, environment: 'bank-sandbox' })
    const urls = Object.fromEntries(hosts.map(({ id }) => [id, 'https://bank.example']))
    await api.banks.setEnvironment({ bank, environment: 'bank-sandbox', override: { ...override, urls } })
  }
}

const sent = (page: Page) => page.getByRole('region', { name: 'Will be sent' })

for (const { bank, name, operations, title, url, signed } of cases) {
  test(`${name}: an operation is found, filled with examples, and what will be sent is shown`, async ({
    window: page,
    engine,
  }) => {
    await nameHosts(engine.api)
    await chooseBank(page, bank, 'bank-sandbox')
    await go(page, 'Requests')
    await expect(found(page)).toHaveText(`${operations} of ${name}`)
    await openOperation(page, title)
    const fill = page.getByRole('button', { name: 'Fill required' })
    await fill.click()
    await expect(fill).toHaveCount(0)
    // A token is entered under Access; without one the call goes out without it.
    await part(page, /^Identity/)
    const grant = page.getByLabel('Grant', { exact: true })
    if ((await grant.count()) > 0) await grant.selectOption({ label: 'None: send no token' })
    else await expect(page.getByRole('region', { name: 'Identity and grant' })).toContainText(/no token/)
    await part(page, /^Will be sent/)
    await expect(sent(page).getByText(url)).toBeVisible()
    for (const header of signed)
      await expect(sent(page).getByRole('row', { name: new RegExp(`^${header} \\S`, 'i') })).toBeVisible()
    for (const each of [/^Headers/, /^Body/, /^About/]) {
      await part(page, each)
      expect.soft(await breaches(page), `${name}, ${each.source}`).toEqual([])
    }
  })
}

test('27 headers: required first, the rest folded, a filter finds one, and each says where its value is from', async ({
  window: page,
}) => {
  await chooseBank(page, 'bank-of-georgia', 'bank-sandbox')
  await openOperation(page, 'Create a payment')
  await part(page, /^Headers 27/)
  const table = page.getByRole('table', { name: 'Headers of the operation' })
  const names = table.getByRole('rowheader')
  await expect(names.first()).toContainText('PSU-IP-Address')
  await expect(table.getByRole('row', { name: /^x-jws-signature/ })).toContainText('by signing')
  await expect(table.getByRole('row', { name: /^TPP-Redirect-URI/ })).toHaveCount(0)
  const fold = table.getByRole('button', { name: /^\d+ optional headers/ })
  await fold.focus()
  await page.keyboard.press('Enter')
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
  await expect(names).toHaveCount(27)
  await page.getByLabel('Filter headers').fill('geo')
  await expect(names).toHaveText([/PSU-Geo-Location/])
  const geo = table.getByRole('row', { name: /^PSU-Geo-Location/ })
  await geo.getByRole('textbox').fill('Tbilisi')
  await expect(geo).toContainText('does not match the pattern')
  await geo.getByRole('textbox').fill('')
  await geo.getByRole('button', { name: 'Use example of PSU-Geo-Location' }).click()
  await expect(geo.getByRole('textbox')).toHaveValue(/^GEO:/)
  await expect(geo).toContainText('yours')
  await geo.getByRole('button', { name: 'More about PSU-Geo-Location' }).press('Enter')
  await expect(geo).toContainText('Goes into the header.')
  await page.getByLabel('Filter headers').press('Escape')
  await expect(names).toHaveCount(27)
})

test('a header of one’s own is marked, and an assumption says its reason by keyboard', async ({ window: page }) => {
  await chooseBank(page, 'bank-of-georgia', 'bank-sandbox')
  await openOperation(page, 'Create a payment')
  await part(page, /^Headers/)
  const assumed = page.getByRole('button', { name: /^assumed:/ }).first()
  await assumed.focus()
  await page.keyboard.press('Enter')
  const reason = page.getByRole('dialog')
  await expect(reason).toContainText('Nobody has confirmed it for this environment.')
  await page.keyboard.press('Escape')
  await expect(reason).toBeHidden()
  await expect(assumed).toBeFocused()
  await page.getByRole('button', { name: 'Add header' }).click()
  await page.getByLabel('Name of header 1').fill('X-Unheard-Of')
  await page.getByLabel('Value of header 1').fill('1')
  await expect(page.getByRole('region', { name: 'Further headers' })).toContainText('not in the bank’s documentation')
})

test('operations are found by the errors they answer with, also in other banks, and opened by keyboard alone', async ({
  window: page,
}) => {
  await chooseBank(page, 'bank-of-georgia', 'bank-sandbox')
  await go(page, 'Requests')
  await expect(found(page)).toHaveText('28 of Bank of Georgia')
  await page.keyboard.press('/')
  await page.keyboard.type('cancellation_invalid')
  await expect(found(page)).toHaveText(/^[1-9]\d? of 28 of Bank of Georgia$/)
  await expect(catalogue(page).locator('mark').first()).toHaveText('CANCELLATION_INVALID')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('signing basket')
  await expect(found(page)).toHaveText('0 of 28 of Bank of Georgia')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  const elsewhere = catalogue(page).getByRole('button', { name: /^in ICA Banken \d/ })
  await elsewhere.focus()
  await page.keyboard.press('Enter')
  await expect(found(page)).toHaveText(/ of 22 of ICA Banken$/)
  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowDown')
  // Letters go to the next name that begins so; left goes up to the tag and folds it.
  await page.keyboard.type('read the b')
  await expect(catalogue(page).getByRole('button', { name: /Read the balances/ })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(catalogue(page).getByRole('button', { name: /Read the balances/ })).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tablist', { name: 'Open requests' }).getByRole('tab')).toHaveCount(1)
})

test('drafts of every bank come back after a reload, header rows included', async ({ window: page, engine }) => {
  for (const { bank, title } of cases) {
    await chooseBank(page, bank, 'bank-sandbox')
    await openOperation(page, title)
    await part(page, /^Headers/)
    await page.getByRole('button', { name: 'Add header' }).click()
    await page.getByLabel('Name of header 1').fill('X-Of-Mine')
    await page.getByLabel('Value of header 1').fill(`kept for ${bank}`)
  }
  await fillParameter(page, 'X-Request-ID', '6dd3e2a8-3a3a-4d5c-9a3b-0a1b2c3d4e5f')
  // As long as the window waits before it has its state kept.
  await page.waitForTimeout(1000)
  await enter(page, engine)
  const tabs = page.getByRole('tablist', { name: 'Open requests' }).getByRole('tab')
  await expect(tabs).toHaveCount(cases.length)
  for (const [at, { bank }] of cases.entries()) {
    await tabs.nth(at).click()
    await expect(page.getByLabel('Value of header 1')).toHaveValue(`kept for ${bank}`)
  }
  await expect(page.getByLabel('X-Request-ID', { exact: true })).toHaveValue('6dd3e2a8-3a3a-4d5c-9a3b-0a1b2c3d4e5f')
})
