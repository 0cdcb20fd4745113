/** Judges the content of a new payment as the bank's core system would. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import type { OperationCall } from '#sandbox/bank/simulated-bank.ts'
import type { IcaCustomer } from './customers.ts'
import type { AccountNumber, PaymentContent } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { hundredths } from './money.ts'
import type { PaymentKind } from './payment-products.ts'

type Content = Readonly<Record<string, unknown>>

export const contentRow = 'ica-payments-underlying-400'

/** @returns the body as an object; refuses one that holds nothing. */
export function readPaymentBody(ica: IcaSurroundings, call: OperationCall): Content {
  const text = call.received.body.toString('utf8').trim()
  const empty = (): never => ica.refuse('ica-payments-information-null', 'the body holds no payment')
  if (text === '') return empty()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return ica.refuse(contentRow, 'the body is no JSON')
  }
  if (body === null || (typeof body === 'object' && Object.keys(body).length === 0)) return empty()
  if (typeof body !== 'object' || Array.isArray(body)) return ica.refuse(contentRow, 'the body is no JSON object')
  return body as Content
}

export const findAccount = (customer: IcaCustomer, { iban, bban }: AccountNumber) =>
  customer.accounts.find((own) => (iban === undefined ? own.bban === bban : own.iban === iban))

function checkDay(ica: IcaSurroundings, kind: PaymentKind, content: PaymentContent, now: number): void {
  const name = kind === 'single' ? 'requestedExecutionDate' : 'startDate'
  const { [name]: day, startDate = '', endDate } = content
  if (day && day < dayOf(now)) ica.refuse(contentRow, `${name} ${day} is past; today is ${dayOf(now)}`)
  if (kind === 'periodic' && endDate && endDate < startDate) ica.refuse(contentRow, 'endDate is before startDate')
}

/** @returns the body, of which the schema now vouches for the fields the bank reads. */
export function checkPayment(
  ica: IcaSurroundings,
  call: OperationCall,
  kind: PaymentKind,
  payer: { readonly customer: IcaCustomer; readonly now: number },
): PaymentContent {
  const body = readPaymentBody(ica, call)
  // Before the schema, which allows nothing else either but has no row of its own.
  if (kind === 'periodic' && typeof body.frequency === 'string' && body.frequency !== 'Monthly')
    ica.refuse('ica-payments-frequency-not-monthly', `frequency is ${body.frequency}`)
  const [finding] = call.operation.findings()
  if (finding) ica.refuse(contentRow, finding)
  const content = body as PaymentContent
  if (!(hundredths(content.instructedAmount.amount) > 0)) ica.refuse(contentRow, 'the amount must be more than nothing')
  checkDay(ica, kind, content, payer.now)
  const account = findAccount(payer.customer, content.debtorAccount)
  if (!account) ica.refuse('ica-payments-underlying-404', `the debtor account is none of ${payer.customer.name}`)
  if (account && !account.debitable) ica.refuse(contentRow, `no credit transfer can leave a ${account.product}`)
  return content
}
