/** The main job as a person does it: from the first start to a customer's accounts in at most six clicks, then payment, basket and an explained failure. */
import { test as base, expect, type Page } from '@playwright/test'
import { authorise, signAtTheBank } from './bank-page.ts'
import { answer, fillParameter, fillWithExample, openOperation, part, response, send, side } from './requests-view.ts'
import { watchPage } from './watched-page.ts'
import { go } from './window.ts'
import { passphrase, startWorkbench, type Workbench } from './workbench.ts'
import { workingDay } from './working-day.ts'

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

/** @returns the IBAN of the customer's first account */
async function readAccountsInSixClicks(page: Page): Promise<string> {
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
  await signAtTheBank(page.context(), () => person.click('Authorise a customer'))
  await person.click(/^Read accounts/)
  const iban = page.getByRole('cell', { name: /^SE\d{22}$/ }).first()
  await expect(iban).toBeVisible()
  expect(person.clicks).toBeLessThanOrEqual(6)
  return iban.innerText()
}

test('accounts in six clicks, then a payment, its basket, its signature and a failure that is explained', async ({
  fresh,
  page,
}) => {
  const watch = watchPage(page)
  await page.goto(await fresh.link())
  const iban = await test.step('six clicks to the accounts', () => readAccountsInSixClicks(page))

  await test.step('a customer grants the scope payment', async () => {
    await go(page, 'Access')
    await authorise(page, 'payment')
  })

  const paymentId = await test.step('a payment', async () => {
    await openOperation(page, 'Create a payment')
    await fillParameter(page, 'paymentProduct', 'domestic-credit-transfers')
    await fillWithExample(page, { debtorAccount: { iban }, requestedExecutionDate: workingDay() })
    await send(page, /201 Created/)
    const { transactionStatus, paymentId: id } = await answer<{ transactionStatus: string; paymentId: string }>(page)
    expect(transactionStatus).toBe('RCVD')
    return id
  })

  const status = async () => {
    await send(page, /200 OK/)
    return (await answer<{ transactionStatus: string }>(page)).transactionStatus
  }
  await test.step('its status', async () => {
    await openOperation(page, 'Read the status of a payment')
    await fillParameter(page, 'paymentProduct', 'domestic-credit-transfers')
    await fillParameter(page, 'paymentId', paymentId)
    expect(await status()).toBe('RCVD')
  })

  const basketId = await test.step('a basket with the payment', async () => {
    await openOperation(page, 'Create a signing basket')
    await fillWithExample(page, { paymentIds: [paymentId] })
    await send(page, /201 Created/)
    return (await answer<{ basketId: string }>(page)).basketId
  })

  await test.step('the customer signs the basket', async () => {
    await go(page, 'Access')
    await authorise(page, 'basket:{basketId}', basketId)
    await openOperation(page, 'Sign a signing basket')
    await fillParameter(page, 'basketId', basketId)
    await send(page, /200 OK/)
    await openOperation(page, 'Read the status of a payment')
    expect(await status()).toBe('ACTC')
  })

  await test.step('a token of the wrong scope is explained, and its error row opens', async () => {
    await part(page, /^Identity/)
    const grant = page.getByLabel('Grant', { exact: true })
    // By its value: the label counts down.
    await grant.selectOption(await grant.getByRole('option', { name: /^account ·/ }).getAttribute('value'))
    await send(page, /401 Unauthorized.*Consent_invalid/)
    await side(page, 'Explanation')
    await expect(response(page)).toContainText('scope')
    await expect(response(page).getByRole('term').filter({ hasText: 'Fix' })).toBeVisible()
    await response(page).getByRole('button', { name: 'Error row ica-general-consent-invalid' }).click()
    await expect(page.getByRole('main', { name: 'Errors' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Consent_invalid' })).toBeVisible()
    await expect(page.getByRole('button', { name: /Open the exchange|401/ }).first()).toBeVisible()
  })
  expect(watch.complaints).toEqual([])
})
