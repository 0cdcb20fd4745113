/** A failure ends in its cause and its remedy: what is known beforehand, what is proven afterwards, and the button that mends it. */
import { readAccounts } from './engine.ts'
import { examine } from './examine.ts'
import { fillParameter, findings, openOperation, part, response, send } from './requests-view.ts'
import { expect, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

test('a period that reaches back too far is found, proven, and mended with one click', async ({
  window: page,
  engine,
}) => {
  const { response: list } = await readAccounts(engine.api)
  const { accounts } = JSON.parse(list?.body ?? '') as { accounts: { resourceId: string }[] }
  await openOperation(page, 'List the transactions of an account, page by page')
  await fillParameter(page, 'accountId', accounts[0]?.resourceId ?? '')
  await fillParameter(page, 'dateFrom', '2020-01-01')
  await part(page, /^Headers/)
  await fillParameter(page, 'PSU-IP-Address', '192.0.2.7')
  await part(page, /^Params/)
  const mend = findings(page).getByRole('button', { name: /^Set dateFrom to / })
  await expect(findings(page)).toContainText('the bank goes back 18 months')
  await expect(mend).toBeVisible()
  await send(page, /400 Bad Request/)
  const causes = response(page).getByRole('list', { name: 'Causes' })
  await expect(causes.getByRole('listitem').first()).toContainText('proven')
  await expect(causes.getByRole('list', { name: 'Evidence' }).first()).toContainText(/yes\s*dateFrom is 2020-01-01/)
  await examine(page, 'explanation')
  await response(page)
    .getByRole('button', { name: /^Set dateFrom to / })
    .click()
  await expect(page.getByLabel('dateFrom', { exact: true })).not.toHaveValue('2020-01-01')
  await expect(findings(page)).toHaveCount(0)
  await send(page, /200 OK/)
})

test('a header set by hand is taken out where it was the cause', async ({ window: page }) => {
  await openOperation(page, "List the customer's accounts")
  await part(page, /^Headers/)
  await fillParameter(page, 'PSU-IP-Address', '192.0.2.7')
  await page.getByRole('button', { name: 'Add header' }).click()
  await page.getByLabel('Name of header 1').fill('Accept')
  await page.getByLabel('Value of header 1').fill('text/csv')
  await expect(findings(page)).toContainText('Accept was text/csv, without JSON.')
  await findings(page).getByRole('button', { name: 'Remove Accept' }).click()
  await expect(findings(page)).toHaveCount(0)
})
