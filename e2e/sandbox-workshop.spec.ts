/** A workshop: the sandbox started for others, a token handed out, another workbench attached with it, and let go again. */
import { test as base, expect, type Page } from '@playwright/test'
import { openEngine, prepare } from './engine.ts'
import { openTab } from './sandbox-view.ts'
import { enter, go, test } from './window.ts'
import { startWorkbench } from './workbench.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const participant = 'PSDSE-FINA-5560000017'

async function startShared(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('button', { name: 'Start for a workshop …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start for a workshop' })
  await dialog.getByLabel('Address to listen on').fill('0.0.0.0')
  await dialog.getByLabel('Names others call this machine by').fill('127.0.0.1')
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 20_000 })
}

test('an address that is not this machine’s is refused in the form', async ({ window: page, engine }) => {
  await go(page, 'Local sandbox')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('button', { name: 'Start for a workshop …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start for a workshop' })
  await dialog.getByLabel('Address to listen on').fill('192.0.2.1')
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(dialog.getByText('The sandbox did not start')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('contentinfo')).toContainText(/sandbox: \d+ banks?/)
  expect((await engine.api.sandbox.status()).running).toBe(true)
})

test('a participant attaches with what the leader hands out, steers one tenant, and lets go', async ({
  window: page,
  engine,
  browser,
}) => {
  base.setTimeout(120_000)
  await openTab(page, 'Tenants')
  await expect(page.getByText('Only this machine reaches this sandbox.')).toBeVisible()
  await startShared(page)
  await openTab(page, 'Tenants')
  await page.getByRole('button', { name: 'Token for a participant …' }).click()
  const handing = page.getByRole('dialog', { name: 'Token for a participant' })
  await handing.getByLabel('organizationIdentifier').fill('no spaces allowed')
  await handing.getByRole('button', { name: 'Make the token' }).click()
  await expect(handing.getByText('No token was made')).toBeVisible()
  await handing.getByLabel('organizationIdentifier').fill(participant)
  await handing.getByRole('button', { name: 'Make the token' }).click()
  const { token } = await engine.api.sandbox.tenantToken({ tenant: participant })
  await expect(handing).toContainText(token)
  await handing.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText(token)).toHaveCount(0)
  await expect(page.getByRole('grid', { name: 'Tenants' }).getByRole('row', { name: participant })).toBeVisible()

  const shared = (await engine.api.sandbox.status()).sandbox?.shared
  const { pem } = await engine.api.sandbox.ca()
  const other = await startWorkbench({ TPP_SECRETS: 'vault' })
  const theirs = await openEngine(other)
  await prepare(theirs.api, { vault: 'open' })
  await theirs.api.sandbox.stop()
  await theirs.api.workspace.rememberWindow({ bank: 'ica-banken', guide: null })
  const context = await browser.newContext({ viewport: { width: 1024, height: 700 } })
  const second = await context.newPage()
  await enter(second, theirs)
  await go(second, 'Local sandbox')
  await second.getByRole('button', { name: 'Attach to another machine’s …' }).click()
  const attaching = second.getByRole('dialog')
  await expect(attaching.getByRole('button', { name: 'Attach', exact: true })).toBeDisabled()
  await attaching.getByLabel('Address').fill(shared?.control ?? '')
  await attaching.getByLabel('Token').fill('wrong')
  const choose = (name: string, text: string) =>
    attaching.getByLabel('CA file').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await choose('notes.txt', 'nothing')
  await expect(attaching.getByText('notes.txt holds no certificate in PEM.')).toBeVisible()
  await choose('ca.pem', pem)
  await attaching.getByRole('button', { name: 'Attach', exact: true }).click()
  await expect(attaching.getByText('Not attached')).toBeVisible()
  await attaching.getByLabel('Token').fill(token)
  await attaching.getByRole('button', { name: 'Attach', exact: true }).click()
  await expect(attaching).toBeHidden()

  await expect(second.getByRole('main').getByText('attached', { exact: true })).toBeVisible()
  await openTab(second, 'Tenants')
  await expect(second.getByRole('main')).toContainText('The token steers one tenant')
  await expect(second.getByRole('main')).toContainText(`No identity here has the organizationIdentifier ${participant}`)
  await openTab(second, 'Clock')
  await second.getByRole('button', { name: '31 seconds on' }).click()
  await expect(second.getByText('31 s ahead of this machine’s clock')).toBeVisible()
  expect(await engine.api.sandbox.clock({ tenant: participant })).toEqual({ offsetSeconds: 31 })
  await openTab(second, 'Faults')
  await second.getByRole('button', { name: 'Add a fault …' }).click()
  const kinds = attaching.getByLabel('What goes wrong')
  await expect(kinds.getByRole('option', { name: 'Expired server certificate' })).toBeDisabled()
  await expect(attaching).toContainText('only the keeper of this sandbox can set them')
  await second.keyboard.press('Escape')

  await second.getByRole('button', { name: 'Detach' }).click()
  await expect(second.getByText('The local sandbox is not running')).toBeVisible()
  await context.close()
  theirs.close()
  await other.stop()
})
