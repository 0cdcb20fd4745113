/** Keys: ordered, imported, refused where key and certificate do not belong together, deleted; what was pasted is kept nowhere. */
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { newCredential } from './certificates.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'] } })

const identities = (page: Page) => page.getByRole('grid', { name: 'Identities' })
const detail = (page: Page) => page.getByRole('region', { name: 'Identity', exact: true })
const importDialog = (page: Page) => page.getByRole('dialog', { name: 'Import a certificate and its key' })

async function paste(page: Page, fields: { name: string; certificate: string; key: string; passphrase?: string }) {
  const dialog = importDialog(page)
  await dialog.getByLabel('Name', { exact: true }).fill(fields.name)
  await dialog.getByLabel('Certificate and chain, PEM').fill(fields.certificate)
  await dialog.getByLabel('Private key, PEM (not shown)').fill(fields.key)
  await dialog.getByLabel(/^Passphrase of the key/).fill(fields.passphrase ?? '')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
}

test('an expired certificate is ordered on purpose and shown as one', async ({ window: page }) => {
  await go(page, 'Keys')
  await page.getByRole('button', { name: 'Order a test certificate' }).click()
  const dialog = page.getByRole('dialog', { name: 'Order a test certificate' })
  await expect(dialog.getByRole('button', { name: 'Order', exact: true })).toBeDisabled()
  await dialog.getByLabel('Name', { exact: true }).fill('acme')
  await dialog.getByLabel('Key', { exact: true }).selectOption('EC P-256')
  await dialog.getByRole('button', { name: 'Order', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(/acme/)
  await dialog.getByLabel('Name', { exact: true }).fill('late')
  await dialog.getByText('Advanced').click()
  await dialog.getByLabel('What shall be wrong with it').selectOption('it has expired')
  await dialog.getByRole('button', { name: 'Order', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(identities(page).getByRole('row', { name: /^late/ })).toContainText('expired')
  await expect(detail(page).getByRole('heading', { name: 'late' })).toBeVisible()
  await expect(detail(page)).toContainText('EC P-256')
  await expect(detail(page)).toContainText('in the key store')
  await expect(detail(page)).toContainText('It cannot be exported.')
})

test('a certificate with another role and an Å in its issuer says so, and too many days are refused', async ({
  window: page,
}) => {
  await go(page, 'Keys')
  await page.getByRole('button', { name: 'Order a test certificate' }).click()
  const dialog = page.getByRole('dialog', { name: 'Order a test certificate' })
  await dialog.getByLabel('Name', { exact: true }).fill('nord')
  await dialog.getByLabel('Key', { exact: true }).selectOption('EC P-256')
  await dialog.getByText('Advanced').click()
  await expect(dialog).toContainText('Every bank of the local sandbox takes it.')
  await dialog.getByLabel('What shall be wrong with it').selectOption('it has another role than asked for')
  await expect(dialog).toContainText('shows which calls a role is needed for')
  await dialog.getByLabel('Issued by').selectOption('a CA with an Å in its name')
  await dialog.getByLabel('Days', { exact: true }).fill('900')
  await dialog.getByRole('button', { name: 'Order', exact: true }).click()
  await expect(dialog.getByRole('alert')).toHaveText('At most 825 days.')
  await dialog.getByLabel('Days', { exact: true }).fill('60')
  await dialog.getByRole('button', { name: 'Order', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(detail(page)).toContainText('PSP_AS')
  await expect(detail(page)).toContainText('Ålesund')
  await expect(detail(page)).toContainText('59 d left')
})

test('a key that belongs to another certificate is refused with both fingerprints', async ({ window: page }) => {
  const [one, other] = [await newCredential('One'), await newCredential('Other')]
  await go(page, 'Keys')
  await page.getByRole('button', { name: 'Import …' }).click()
  const key = String(other.key.export({ type: 'pkcs8', format: 'pem' }))
  await paste(page, { name: 'mixed', certificate: one.certificate, key })
  const refusal = importDialog(page).getByRole('alert').first()
  await expect(refusal).toContainText(one.sha256)
  const [, ofCertificate, ofKey] = (await refusal.innerText()).match(/[0-9a-f]{64}/g) ?? []
  expect(ofKey).not.toBe(ofCertificate)
  await expect(importDialog(page)).toContainText('Nothing was stored.')
  await expect(importDialog(page).getByLabel('Private key, PEM (not shown)')).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(identities(page).getByRole('row', { name: /^mixed/ })).toHaveCount(0)
})

/** Everything the page holds that outlives a render. */
async function heldByThePage(page: Page): Promise<string> {
  const values = await page
    .getByRole('textbox')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))
  const stores = await page.evaluate(async () =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      await indexedDB.databases(),
      await caches.keys(),
      location.href,
      document.title,
      history.state as unknown,
    ]),
  )
  return [await page.content(), ...values, stores].join('\n')
}

/** Every file of the data folder by its path. */
async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)))
}

test('an encrypted key is pasted and imported, and is found nowhere afterwards (K1, K2)', async ({
  window: page,
  watch,
  workbench,
}) => {
  const { certificate, key, sha256 } = await newCredential('Canary')
  const secret = `CANARY-passphrase-${randomUUID()}`
  const encrypted = String(key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: secret }))
  await go(page, 'Keys')
  await page.getByRole('button', { name: 'Import …' }).click()
  await paste(page, { name: 'canary', certificate, key: encrypted })
  await expect(importDialog(page).getByRole('alert')).toContainText('The key is encrypted: give its passphrase.')
  await importDialog(page)
    .getByLabel(/^Passphrase of the key/)
    .fill(secret)
  await importDialog(page).getByRole('button', { name: 'Import', exact: true }).click()
  await expect(importDialog(page)).toBeHidden()
  await expect(detail(page)).toContainText(sha256)
  await expect(detail(page)).toContainText('in the key store')

  const der = key.export({ type: 'pkcs8', format: 'der' })
  const scalar = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url')
  const body = encrypted.split('\n').slice(1, -2)
  const forms = [
    secret,
    ...body,
    der.toString('base64').slice(0, 60),
    scalar.toString('hex'),
    scalar.toString('base64'),
  ]
  const searched = [await heldByThePage(page), ...watch.received]
  for (const form of forms) for (const text of searched) expect(text.includes(form)).toBe(false)
  const binary = [...forms.map((form) => Buffer.from(form)), scalar]
  for (const [file, content] of await filesIn(workbench.home))
    for (const form of binary) expect(content.includes(form), file).toBe(false)
})

test('a key that is pasted along with its certificate moves into the masked field', async ({ window: page }) => {
  const { certificate, key } = await newCredential('Together')
  const pem = String(key.export({ type: 'pkcs8', format: 'pem' }))
  await go(page, 'Keys')
  await page.getByRole('button', { name: 'Import …' }).click()
  await importDialog(page).getByLabel('Certificate and chain, PEM').fill(`${certificate}\n${pem}`)
  await expect(importDialog(page).getByLabel('Certificate and chain, PEM')).not.toHaveValue(/PRIVATE/)
  await expect(importDialog(page).getByLabel('Private key, PEM (not shown)')).toHaveValue(/BEGIN PRIVATE KEY/)
  await importDialog(page).getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Import …' }).click()
  await expect(importDialog(page).getByLabel('Private key, PEM (not shown)')).toHaveValue('')
})

test('an identity is deleted after a question that names what is lost', async ({ window: page, engine }) => {
  await engine.api.keys.order({ name: 'brief' })
  await go(page, 'Keys')
  await identities(page)
    .getByRole('row', { name: /^brief/ })
    .click()
  await detail(page).getByRole('button', { name: 'Delete …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete brief?' })
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await expect(dialog).toContainText('cannot be undone')
  await dialog.getByRole('button', { name: 'Delete identity and key' }).click()
  await expect(dialog).toBeHidden()
  await expect(identities(page).getByRole('row', { name: /^brief/ })).toHaveCount(0)
})
