/** A registered TPP with a payment token, and the payment calls the tests make again and again. */
import { addDays, bankingDayFrom, dayOf } from '#sandbox/bank/calendar.ts'
import { icaCustomers } from '#sandbox/banks/ica-banken/customers.ts'
import type { TestBench } from './test-bench.ts'
import type { TestAnswer } from './test-exchange.ts'
import type { CallOptions, TestTpp } from './test-tpp.ts'

export const domestic = 'domestic-credit-transfers'
export const debtorAccount = { iban: icaCustomers[0]?.accounts[0]?.iban ?? '' }
export const today = (): string => dayOf(Date.now())
/** A banking day a few weeks ahead. */
export const later = bankingDayFrom(addDays(today(), 21))

/** A payment without a date, which means today. */
export const undated = {
  debtorAccount,
  instructedAmount: { currency: 'SEK', amount: '125.50' },
  creditorAccount: { iban: 'SE4550000000058398257466' },
  creditorName: 'Elva Tolvansson',
}
export const single = (change: object = {}): object => ({ ...undated, requestedExecutionDate: later, ...change })
export const periodic = (change: object = {}): object => ({
  ...undated,
  startDate: later,
  frequency: 'Monthly',
  dayOfExecution: '28',
  ...change,
})

export interface PaymentDesk {
  readonly tpp: TestTpp
  readonly token: string
  create(operation: string, body: unknown, product?: string, access?: string): Promise<TestAnswer>
  /** Creates a payment that must succeed; its id. */
  newPayment(body?: object, operation?: string): Promise<string>
  on(operation: string, paymentId: string, options?: CallOptions): Promise<TestAnswer>
  statusOf(paymentId: string, operation?: string): Promise<unknown>
  newBasket(...paymentIds: string[]): Promise<string>
  onBasket(operation: string, basketId: string, access?: string): Promise<TestAnswer>
  /** Signs the payments with one basket; its id. */
  sign(...paymentIds: string[]): Promise<string>
}

export async function openPaymentDesk(bench: TestBench): Promise<PaymentDesk> {
  const tpp = await bench.registered()
  const token = (await bench.tokens(tpp, 'payment')).access
  const desk: PaymentDesk = {
    tpp,
    token,
    create: (operation, body, paymentProduct = domestic, access = token) =>
      tpp.call(operation, { token: access, parameters: { paymentProduct }, body }),
    newPayment: async (body = single(), operation = 'ica-payment-create') => {
      const { status, json, text } = await desk.create(operation, body)
      if (status !== 201) throw new Error(text)
      return String(json.paymentId)
    },
    on: (operation, paymentId, options = {}) => {
      const parameters = { paymentProduct: domestic, paymentId, ...options.parameters }
      return tpp.call(operation, { token, ...options, parameters })
    },
    statusOf: async (id, operation = 'ica-payment-status') => (await desk.on(operation, id)).json.transactionStatus,
    newBasket: async (...paymentIds) =>
      String((await tpp.call('ica-signing-basket-create', { token, body: { paymentIds } })).json.basketId),
    onBasket: (operation, basketId, access = token) => tpp.call(operation, { token: access, parameters: { basketId } }),
    sign: async (...paymentIds) => {
      const basket = await desk.newBasket(...paymentIds)
      const { access } = await bench.tokens(tpp, `basket:${basket}`)
      const { status, text } = await desk.onBasket('ica-signing-basket-sign', basket, access)
      if (status !== 200) throw new Error(text)
      return basket
    },
  }
  return desk
}
