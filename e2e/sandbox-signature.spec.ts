/** A signature as the bank judged it: the text it verified with what is not seen in it, and whether it is what was signed here. */
import type { Engine } from './engine.ts'
import { logOf, openTab, seenCall } from './sandbox-view.ts'
import { expect, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme', { name: 'seal', kind: 'QSEAL' }] } })

const signed = ({ api }: Engine) =>
  api.requests.send({
    bank: 'salt-edge',
    operation: 'salt-edge-cof-consent-get',
    parameters: { consent_id: '17' },
    identity: 'seal',
    insist: true,
  })

test('a good signature: what the bank verified is what was signed here', async ({ window: page, engine }) => {
  const exchange = await signed(engine)
  await openTab(page, 'Log')
  const seal = (await engine.api.keys.list()).find(({ name }) => name === 'seal')
  await page
    .getByRole('main')
    .getByLabel('Tenant')
    .selectOption(seal?.organizationIdentifier ?? '')
  await page.getByLabel('Search the log').fill('confirmation-of-funds')
  await logOf(page).getByRole('row').nth(1).click()
  const lines = seenCall(page).getByRole('list', { name: 'Lines the bank verified' })
  await expect(lines.getByRole('listitem')).toHaveCount(exchange.signature!.signedHeaders.length)
  await expect(seenCall(page)).toContainText('Character for character what was signed here.')
  await expect(seenCall(page)).toContainText('of the identity seal')
  await seenCall(page).getByRole('button', { name: 'Take our signature apart' }).click()
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('The signature verifies')
})
