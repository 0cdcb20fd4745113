/** Settings: the theme at once and after a reload, the key store, the health of what the workbench stands on. */
import type { Page } from '@playwright/test'
import { expect, go, test } from './window.ts'

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

test('the theme changes at once, follows the system, and is kept', async ({ window: page, engine }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await go(page, 'Settings')
  const light = await background(page)
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(() => background(page)).not.toBe(light)
  const dark = await background(page)
  await expect.poll(async () => (await engine.api.workspace.recallWindow()).theme).toBe('dark')
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  expect(await background(page)).toBe(dark)
  await page.getByRole('radio', { name: 'As the system' }).check()
  await expect.poll(() => background(page)).toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => background(page)).toBe(dark)
})

test('the key store is locked and opened from here', async ({ window: page }) => {
  await go(page, 'Settings')
  const section = page.getByRole('region', { name: 'Key store' })
  await expect(section).toContainText('open')
  await section.getByRole('button', { name: 'Change or lock …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Where private keys and tokens are kept' })
  await dialog.getByRole('button', { name: 'Lock now' }).click()
  await dialog.getByLabel(/passphrase/i).fill('not the passphrase at all')
  await dialog.getByRole('button', { name: 'Open the vault' }).click()
  await expect(dialog.getByRole('alert')).toContainText('The vault stays closed')
  await expect(dialog.getByLabel(/passphrase/i)).toHaveValue('')
  await dialog.getByRole('button', { name: 'Later' }).click()
  await expect(section).toContainText('locked')
  await section.getByRole('button', { name: 'Open …' }).click()
  await dialog.getByLabel(/passphrase/i).fill('correct horse battery staple')
  await dialog.getByLabel(/passphrase/i).press('Enter')
  await expect(dialog).toBeHidden()
  await expect(section.getByRole('button', { name: 'Change or lock …' })).toBeVisible()
})

test('how soon the workbench locks itself is chosen and kept', async ({ window: page, engine }) => {
  await go(page, 'Settings')
  const choice = page.getByRole('combobox', { name: 'Lock when nobody uses the window for' })
  await expect(choice).toHaveValue('15')
  await choice.selectOption('1 h')
  await expect.poll(() => engine.api.workspace.idleLock()).toEqual({ minutes: 60 })
  await page.reload()
  await expect(choice).toHaveValue('60')
  await choice.selectOption('Never')
  await expect.poll(() => engine.api.workspace.idleLock()).toEqual({ minutes: null })
})

test('health is checked, and says what is kept where', async ({ window: page, workbench }) => {
  await go(page, 'Settings')
  const health = page.getByRole('region', { name: 'Data folder and health' })
  await expect(health.getByRole('listitem').filter({ hasText: 'Data folder' })).toContainText(workbench.home)
  await expect(health).not.toContainText('not ok')
  await health.getByRole('button', { name: 'Check again' }).click()
  await expect(health.getByRole('button', { name: 'Check again' })).toBeEnabled()
  await expect(page.getByRole('region', { name: 'What is kept where' })).toContainText('no telemetry')
})

test('the guide is shown again', async ({ window: page }) => {
  await go(page, 'Settings')
  await page.getByRole('button', { name: 'Show it again' }).click()
  await expect(page.getByRole('region', { name: 'Guide' })).toContainText('Step 1 of 4')
  await page.getByRole('button', { name: 'Leave the guide' }).click()
  await expect(page.getByRole('region', { name: 'Guide' })).toBeHidden()
})
