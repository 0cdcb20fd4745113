/** Ways around in the view of the local sandbox. */
import type { Page } from '@playwright/test'
import { go } from './window.ts'

export const sandboxTabs = ['Banks', 'Log', 'State', 'Faults', 'Clock', 'Tenants'] as const
export type SandboxTab = (typeof sandboxTabs)[number]

export async function openTab(page: Page, name: SandboxTab): Promise<void> {
  await go(page, 'Local sandbox')
  await page.getByRole('tablist', { name: 'Local sandbox' }).getByRole('tab', { name, exact: true }).click()
}

export const logOf = (page: Page) => page.getByRole('grid', { name: 'Log of the tenant' })
export const seenCall = (page: Page) => page.getByRole('region', { name: 'Call as the bank saw it' })
export const stateOf = (page: Page) => page.getByRole('grid', { name: 'State of the tenant' })

/** The organizationIdentifier of the identity the tests are made as. */
export const tenantOf = async (api: { keys: { list(): Promise<{ organizationIdentifier: string | null }[]> } }) =>
  (await api.keys.list())[0]?.organizationIdentifier ?? ''
