/** What a person does in Requests. */
import { expect, type Locator, type Page } from '@playwright/test'
import { go } from './window.ts'

export const catalogue = (page: Page): Locator => page.getByRole('region', { name: 'Operations', exact: true })
/** How many operations a search found. */
export const found = (page: Page): Locator => page.getByRole('status', { name: 'Operations found' })
export const response = (page: Page): Locator => page.getByRole('region', { name: 'Response', exact: true })
export const findings = (page: Page): Locator => page.getByRole('region', { name: 'Findings', exact: true })
export const sendButton = (page: Page): Locator => page.getByRole('button', { name: /^Send (to production )?(Ctrl|⌘)/ })

export async function chooseBank(page: Page, bank: string, environment: string): Promise<void> {
  await page.getByRole('banner').getByRole('combobox', { name: 'Bank' }).selectOption(bank)
  await page.getByLabel('Environment').selectOption(environment)
}

/** Parts of the request: Params, Headers, Body, Identity & grant, Will be sent, About. */
export async function part(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('tablist', { name: 'Parts of the request' }).getByRole('tab', { name }).click()
}

/** Sides of the answer: Explanation, Body, Headers, TLS, Timing, Request. */
export async function side(page: Page, name: string): Promise<void> {
  await page.getByRole('tablist', { name: 'Exchange' }).getByRole('tab', { name, exact: true }).click()
}

/** @param title as the bank's document has it */
export async function openOperation(page: Page, title: string): Promise<void> {
  await go(page, 'Requests')
  await catalogue(page)
    .getByRole('button', { name: new RegExp(`^(GET|POST|PUT|DELETE) ?${title}`, 'i') })
    .first()
    .click()
  await expect(page.getByRole('tablist', { name: 'Open requests' }).getByRole('tab', { selected: true })).toContainText(
    title,
  )
}

export async function fillParameter(page: Page, name: string, value: string): Promise<void> {
  const field = page.getByLabel(name, { exact: true })
  if ((await field.getAttribute('role')) === null && (await field.evaluate((each) => each.tagName)) === 'SELECT')
    await field.selectOption(value)
  else await field.fill(value)
}

export const bodyField = (page: Page): Locator => page.getByRole('textbox', { name: 'Body', exact: true })

/** Takes the document's example over, changed where `change` says so. */
export async function fillWithExample(page: Page, change: Record<string, unknown>): Promise<void> {
  await part(page, /^Body/)
  await page.getByRole('button', { name: 'Fill with example' }).click()
  let example: Record<string, unknown> = {}
  // The editor draws a text in more than one step.
  await expect(async () => {
    example = JSON.parse(await bodyField(page).innerText()) as Record<string, unknown>
  }).toPass()
  await typeBody(page, JSON.stringify({ ...example, ...change }, null, 2))
}

/** Instead of what is there. Not `fill`: it replaces a selection with `execCommand`, which makes Chromium write inline styles. */
export async function typeBody(page: Page, text: string): Promise<void> {
  const field = bodyField(page)
  // An editor that has just come may lose what was selected in it to the focus.
  await expect(async () => {
    await field.focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('Delete')
    await expect(field).toHaveText('', { timeout: 250 })
  }).toPass()
  await page.keyboard.insertText(text)
}

/** Sends and waits for the answer's status. */
export async function send(page: Page, status: RegExp): Promise<void> {
  await sendButton(page).click()
  await expect(response(page).getByRole('status').filter({ hasText: status })).toBeVisible()
}

/** The answer's JSON, read off the screen. */
export async function answer<Document>(page: Page): Promise<Document> {
  await side(page, 'Body')
  return JSON.parse(await page.getByRole('region', { name: 'Body of the answer' }).innerText()) as Document
}
