/** Judges a payment against what the bank knows: the account, its holders, the consent it names, and the money. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import type { BogCall } from './admission.ts'
import type { Payment, PaymentContent } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { consentStatus } from './consent-status.ts'
import { type BogAccount, type BogCustomer, findAccount, findCustomer, signersOf } from './customers.ts'
import { consentInHeader } from './find-resource.ts'
import { hundredths } from './money.ts'
import { namedCustomer } from './psu-headers.ts'
import { settledPayments, transfersOf } from './settled-payments.ts'
import { balanceOn } from './transaction-data.ts'

const path = 'debtorAccount.iban'

/** Ends the request where the consent the payment names is not a good one of this customer. */
function checkConsent(bog: BogSurroundings, call: BogCall, customer: BogCustomer | null): void {
  const consent = consentInHeader(bog, call)
  if (!consent) return
  const status = consentStatus(consent, call.now)
  if (status !== 'valid')
    call.refuse(status === 'expired' ? '401-consent-expired' : '401-consent-invalid', {
      reason: `the consent is ${status}`,
      path: 'Consent-ID',
    })
  if (customer && !consent.signedBy.includes(customer.id))
    call.refuse('400-parameter-not-consistent', {
      reason: 'Consent-ID and PSU-ID belong to different customers',
      path: 'PSU-ID',
    })
}

function debtorOf(call: BogCall, { debtorAccount }: PaymentContent, customer: BogCustomer | null): BogAccount {
  const account = findAccount(debtorAccount.iban)
  if (!account)
    return call.refuse('400-resource-unknown', { reason: 'the bank does not keep the debtor account', path })
  if (customer && !account.holders.includes(customer.id))
    call.refuse('400-resource-unknown', { reason: `${customer.name} does not hold the debtor account`, path })
  if (account.blocked) call.refuse('400-resource-blocked', { reason: 'the bank has blocked the debtor account', path })
  if (account.holders.some((id) => findCustomer(id)?.blocked))
    call.refuse('403-service-blocked', { reason: 'the bank has blocked payments of the customer', path })
  return account
}

function checkProduct(call: BogCall, account: BogAccount): void {
  const allowed = account.holders.every((id) => findCustomer(id)?.foreignPayments)
  if (call.parameter('payment-product') === 'foreign' && !allowed)
    call.refuse('403-product-invalid', { reason: 'the customer has no foreign payments', path: 'payment-product' })
}

/** What may be spent in the currency now, in hundredths. */
function availableIn(call: BogCall, account: BogAccount, currency: string): number {
  const part = account.currencies.find((one) => one.currency === currency)
  if (!part) return 0
  const spent = settledPayments(call, account, currency).reduce((sum, { amount }) => sum + amount, 0)
  return balanceOn(account, part, dayOf(call.now)) + spent
}

function checkFunds(call: BogCall, account: BogAccount, content: PaymentContent): void {
  const sums = new Map<string, number>()
  for (const { instructedAmount } of transfersOf({ content }))
    if (instructedAmount)
      sums.set(
        instructedAmount.currency,
        (sums.get(instructedAmount.currency) ?? 0) + hundredths(instructedAmount.amount),
      )
  for (const [currency, sum] of sums)
    if (sum > availableIn(call, account, currency))
      call.refuse('400-payment-failed', {
        reason: `the account does not hold as much in ${currency}`,
        path: 'instructedAmount',
      })
}

/** @returns who has to authorise the payment. */
export function checkPayment(
  bog: BogSurroundings,
  call: BogCall,
  content: PaymentContent,
): Pick<Payment, 'eligible' | 'everyone'> {
  const { customer, company } = namedCustomer(call)
  checkConsent(bog, call, customer)
  const account = debtorOf(call, content, customer)
  const signers = signersOf(account)
  if (company !== null && signers.length === 0)
    call.refuse('401-corporate-id-invalid', {
      reason: 'the debtor account is not the company’s',
      path: 'PSU-Corporate-ID',
    })
  checkProduct(call, account)
  checkFunds(call, account, content)
  if (signers.length > 0) return { eligible: signers, everyone: true }
  return { eligible: customer ? [customer.id] : account.holders, everyone: false }
}
