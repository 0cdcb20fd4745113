/** Registration: the certificate checked, the callbacks chosen, the bank told, the outcome kept. */
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

test('the certificate is checked against what the bank asks before the bank does', async ({ window: page }) => {
  await go(page, 'Registration')
  await expect(page.getByText('not registered', { exact: true })).toBeVisible()
  const checks = page.getByRole('list', { name: 'Checks of the certificate' })
  await expect(checks).toContainText('It is a QWAC, as ICA Banken asks.')
  await expect(checks).toContainText('It is valid until')
  await expect(checks).toContainText('Its organizationIdentifier is PSD')
  await expect(checks).not.toContainText('does not fit')
})

test('callbacks are checked, sent wrong on purpose, registered, and known to be registered', async ({
  window: page,
}) => {
  await go(page, 'Registration')
  const register = page.getByRole('button', { name: 'Register with ICA Banken' })
  await page.getByRole('button', { name: 'Add a callback' }).click()
  const callback = page.getByLabel('Callback 1', { exact: true })
  await register.click()
  await expect(page.getByRole('alert')).toContainText('The address is empty')
  await callback.fill('http://tpp.example/callback')
  await expect(page.getByRole('alert')).toContainText('Only https')
  await callback.fill('https://tpp.example/callback#fragment')
  await expect(page.getByRole('alert')).toContainText('no fragment')
  await page.getByRole('button', { name: 'Send it anyway, to see the refusal' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The bank declined: 400' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Error row ica-registration-/ }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Remove callback 1' }).click()
  await register.click()
  await expect(page.getByRole('status').filter({ hasText: /^PSD\S+ is registered/ })).toContainText('http://127.0.0.1:')
  const kept = page.getByRole('table', { name: 'Kept registrations' })
  await expect(kept.getByRole('row', { name: /ICA Banken/ })).toContainText('acme')
  await expect(page.getByText(/^registered as PSD/)).toBeVisible()
  await register.click()
  await expect(page.getByRole('status').filter({ hasText: 'Registered already' })).toBeVisible()
  await page.getByRole('button', { name: 'Authorise a customer' }).click()
  await expect(page.getByRole('button', { name: 'Authorise the customer' })).toBeEnabled()
})

test('what a person does at the real portal is ticked off, and stays so', async ({ window: page, engine }) => {
  await go(page, 'Registration')
  await page.getByLabel('Environment').selectOption('production')
  const steps = page.getByRole('list', { name: 'Portal steps' })
  const first = steps.getByRole('checkbox').first()
  await first.check()
  await expect
    .poll(async () => JSON.stringify(await engine.api.workspace.recallWindow()))
    .toMatch(/"ica-banken\/production\/[^"]+":\[0\]/)
  await page.reload()
  await expect(first).toBeChecked()
  await expect(steps.getByRole('checkbox').nth(1)).not.toBeChecked()
})

test('ICA-J1 what the bank said is kept per identity and environment, with its exchange', async ({
  window: page,
  engine,
}) => {
  await go(page, 'Registration')
  await page.getByRole('button', { name: 'Register with ICA Banken' }).click()
  const outcome = page.getByRole('status').filter({ hasText: /is registered|Registered already/ })
  await expect(outcome).toBeVisible()
  await expect
    .poll(async () => JSON.stringify(await engine.api.workspace.recallWindow()))
    .toContain('registration-outcomes')
  await page.reload()
  await expect(outcome).toBeVisible()
  await expect(page.getByRole('tablist', { name: 'Exchange' })).toBeVisible()
  // Another environment was told nothing.
  await page.getByLabel('Environment').selectOption('bank-sandbox')
  await expect(page.getByRole('button', { name: 'Register with ICA Banken' })).toBeVisible()
  await expect(outcome).toHaveCount(0)
})

test('ICA-J1 ICA-W1 an expired certificate: said before, refused at the bank, explained, and nobody else’s outcome', async ({
  window: page,
  engine,
}) => {
  const { id } = await engine.api.keys.order({ name: 'expired', profile: 'expired' })
  await go(page, 'Registration')
  await page.getByRole('banner').getByLabel('identity').selectOption(id)
  const checks = page.getByRole('list', { name: 'Checks of the certificate' })
  await expect(checks.getByRole('listitem').filter({ hasText: 'It expired on' })).toContainText('does not fit')
  await page.getByRole('button', { name: 'Register with ICA Banken' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The bank declined' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Error row ica-registration-certificate-expired/ })).toBeVisible()
  await page.getByRole('banner').getByLabel('identity').selectOption({ label: 'acme · QWAC' })
  await expect(page.getByRole('alert').filter({ hasText: 'The bank declined' })).toHaveCount(0)
  await engine.api.keys.delete({ identity: id })
})
