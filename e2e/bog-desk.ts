/** Bank of Georgia as walks need it: a consent and a payment that are authorised already, the bank's clock, and the way to a view. */
import { expect, type Page } from '@playwright/test'
import type { Api } from './engine.ts'
import { exchange, fillPayment } from './payment-view.ts'
import { part } from './requests-view.ts'
import { go } from './window.ts'

const bank = 'bank-of-georgia'
/** The consent covers balances and transactions of the first, balances of the second. */
export const covered = 'GE44BG9000000000000001'
export const balancesOnly = 'GE17BG9000000000000002'
const product = { 'payment-service': 'payments', 'payment-product': 'domestic' }

/** The bank's id of what a call created. */
async function created(api: Api, draft: Parameters<Api['requests']['send']>[0], id: string): Promise<string> {
  const { response: answer } = await api.requests.send({ identity: 'acme', ...draft })
  expect(answer?.status).toBe(201)
  return (JSON.parse(answer?.body ?? '') as Record<string, string>)[id]!
}

/** The newest of its kind, authorised by a customer who clicks by themselves. */
async function authorised(api: Api, resource: string): Promise<void> {
  const things = await api.access.consents({ bank })
  const { id } = things.find((each) => each.resource === resource)!
  for await (const _event of await api.access.authoriseConsent({ consent: id, psu: 'Nino Beridze' })) {
    // The last event comes when the grant is stored.
  }
}

/** The newest consent, which ended those before it. */
let newest: Promise<string> | null = null

/** One that is good, made where none is yet. */
export const validConsent = (api: Api): Promise<string> => newest ?? givenConsent(api)

export function givenConsent(api: Api): Promise<string> {
  newest = makeConsent(api)
  return newest
}

async function makeConsent(api: Api): Promise<string> {
  const id = await created(
    api,
    {
      bank,
      operation: 'bog-consent-create',
      parameters: {
        'PSU-ID': 'nino.beridze',
        'PSU-IP-Address': '192.0.2.7',
        'TPP-Redirect-URI': (await api.access.returnAddress({ bank })).uri,
      },
      body: JSON.stringify({
        access: { balances: [{ iban: covered }, { iban: balancesOnly }], transactions: [{ iban: covered }] },
        recurringIndicator: true,
        validUntil: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
        frequencyPerDay: 4,
        combinedServiceIndicator: false,
      }),
    },
    'consentId',
  )
  await authorised(api, id)
  return id
}

export async function givenPayment(api: Api): Promise<string> {
  const id = await created(
    api,
    {
      bank,
      operation: 'bog-payment-initiate',
      parameters: {
        ...product,
        'PSU-ID': 'nino.beridze',
        'PSU-IP-Address': '192.0.2.7',
        'TPP-Redirect-URI': (await api.access.returnAddress({ bank })).uri,
      },
      body: JSON.stringify({
        debtorAccount: { iban: covered },
        instructedAmount: { currency: 'GEL', amount: '12.50' },
        creditorAccount: { iban: 'GE33BG9000000000000005' },
        creditorName: 'Merchant',
      }),
    },
    'paymentId',
  )
  await authorised(api, id)
  return id
}

export async function clockOf(api: Api, offsetSeconds: number): Promise<void> {
  for (const { tenant } of await api.sandbox.tenants()) await api.sandbox.clock({ tenant, offsetSeconds })
}

/** @param who name of the identity the calls are made as */
export async function at(page: Page, api: Api, view: string, who = 'acme'): Promise<void> {
  const identity = (await api.keys.list({})).find(({ name }) => name === who)!
  await page.getByRole('banner').getByLabel('identity').selectOption(identity.id)
  await go(page, view)
}

export const paymentForm = (page: Page) => page.getByRole('form', { name: 'Create the payment' })
export const chosenPayment = (page: Page) => page.getByRole('region', { name: 'Chosen payment' })

/** A payment the bank would take. */
export async function fillPaymentForm(page: Page, api: Api, who?: string): Promise<void> {
  await at(page, api, 'Payments', who)
  const another = page.getByRole('button', { name: 'New payment' })
  await expect(paymentForm(page).or(chosenPayment(page))).toBeVisible()
  if (await another.isEnabled()) await another.click()
  await paymentForm(page).getByLabel('Payment product', { exact: true }).selectOption('domestic')
  await expect(paymentForm(page).getByLabel('TPP-Redirect-URI (optional)')).not.toHaveValue('')
  const values = { from: covered, to: 'GE33BG9000000000000005', currency: 'GEL', amount: '12.50', name: 'Merchant' }
  await fillPayment(paymentForm(page), values)
}

export async function openPayment(page: Page, api: Api, id: string): Promise<void> {
  await at(page, api, 'Payments')
  await page
    .getByRole('table')
    .getByRole('row', { name: new RegExp(id.slice(0, 8)) })
    .click()
}

export const readButton = (page: Page) => page.getByRole('button', { name: /^Read (accounts|again)$/ }).first()
export const departures = (page: Page) => page.getByRole('region', { name: 'Departures', exact: true })

/** With a consent that is good. */
export async function readAccounts(page: Page, api: Api): Promise<void> {
  await validConsent(api)
  await at(page, api, 'Accounts')
  await readButton(page).click()
  await expect(exchange(page, 'bog-accounts-list')).toContainText('200 OK')
}

/** From the line of a call that was made. */
export const asRequest = (page: Page, operation: string) =>
  exchange(page, operation).getByRole('button', { name: 'Open as request' }).click()

export async function openDepartures(page: Page): Promise<void> {
  await part(page, /^Headers/)
  await departures(page).getByRole('button', { name: 'Departures' }).click()
}
