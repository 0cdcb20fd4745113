/** Pre-authorizations of the PayEx ledger brought to where a test begins, by calling the engine and logging in as the customer. */
import { randomBytes } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Api } from './engine.ts'

export const payexBank = 'payex-ledger'
const environment = 'sandbox'

/** One customer's pre-authorization, on a tenant of its own: its clock and its faults disturb nobody. */
export interface PayexCase {
  readonly grant: string
  readonly tenant: string
  call(operation: string, body?: unknown): Promise<void>
  /** Seconds ahead of the world's time. */
  clock(offsetSeconds: number): Promise<void>
}

export type Progress = 'token' | 'identified' | 'created' | 'answered'

let cases = 0

export const swedishAnswers = [
  { code: 'IsPep', answerCode: 'IsPepNo' },
  { code: 'FundsOrigin', answerCode: 'FundsOriginSalary' },
  { code: 'TaxAbroad', answerCode: 'TaxAbroadNo' },
]

async function identify(api: Api, one: PayexCase, customer: string): Promise<void> {
  await one.call('payex-begin-bankid-se-authentication')
  const { sandbox } = await api.sandbox.status()
  const pages = sandbox?.banks.find(({ id }) => id === payexBank)?.urls.pages ?? ''
  const answer = await fetch(new URL('/curity/login', pages), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ customer, method: 'bankid', redirect_uri: 'https://shop.example/back' }),
  })
  const back = new URL(answer.headers.get('location') ?? '').searchParams
  await one.call('payex-verify-authentication', Object.fromEntries(back))
}

/** @param customer key of a Swedish customer, such as `sven-svensson` */
export async function openCase(api: Api, customer: string, progress: Progress): Promise<PayexCase> {
  cases += 1
  const tenant = `PSDSE-FINA-w${cases}${randomBytes(3).toString('hex')}`
  await api.sandbox.tenantToken({ tenant })
  const { id: grant } = await api.access.enter({
    bank: payexBank,
    environment,
    token: `payex~${customer}~${randomBytes(4).toString('hex')}~${tenant}`,
    expiresIn: 3600 + cases,
  })
  const one: PayexCase = {
    grant,
    tenant,
    async call(operation, body = {}) {
      const parameters = { ownerNo: '1001' }
      const draft = { bank: payexBank, environment, operation, grant, parameters, body: JSON.stringify(body) }
      const { response } = await api.requests.send(draft)
      expect(response?.status, `${operation}: ${response?.body}`).toBeLessThan(300)
    },
    async clock(offsetSeconds) {
      await api.sandbox.clock({ tenant, offsetSeconds })
    },
  }
  if (progress === 'token') return one
  await identify(api, one, customer)
  if (progress === 'identified') return one
  await one.call('payex-account-application-create')
  if (progress === 'answered')
    await one.call('payex-account-application-kyc-answers-create', { answers: swedishAnswers })
  return one
}

/** Chooses whose pre-authorization is worked with. */
export async function choose(page: Page, { grant }: PayexCase): Promise<void> {
  const choice = page.getByRole('combobox', { name: 'Pre-authorization' })
  await expect(choice.locator(`option[value="${grant}"]`)).toBeAttached()
  await choice.selectOption(grant)
}

/** The application as it stands, as a person reads it who comes to it later. */
export async function read(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Read: New credit account' }).click()
  await expect(page.getByRole('group', { name: 'Possible now' })).toBeVisible()
}

/** A step that is not offered. */
export async function sendAnyway(page: Page, name: string): Promise<void> {
  await page.getByText('Another step …').click()
  await page.getByRole('button', { name: `Send anyway: ${name}` }).click()
}

export const statusOf = (page: Page): Locator =>
  page.getByRole('list', { name: 'Statuses of the application' }).locator('[aria-current=step]')

export const order = (page: Page): Locator => page.getByRole('region', { name: 'Sign with BankID on another device' })

export async function sign(page: Page): Promise<void> {
  await page
    .getByRole('group', { name: 'Possible now' })
    .getByRole('button', { name: 'Sign with BankID on another device' })
    .click()
  await expect(order(page).getByRole('img', { name: 'QR code to be scanned with the BankID app' })).toBeVisible()
}

/** The first row of an explanation, and what it means. */
export async function explainedAs(place: Locator, row: string, meaning: string): Promise<void> {
  await expect(place.getByRole('button', { name: /^Error row / }).first()).toHaveText(`Error row ${row}`)
  await expect(place).toContainText(meaning)
}
