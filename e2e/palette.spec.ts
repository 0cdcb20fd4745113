/** The command palette: any view, operation, error row or theme by its name, from anywhere, with the keyboard. */
import type { Page } from '@playwright/test'
import { expect, go, test } from './window.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' })
const chosen = (page: Page) => palette(page).getByRole('option', { selected: true })

async function ask(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(palette(page).getByRole('combobox')).toBeFocused()
  await page.keyboard.type(words)
}

test('goes to every kind of thing', async ({ window: page }) => {
  await ask(page, 'view history')
  await expect(chosen(page)).toHaveText(/View.*History/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main', { name: 'History' })).toBeVisible()
  await ask(page, 'operation status recurring')
  await expect(chosen(page)).toHaveText(/Operation.*recurring/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tablist', { name: 'Open requests' })).toContainText('status of a recurring payment')
  await ask(page, 'ica-general-kyc')
  await expect(chosen(page)).toHaveText(/Error/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main', { name: 'Errors' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Error row' })).toContainText('Old KYC information')
})

test('arrow keys choose, Escape closes and gives the focus back', async ({ window: page }) => {
  await go(page, 'Keys')
  const before = page.getByRole('button', { name: 'Order a test certificate' })
  await before.focus()
  await ask(page, 'view')
  const first = await chosen(page).innerText()
  await page.keyboard.press('ArrowDown')
  await expect(chosen(page)).not.toHaveText(first)
  await page.keyboard.press('ArrowUp')
  await expect(chosen(page)).toHaveText(first.replaceAll('\n', ''))
  await page.keyboard.type(' nothing is called this')
  await expect(palette(page)).toContainText('Nothing has these words.')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(before).toBeFocused()
})

test('is there for the mouse too, and knows the theme', async ({ window: page }) => {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Search/ })
    .click()
  await palette(page).getByRole('combobox').fill('theme dark')
  await palette(page).getByRole('option', { name: 'Theme: dark' }).click()
  await go(page, 'Settings')
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
})
