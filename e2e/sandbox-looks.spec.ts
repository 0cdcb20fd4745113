/** Every part of the sandbox view, for everyone: accessible in light and dark, whole from 1024×700 on, with a long log and state. */
import type { Page } from '@playwright/test'
import { bank, type Engine, readAccounts } from './engine.ts'
import { breaches, examine, picture } from './examine.ts'
import { logOf, openTab, sandboxTabs, seenCall, stateOf, tenantOf } from './sandbox-view.ts'
import { expect, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: / …$/ })).toHaveCount(0)
}

/** A fault of each scope, a switch, and a log of this many tens of calls. */
async function fill({ api }: Engine, tens: number): Promise<void> {
  const tenant = await tenantOf(api)
  for (let round = 0; round < tens; round += 1) await Promise.all(Array.from({ length: 10 }, () => readAccounts(api)))
  const latency = { bank, operation: 'ica-accounts-list', fault: 'latency', parameters: { milliseconds: 250 } }
  const expired = { bank: 'sparebank1', operation: '*', fault: 'expired-server-certificate', parameters: {} }
  await api.sandbox.faults({ tenant, set: [{ ...latency, times: 3 }, expired] })
  await api.sandbox.switches({ tenant, set: { [bank]: ['account-system-timeout'] } })
  await api.sandbox.clock({ tenant, offsetSeconds: 660 })
}

async function show(page: Page, tab: (typeof sandboxTabs)[number]): Promise<void> {
  await openTab(page, tab)
  await settled(page)
  if (tab === 'Log') await logOf(page).getByRole('row').nth(3).click()
  if (tab === 'Log') await expect(seenCall(page).getByRole('table')).toBeVisible()
  if (tab === 'State') await stateOf(page).getByRole('row').nth(1).click()
}

test('every tab is accessible, whole and calm, in both themes and sizes', async ({ window: page, engine }) => {
  test.setTimeout(180_000)
  await fill(engine, 2)
  for (const tab of sandboxTabs) {
    await show(page, tab)
    await examine(page, `sandbox ${tab}`)
  }
})

test('dialogs are accessible in both themes, take the focus and give it back', async ({ window: page }) => {
  const dialogs = [
    ['Faults', 'Add a fault …'],
    ['State', 'Reset …'],
    ['Tenants', 'Token for a participant …'],
  ] as const
  await page.setViewportSize({ width: 1024, height: 700 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const [tab, opener] of dialogs) {
      await openTab(page, tab)
      const button = page.getByRole('button', { name: opener })
      await expect(button).toBeEnabled()
      await button.focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog')
      await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
      expect.soft(await breaches(page), `${opener}, ${colorScheme}`).toEqual([])
      await picture(page, `dialog ${tab} ${colorScheme}`)
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await expect(button).toBeFocused()
    }
  }
})

test('a full log has few rows in the page and can be gone through to its end', async ({ window: page, engine }) => {
  const tenant = await tenantOf(engine.api)
  await engine.api.sandbox.reset({ tenant })
  for (let round = 0; round < 52; round += 1)
    await Promise.all(Array.from({ length: 10 }, () => readAccounts(engine.api)))
  await openTab(page, 'Log')
  await expect(logOf(page)).toHaveAttribute('aria-rowcount', '501')
  expect(await logOf(page).getByRole('row').count()).toBeLessThan(80)
  await logOf(page).focus()
  await page.keyboard.press('End')
  await expect(seenCall(page)).toContainText('No longer kept')
  await page.keyboard.press('Home')
  await expect(seenCall(page).getByRole('table', { name: /Headers as the bank read them/ })).toBeVisible()
})

test('tabs are reached with the keyboard', async ({ window: page }) => {
  await openTab(page, 'Banks')
  await page.getByRole('tab', { name: 'Banks', exact: true }).focus()
  for (const tab of sandboxTabs.slice(1)) {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name: tab, exact: true })).toBeFocused()
    await expect(page.getByRole('tab', { name: tab, exact: true })).toHaveAttribute('aria-selected', 'true')
  }
})
