/** Judges the body of a payment by itself: its shape for the service, its texts, amounts and dates. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import type { BogCall } from './admission.ts'
import type { PaymentContent, PaymentService } from './bog-state.ts'
import { creditorWithReference } from './customers.ts'
import { transfersOf } from './settled-payments.ts'

/** Which service a body is for: its fields tell. */
function serviceOf({ payments, startDate, frequency }: PaymentContent): PaymentService {
  if (payments !== undefined) return 'bulk-payments'
  return startDate === undefined && frequency === undefined ? 'payments' : 'periodic-payments'
}

/** The document's set: Latin letters, digits and these signs. */
const supported = /^[A-Za-z0-9/\-?:().,'+ ]*$/
const texts = ['endToEndIdentification', 'creditorName', 'creditorAgentName', 'remittanceInformationUnstructured']

/** ISO 4217: lari, dollar and euro have two decimals, the yen has none. */
const decimals: Readonly<Record<string, number>> = { JPY: 0, KRW: 0 }

interface Place {
  /** `payments.0.` in a bulk. */
  readonly at: string
  readonly fields: Readonly<Record<string, unknown>>
}

const placesOf = (content: PaymentContent): Place[] =>
  content.payments === undefined
    ? [{ at: '', fields: content }]
    : content.payments.map((fields, index) => ({ at: `payments.${index}.`, fields }))

function checkTexts(call: BogCall, content: PaymentContent): void {
  for (const { at, fields } of placesOf(content))
    for (const name of texts) {
      const text = fields[name]
      if (typeof text === 'string' && !supported.test(text))
        call.refuse('400-format-error', {
          reason: `${name} holds characters the bank does not support`,
          path: `${at}${name}`,
        })
    }
}

function checkAmounts(call: BogCall, content: PaymentContent): void {
  for (const [index, { instructedAmount }] of transfersOf({ content }).entries()) {
    if (!instructedAmount) continue
    const path = `${content.payments ? `payments.${index}.` : ''}instructedAmount.amount`
    const { amount, currency } = instructedAmount
    const places = amount.split('.')[1]?.length ?? 0
    if (places > (decimals[currency] ?? 2))
      call.refuse('400-format-error', { reason: `the amount has ${places} decimals, too many for ${currency}`, path })
    if (Number(amount) <= 0) call.refuse('400-format-error', { reason: 'the amount is not above zero', path })
  }
}

function checkDates(call: BogCall, { requestedExecutionDate, startDate, endDate }: PaymentContent): void {
  const today = dayOf(call.now)
  if (requestedExecutionDate !== undefined && requestedExecutionDate < today)
    call.refuse('400-execution-date-invalid', {
      reason: 'requestedExecutionDate lies in the past',
      path: 'requestedExecutionDate',
    })
  if (startDate !== undefined && startDate < today)
    call.refuse('400-period-invalid', { reason: 'startDate lies in the past', path: 'startDate' })
  if (startDate !== undefined && endDate !== undefined && endDate < startDate)
    call.refuse('400-period-invalid', { reason: 'endDate lies before startDate', path: 'endDate' })
}

function checkReference(call: BogCall, content: PaymentContent): void {
  for (const { at, fields } of placesOf(content)) {
    const { creditorAccount, remittanceInformationUnstructured: reference } = fields as PaymentContent
    if (creditorAccount?.iban === creditorWithReference && !reference)
      call.refuse('401-required-kid-missing', {
        reason: 'this creditor demands a payment reference',
        path: `${at}remittanceInformationUnstructured`,
      })
  }
}

export function checkBody(call: BogCall, content: PaymentContent): void {
  const [asked, meant] = [call.parameter('payment-service'), serviceOf(content)]
  if (asked !== meant)
    call.refuse('400-service-invalid', { reason: `the body is one of ${meant}`, path: 'payment-service' })
  checkTexts(call, content)
  checkAmounts(call, content)
  checkDates(call, content)
  checkReference(call, content)
}
