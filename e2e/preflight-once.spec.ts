/** While somebody types, the engine is asked what it thinks of the draft once per pause, and not with every letter. */
import { bodyField, findings, openOperation, part } from './requests-view.ts'
import { expect, go, test } from './window.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account', 'payment'] } })

test('typing asks once per pause, however much is wrong with the draft', async ({ window: page }) => {
  const asked: string[] = []
  // From the next load on: sockets that are open already are not told.
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const text = payload.toString()
      if (/requests\/(check|preflight)/.test(text)) asked.push(text)
    }),
  )
  await page.reload()
  await go(page, 'Requests')
  await openOperation(page, 'Create a payment')
  await part(page, /^Body/)
  await bodyField(page).click()
  await expect(findings(page)).toBeVisible()
  await page.waitForTimeout(1000)
  const before = asked.length
  expect(before).toBeGreaterThan(0)
  // Neither the parameters nor the body are right: all of it is told by one answer.
  await page.keyboard.type('{"debtorAccount": 1, "x": 2}', { delay: 20 })
  await page.waitForTimeout(1500)
  expect(asked.length - before).toBe(1)
})
