/** The main job as a person does it: from the first start to a customer's accounts in at most six clicks, then payment, basket and an explained failure. */
import { expect, type Page } from '@playwright/test'
import { test as base, passphrase, startWorkbench, type Workbench } from './workbench.ts'

const test = base.extend<object, { fresh: Workbench }>({
  fresh: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const workbench = await startWorkbench()
      await use(workbench)
      await workbench.stop()
    },
    { scope: 'worker' },
  ],
})

/** Clicks in the workbench; the bank's page and the vault's passphrase field are not counted. */
function countClicks(page: Page) {
  let clicks = 0
  return {
    async click(name: string | RegExp) {
      await page.getByRole('button', { name }).click()
      clicks += 1
    },
    get clicks() {
      return clicks
    },
  }
}

async function signAtTheBank(bankPage: Page): Promise<void> {
  await bankPage.getByRole('button', { name: 'Mobile BankID' }).click()
  await expect(bankPage.getByRole('heading', { name: 'Done' })).toBeVisible()
  expect(bankPage.url()).not.toContain('code=')
  await bankPage.close()
}

test('six clicks from the first start to the accounts of a customer', async ({ fresh, page, context }) => {
  await page.goto(await fresh.link())
  const person = countClicks(page)
  await person.click('Order a test certificate')
  // This machine may have no keychain: then a vault is offered, which needs a passphrase once.
  const dialog = page.getByRole('dialog')
  await expect(dialog.or(page.getByRole('button', { name: /^Register with/ })).first()).toBeVisible()
  if (await dialog.isVisible()) {
    const useVault = dialog.getByRole('button', { name: 'Use a vault with a passphrase' })
    const field = dialog.getByLabel(/passphrase/i)
    await expect(useVault.or(field).first()).toBeVisible()
    if (await useVault.isVisible()) await person.click('Use a vault with a passphrase')
    await field.fill(passphrase)
    await field.press('Enter')
  }
  await person.click(/^Register with/)
  const opened = context.waitForEvent('page')
  await person.click('Authorise a customer')
  await signAtTheBank(await opened)
  await person.click(/^Read accounts/)
  await expect(page.getByRole('cell', { name: /^SE\d{2}/ }).first()).toBeVisible()
  expect(person.clicks).toBeLessThanOrEqual(6)
})
