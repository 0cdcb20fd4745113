/** The consents and payments the tests of Bank of Georgia make again and again. */
import { bogAccounts } from '#sandbox/banks/bank-of-georgia/customers.ts'
import { georgianIban } from '#sandbox/banks/bank-of-georgia/georgian-iban.ts'
import type { BogCallOptions, BogTpp } from './bog-tpp.ts'
import type { TestAnswer } from './test-exchange.ts'

/** Account number as in customers.ts. */
export const accountNumber = (number: number) => {
  const account = bogAccounts[number - 1]
  if (!account) throw new Error(`There is no account ${number}.`)
  return account
}

export const nino = 'nino.beridze'
export const signers = ['tamar.lomidze', 'levan.gelashvili', 'ketevan.maisuradze']
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export function consentBody(accounts: readonly number[] = [1, 2, 3], change: object = {}): object {
  const references = accounts.map((number) => ({ iban: accountNumber(number).iban }))
  return {
    access: { balances: references, transactions: references },
    recurringIndicator: true,
    validUntil: inDays(90),
    frequencyPerDay: 4,
    combinedServiceIndicator: false,
    ...change,
  }
}

export const paymentBody = (account = 1, change: object = {}): object => ({
  instructedAmount: { currency: 'GEL', amount: '12.50' },
  debtorAccount: { iban: accountNumber(account).iban },
  creditorName: 'Merchant123',
  creditorAccount: { iban: georgianIban('1000000000000001') },
  remittanceInformationUnstructured: 'Ref Number Merchant',
  ...change,
})

export const domestic = { 'payment-service': 'payments', 'payment-product': 'domestic' }
export const standing = { ...domestic, 'payment-service': 'periodic-payments' }
export const bulk = { ...domestic, 'payment-service': 'bulk-payments' }

export async function newConsent(
  tpp: BogTpp,
  body: object = consentBody(),
  options: BogCallOptions = {},
): Promise<string> {
  const { json, status, text } = await tpp.call('bog-consent-create', { body, ...options })
  if (status !== 201) throw new Error(text)
  return String(json.consentId)
}

export interface ConsentDesk {
  readonly id: string
  readonly token: string
  readonly refresh: string
  read(operation: string, options?: BogCallOptions): Promise<TestAnswer>
}

/** A consent the customer authorised, with its token. */
export async function consentDesk(tpp: BogTpp, psu = nino, body: object = consentBody()): Promise<ConsentDesk> {
  const id = await newConsent(tpp, body)
  const { access, refresh, error } = await tpp.authorise(`AIS:${id}`, psu)
  if (error) throw new Error(error)
  return {
    id,
    token: access,
    refresh,
    read: (operation, options = {}) =>
      tpp.call(operation, { token: access, ...options, headers: { 'consent-id': id, ...options.headers } }),
  }
}

export async function newPayment(
  tpp: BogTpp,
  body: object = paymentBody(),
  parameters: Readonly<Record<string, string>> = domestic,
): Promise<string> {
  const { json, status, text } = await tpp.call('bog-payment-initiate', { body, parameters })
  if (status !== 201) throw new Error(text)
  return String(json.paymentId)
}

export interface PaymentDesk {
  readonly id: string
  readonly token: string
  on(operation: string, options?: BogCallOptions): Promise<TestAnswer>
  status(): Promise<unknown>
}

/** @param psu null leaves it unauthorised. */
export async function bogPaymentDesk(
  tpp: BogTpp,
  psu: string | null = nino,
  body: object = paymentBody(),
  path: Readonly<Record<string, string>> = domestic,
): Promise<PaymentDesk> {
  const id = await newPayment(tpp, body, path)
  const token = psu === null ? '' : (await tpp.authorise(`PIS:${id}`, psu)).access
  const on: PaymentDesk['on'] = (operation, options = {}) =>
    tpp.call(operation, {
      ...(token ? { token } : {}),
      ...options,
      parameters: { ...path, paymentId: id, ...options.parameters },
    })
  return { id, token, on, status: async () => (await on('bog-payment-status')).json.transactionStatus }
}
