/** Answers above 2 MB: their beginning at once, more when asked for, the whole for every look; in History as in Requests. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { picture, sizes, themes } from './examine.ts'
import { exchange, row } from './history-view.ts'
import { clipped } from './layout-checks.ts'
import { openOperation, response, send, sendButton } from './requests-view.ts'
import { openStandInBank } from './stand-in-bank.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

const booked = Array.from({ length: 60_000 }, (_, at) => ({
  transactionId: `T-${at}`,
  remittanceInformationUnstructured: `Öl – ${at}`,
  access_token: 'CANARY-in-a-large-body',
}))
const large = JSON.stringify({ transactions: { booked } })

test('a large answer begins at once, goes on when asked, and has every look when it is whole', async ({
  window: page,
  workbench,
}) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.answerWith({ body: large })
  await openOperation(page, "List the customer's accounts")
  await send(page, /200 OK/)
  const pane = response(page)
  const body = page.getByRole('region', { name: 'Body of the answer' })
  const progress = pane.getByRole('status').filter({ hasText: /^The first/ })
  await expect(body).toContainText('"T-0"')
  await expect(progress).toContainText(/^The first 66 kB of [\d.]+ MB are shown as they came\. It can be indented once/)
  await expect(pane.getByRole('button', { name: 'Pretty' })).toHaveCount(0)
  await pane.getByRole('button', { name: 'Show more' }).click()
  await expect(progress).toContainText(/^The first 1\.1 MB/)
  await body.focus()
  await page.keyboard.press('End')
  await expect(body).toContainText(/"T-1\d{4}"/)
  await pane.getByRole('button', { name: /^Load all/ }).click()
  await expect(pane.getByRole('button', { name: 'Pretty', pressed: true })).toBeVisible()
  await body.focus()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(body).toContainText('"T-59999"', { timeout: 1000 })
  }).toPass()
  expect(await page.content()).not.toContain('CANARY')
  await standIn.close()
})

test('it is read again from History, and goes with its exchange', async ({ window: page, workbench, engine }) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.answerWith({ body: large })
  const { id } = await engine.api.requests.send({
    bank: 'ica-banken',
    operation: 'ica-accounts-list',
    parameters: { 'PSU-IP-Address': '192.0.2.7' },
  })
  await standIn.close()
  const kept = join(workbench.home, 'history-bodies', id)
  expect((await readFile(kept)).includes('remittanceInformation')).toBe(false)
  await go(page, 'History')
  await row(page, /ica-accounts-list/).click()
  const pane = exchange(page)
  await pane.getByRole('tab', { name: 'Body', exact: true }).click()
  await pane.getByRole('button', { name: /^Load all/ }).click()
  await expect(pane.getByRole('button', { name: 'Raw' })).toBeVisible()
  const output = join(workbench.home, 'body.json')
  await workbench.tpp('history', 'show', id, '--output', output)
  const written = JSON.parse(await readFile(output, 'utf8')) as { transactions: { booked: unknown[] } }
  expect(written.transactions.booked).toHaveLength(booked.length)
  await engine.api.history.delete({ ids: [id] })
  await expect(readFile(kept)).rejects.toThrow('ENOENT')
})

test('it looks right in the sizes and themes a person has', async ({ window: page, workbench }) => {
  const standIn = await openStandInBank(workbench.home)
  standIn.answerWith({ body: large })
  await openOperation(page, "List the customer's accounts")
  await sendButton(page).click()
  await expect(response(page).getByRole('button', { name: /^Load all/ })).toBeVisible()
  for (const [width, height] of sizes)
    for (const colorScheme of themes) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      expect((await page.evaluate(clipped)).filter((each) => /Load all|Show more|Copy what/.test(each))).toEqual([])
      await picture(page, `large body ${width} ${colorScheme}`)
    }
  await standIn.close()
})
