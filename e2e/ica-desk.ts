/** What stands ready at the local ICA Banken before a walk begins, and what a walk ends with. */
import { expect, type Locator, type Page } from '@playwright/test'
import { type Api, bank, giveGrant } from './engine.ts'
import { dayAhead, field, fillPayment } from './payment-view.ts'
import { go } from './window.ts'

export const own = 'SE6792700000092710000016'
export const other = 'SE4550000000058398257466'

/** The first row of the explanation, by the button that opens it in the reference. */
export const explainedBy = (where: Locator, row: string) =>
  expect(where.getByRole('button', { name: /^Error row / }).first()).toHaveText(`Error row ${row}`)

/** Chooses at the top of the window who the TPP is. */
export const be = (page: Page, identity: string) =>
  page
    .getByRole('banner')
    .getByLabel('identity')
    .selectOption({ label: `${identity} · QWAC` })

/** Another organisation, so that its clock, its faults and its registration are nobody else's. */
export async function newcomer(api: Api, name: string, change: object = {}): Promise<{ id: string; tenant: string }> {
  const { id, organizationIdentifier } = await api.keys.order({ name, key: 'ec-p256', ...change })
  return { id, tenant: organizationIdentifier ?? '' }
}

const idOf = (body: string | undefined, name: string): string =>
  String((JSON.parse(body ?? '{}') as Record<string, unknown>)[name])

/** @returns the bank's id of a payment that is not signed */
export async function pay(api: Api, day: string = dayAhead()): Promise<string> {
  const { response } = await api.requests.send({
    bank,
    identity: 'acme',
    operation: 'ica-payment-create',
    parameters: { paymentProduct: 'domestic-credit-transfers' },
    body: JSON.stringify({
      debtorAccount: { iban: own },
      instructedAmount: { currency: 'SEK', amount: '50.00' },
      creditorAccount: { iban: other },
      creditorName: 'Somebody',
      requestedExecutionDate: day,
    }),
  })
  expect(response?.status).toBe(201)
  return idOf(response?.body, 'paymentId')
}

/** @returns the bank's id of the basket */
export async function fillBasket(api: Api, payments: readonly string[]): Promise<string> {
  const body = JSON.stringify({ paymentIds: payments })
  const draft = { bank, identity: 'acme', operation: 'ica-signing-basket-create', body }
  const { response } = await api.requests.send(draft)
  expect(response?.status).toBe(201)
  return idOf(response?.body, 'basketId')
}

/** The customer signs it in a basket of its own. */
export async function sign(api: Api, payment: string): Promise<void> {
  const basketId = await fillBasket(api, [payment])
  await giveGrant(api, `basket:${basketId}`, 'acme')
  const draft = { bank, identity: 'acme', operation: 'ica-signing-basket-sign', parameters: { basketId } }
  expect((await api.requests.send(draft)).response?.status).toBe(200)
}

/** A form that was filled in rightly, of a payment or of a mandate. */
export async function fillForm(page: Page, view: 'Payments' | 'Recurring'): Promise<Locator> {
  const one = view === 'Payments' ? 'payment' : 'mandate'
  await go(page, view)
  const another = page.getByRole('button', { name: `New ${one}` })
  if (await another.isEnabled()) await another.click()
  const form = page.getByRole('form', { name: `Create the ${one}` })
  await fillPayment(form, { from: own, to: other, amount: '125.00', currency: 'SEK', name: 'Elva Tolvansson' })
  await field(form, one === 'payment' ? 'Requested execution date' : 'Start date').fill(dayAhead())
  if (one === 'mandate') await field(form, 'Frequency').selectOption('Monthly')
  return form
}

/** Opens one of the list of the view by the bank's id. */
export async function openInList(page: Page, view: string, id: string): Promise<void> {
  await go(page, view)
  await page.getByRole('main').getByRole('row').filter({ hasText: id }).click()
}
