/** The proxy of an environment in Banks: its user is shown, its password is typed once, kept by the engine and gone from the window. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { examine } from './examine.ts'
import { expect, go, lockVault, test, typePassphrase } from './window.ts'

test.use({ setting: { vault: 'open' } })

const canary = 'CANARY-proxy-2c9b'
const target = { bank: 'salt-edge', environment: 'production' }
const bankPage = (page: Page) => page.getByRole('region', { name: 'Bank', exact: true })
const field = (page: Page, label: string) => bankPage(page).getByLabel(label, { exact: true })
const save = (page: Page) => bankPage(page).getByRole('button', { name: 'Save', exact: true })

async function openEnvironment(page: Page): Promise<void> {
  await go(page, 'Banks')
  await page
    .getByRole('navigation', { name: 'Banks' })
    .getByRole('button', { name: /^Salt Edge/ })
    .click()
  await page
    .getByRole('tablist', { name: 'Bank' })
    .getByRole('tab', { name: /^Environments/ })
    .click()
  const choice = bankPage(page).getByRole('group', { name: 'Environment of the bank' })
  await choice.getByRole('button', { name: /^Production/ }).click()
  await field(page, 'Proxy').scrollIntoViewIfNeeded()
}

async function saved(page: Page): Promise<void> {
  await save(page).click()
  await expect(save(page)).toBeDisabled()
}

/** Everything in the data folder but what is sealed. */
async function everyFile(home: string): Promise<string> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return (await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')))).join('\n')
}

test.beforeEach(async ({ engine, window: page }) => {
  await engine.api.banks.resetEnvironment(target)
  await openEnvironment(page)
})

test('a URL with user and password in it is taken apart, and the password does not stay in the window', async ({
  window: page,
  engine,
  workbench,
}) => {
  const back: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => back.push(String(payload))))
  await page.reload()
  await openEnvironment(page)
  await expect(field(page, 'Proxy user')).toBeDisabled()
  await field(page, 'Proxy').fill(`http://tpp:${canary}@proxy.example:3128`)
  await expect(field(page, 'Proxy')).toHaveValue('http://proxy.example:3128')
  await expect(field(page, 'Proxy user')).toHaveValue('tpp')
  await expect(field(page, 'Proxy password')).toHaveValue(canary)
  await saved(page)
  await expect(field(page, 'Proxy password')).toHaveValue('')
  await expect(bankPage(page)).toContainText('Set. It is in the key store')
  expect((await engine.api.banks.environment(target)).proxy).toEqual({
    url: 'http://proxy.example:3128',
    user: 'tpp',
    password: 'set',
  })
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.body.outerHTML]))
  for (const text of [kept, back.join('\n'), await everyFile(workbench.home)]) expect(text).not.toContain(canary)
})

test('it is replaced, asked for anew with another user, and removed', async ({ window: page }) => {
  await field(page, 'Proxy').fill('http://proxy.example:3128')
  await field(page, 'Proxy user').fill('tpp')
  await expect(bankPage(page)).toContainText('Not set.')
  await field(page, 'Proxy password').fill(canary)
  await saved(page)
  await expect(bankPage(page)).toContainText('Set. It is in the key store')
  await field(page, 'Proxy user').fill('other')
  await expect(bankPage(page)).toContainText('type it again for others')
  await bankPage(page).getByRole('button', { name: 'Drop changes' }).click()
  await expect(field(page, 'Proxy user')).toHaveValue('tpp')
  await examine(page, 'proxy', () => field(page, 'Proxy').scrollIntoViewIfNeeded())
  await bankPage(page).getByRole('button', { name: 'Remove password' }).press('Enter')
  await expect(bankPage(page)).toContainText('The password is removed with Save.')
  await saved(page)
  await expect(bankPage(page)).toContainText('Not set.')
  await expect(bankPage(page).getByRole('button', { name: 'Remove password' })).toHaveCount(0)
})

test('what cannot be is refused at its field', async ({ window: page }) => {
  await field(page, 'Proxy').fill('http://proxy.example:3128')
  await field(page, 'Proxy password').fill(canary)
  await save(page).click()
  await expect(
    bankPage(page).getByRole('alert').filter({ hasText: 'needs a proxy and a user name' }).first(),
  ).toBeVisible()
  await expect(field(page, 'Proxy password')).toHaveValue('')
  await field(page, 'Proxy user').fill('a:b')
  await save(page).click()
  await expect(bankPage(page).getByRole('alert').filter({ hasText: 'no colon' }).first()).toBeVisible()
  await bankPage(page).getByRole('button', { name: 'Show the field' }).click()
  await expect(field(page, 'Proxy')).toBeFocused()
})

test('a locked key store is opened first', async ({ window: page }) => {
  await lockVault(page)
  await field(page, 'Proxy').fill('http://proxy.example:3128')
  await field(page, 'Proxy user').fill('tpp')
  await field(page, 'Proxy password').fill(canary)
  await save(page).click()
  await typePassphrase(page)
  await expect(field(page, 'Proxy password')).toHaveValue(canary)
  await saved(page)
  await expect(bankPage(page)).toContainText('Set. It is in the key store')
})
