/** Reproducing an error row in the sandbox: step by step, to be stopped, with the exchange and its way to History. */
import type { Page } from '@playwright/test'
import { bank } from './engine.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const how = (page: Page) =>
  page.getByRole('region', { name: 'Error row' }).getByRole('region', { name: 'How the local sandbox shows it' })

async function openRow(page: Page, id: string): Promise<void> {
  await go(page, 'Errors')
  await page.getByLabel('Search code, text, cause or fix').fill(id)
}

test('the row comes, is shown with its explanation, and leads to History and Requests', async ({
  window: page,
  engine,
}) => {
  await openRow(page, 'ica-registration-certificate-revoked')
  await how(page).getByRole('button', { name: 'Reproduce in the sandbox' }).press('Enter')
  await expect(how(page).getByText('The bank answered with this row.')).toBeVisible()
  await expect(how(page).getByRole('tab', { name: 'Explanation' })).toHaveAttribute('aria-selected', 'true')
  await expect(how(page)).toContainText('CERTIFICATE_REVOKED')
  // It was made for an organisation of its own: the user's keys are as they were.
  expect((await engine.api.keys.list()).map(({ name }) => name)).toEqual(['acme'])
  await how(page).getByRole('button', { name: 'Open in Requests' }).click()
  await expect(page.getByRole('main', { name: 'Requests' })).toBeVisible()
  await go(page, 'Errors')
  await how(page).getByRole('button', { name: 'Open in History' }).click()
  await expect(page.getByRole('main', { name: 'History' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Exchange', exact: true })).toContainText('ica-register-client')
})

/** As fast as nobody is: the recipe takes less than a person, or a loaded machine, needs to aim. */
const pressOnceThere = (page: Page, name: string): Promise<void> =>
  page.evaluate((label) => {
    const watch = new MutationObserver(() => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label)
      if (button === undefined) return
      watch.disconnect()
      button.click()
    })
    watch.observe(document.body, { childList: true, subtree: true })
  }, name)

test('the steps are told while it runs, it goes on elsewhere, and can be stopped', async ({ window: page, engine }) => {
  await openRow(page, 'ica-payments-underlying-error-response')
  await how(page).getByRole('button', { name: 'Reproduce in the sandbox' }).click()
  await expect(how(page).getByRole('status')).toHaveText(/^\d of 8: \w/)
  await go(page, 'Keys')
  await go(page, 'Errors')
  await expect(how(page).getByText('The bank answered with this row.')).toBeVisible()
  await pressOnceThere(page, 'Cancel')
  await how(page).getByRole('button', { name: 'Reproduce in the sandbox' }).click()
  await expect(how(page).getByText('Stopped')).toBeVisible()
  await expect(how(page).getByRole('button', { name: 'Reproduce in the sandbox' })).toBeEnabled()
  expect(await engine.api.access.registrations()).toEqual([])
})

test('another row waits until the one under way is over', async ({ window: page }) => {
  await openRow(page, 'ica-payments-underlying-400-second')
  await how(page).getByRole('button', { name: 'Reproduce in the sandbox' }).click()
  await openRow(page, 'ica-general-kyc-blocked')
  const button = how(page).getByRole('button', { name: 'Reproduce in the sandbox' })
  await expect(button).toBeEnabled()
  await button.click()
  await expect(how(page).getByText('The bank answered with this row.')).toBeVisible()
  await expect(how(page)).toContainText('RESOURCE_BLOCKED')
})

test('a sandbox is not needed beforehand', async ({ window: page, engine }) => {
  await engine.api.sandbox.stop()
  await openRow(page, 'ica-general-not-authenticated')
  await how(page).getByRole('button', { name: 'Reproduce in the sandbox' }).click()
  await expect(how(page).getByText('The bank answered with this row.')).toBeVisible({ timeout: 20_000 })
  expect((await engine.api.sandbox.status()).running).toBe(false)
  await engine.api.sandbox.start({ banks: [bank] })
})
