/** The main job with the keyboard alone; the focus can always be seen, and comes back when a dialog closes. */
import { test as base, expect, type Page } from '@playwright/test'
import { go, test, viewNames } from './window.ts'
import { passphrase, startWorkbench } from './workbench.ts'

test.use({ setting: { vault: 'open', identities: ['acme'], grants: ['account'] } })

const outlineOfFocus = () => {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  if (element === null || element === document.body) return null
  const named = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40) ?? element.tagName
  // A grid shows its focus on the chosen row, an editor on the frame around it.
  const shown = [element, ...element.querySelectorAll('[aria-selected="true"]')].some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
  })
  const framed = element.getRootNode() instanceof ShadowRoot
  return { named, seen: shown || framed }
}

const isFocused = (page: Page, name: RegExp, role: string) =>
  page.evaluate(
    ([source, wanted]) => {
      const element = document.activeElement
      if (element === null) return false
      const labels = (element as HTMLInputElement).labels
      const text = element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? ''
      const is =
        element.getAttribute('role') ??
        { A: 'link', BUTTON: 'button', INPUT: 'textbox', SELECT: 'combobox' }[element.tagName]
      return is === wanted && new RegExp(source!).test(text.trim())
    },
    [name.source, role],
  )

/** Tab until the thing has the focus; every stop on the way must be seen. */
async function tabTo(page: Page, name: RegExp, role = 'button'): Promise<void> {
  for (let stops = 0; stops < 80; stops += 1) {
    if (await isFocused(page, name, role)) return
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(outlineOfFocus)
    if (stop !== null) expect(stop.seen, `the focus on "${stop.named}" is seen`).toBe(true)
  }
  throw new Error(`Tab does not reach the ${role} ${name.source}`)
}

async function palette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toBeFocused()
  await page.keyboard.type(words)
  await expect(
    page.getByRole('dialog', { name: 'Command palette' }).getByRole('option', { selected: true }),
  ).toBeVisible()
  await page.keyboard.press('Enter')
}

const forbidMouse = (page: Page) =>
  page.addInitScript(() => {
    addEventListener('pointerdown', () => Object.assign(window, { mouseWasUsed: true }), { capture: true })
  })

base(
  'the main job without a mouse: certificate, registration, grant, accounts, an operation of one’s own',
  async ({ page, context }) => {
    const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
    await forbidMouse(page)
    await page.goto(await workbench.link())
    await expect(page.getByRole('button', { name: 'Order a test certificate' })).toBeVisible()
    await tabTo(page, /^Order a test certificate/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog').getByLabel(/passphrase/i)).toBeFocused()
    await page.keyboard.type(passphrase)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /^Register with/ })).toBeVisible()
    await tabTo(page, /^Register with/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Authorise a customer' })).toBeEnabled()
    await tabTo(page, /^Authorise a customer/)
    const opened = context.waitForEvent('page')
    await page.keyboard.press('Enter')
    const bankPage = await opened
    await expect(bankPage.getByRole('button', { name: 'Mobile BankID' })).toBeVisible()
    await bankPage.keyboard.press('Tab')
    await bankPage.keyboard.press('Enter')
    await expect(bankPage.getByRole('heading', { name: 'Done' })).toBeVisible()
    await bankPage.close()
    await expect(page.getByRole('button', { name: /^Read accounts/ })).toBeEnabled()
    await tabTo(page, /^Read accounts/)
    await page.keyboard.press('Enter')
    const account = page.getByRole('row', { name: /SE\d{22}/ }).first()
    await expect(account).toBeVisible()

    await palette(page, 'operation GET balances')
    await expect(page.getByRole('main', { name: 'Requests' })).toBeVisible()
    await expect(page.getByLabel('accountId', { exact: true })).toBeVisible()
    await tabTo(page, /^accountId/, 'textbox')
    await page.keyboard.type('5b1f7a3e-94c2-4d0a-8a67-1f20c3d4e501')
    await page.keyboard.press('Control+Enter')
    const response = page.getByRole('region', { name: 'Response' })
    await expect(response.getByRole('status').filter({ hasText: '200 OK' })).toBeVisible()
    await tabTo(page, /^Body$/, 'tab')
    await page.keyboard.press('ArrowRight')
    await expect(response.getByRole('tab', { name: 'Headers' })).toBeFocused()
    await expect(response.getByRole('table', { name: 'Request as sent' })).toBeVisible()
    expect(await page.evaluate(() => 'mouseWasUsed' in window)).toBe(false)
    await workbench.stop()
  },
)

test('the focus is seen at every stop of every view', async ({ window: page }) => {
  test.setTimeout(90_000)
  for (const view of viewNames) {
    await palette(page, `view ${view}`)
    await expect(page.getByRole('main', { name: view })).toBeVisible()
    const unseen = new Set<string>()
    for (let stops = 0; stops < 40; stops += 1) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(outlineOfFocus)
      if (stop !== null && !stop.seen) unseen.add(stop.named)
    }
    expect([...unseen], view).toEqual([])
  }
})

const dialogs: readonly (readonly [view: string, opener: RegExp])[] = [
  ['Keys', /^Order a test certificate/],
  ['Keys', /^Import/],
  ['Keys', /^Delete/],
  ['Access', /^Revoke account/],
  ['Settings', /^Change or lock/],
  ['Settings', /^vault: ready/],
]
for (const [view, opener] of dialogs) {
  test(`the focus goes into the dialog of "${opener.source.replace('^', '')}" and back`, async ({ window: page }) => {
    await go(page, view)
    const button = page.getByRole('button', { name: opener }).first()
    await button.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    for (let stops = 0; stops < 12; stops += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(button).toBeFocused()
  })
}
