/** Judges the content of a payment as the bank's core system would. */
import { addDays, bankingDayFrom, dayOf } from '#sandbox/bank/calendar.ts'
import type { OperationCall } from '#sandbox/bank/simulated-bank.ts'
import { mediaTypeOf } from '#sandbox/net/answer.ts'
import { ibanObstacle, isInSepa, isKid } from './account-numbers.ts'
import { findAccount, kidOnlyCreditor, type Sb1Account, type Sb1Customer } from './customers.ts'
import { type Cost, costOf, decimalsObstacle, hundredths } from './money.ts'
import { paymentStatus } from './payment-status.ts'
import { findingsOf } from './request-gate.ts'
import type { PaymentContent, Sb1State } from './sb1-state.ts'
import type { Sb1Surroundings } from './sb1-surroundings.ts'

const badRequest = 'sb1-bad-request'
const formatError = 'sb1-format-error'
const longestPlanDays = 365

function parse(bank: Sb1Surroundings, { received }: OperationCall): object {
  if (received.body.length === 0) return bank.refuse(badRequest, 'there is no body')
  if (mediaTypeOf(received) !== 'application/json') bank.refuse(badRequest, 'the body is not application/json')
  try {
    const value: unknown = JSON.parse(received.body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    return bank.refuse(badRequest, 'the body is no JSON')
  }
  return bank.refuse(badRequest, 'the body is no JSON object')
}

function checkForm(bank: Sb1Surroundings, { instructedAmount, creditorAccount, debtorAccount }: PaymentContent): void {
  const { amount, currency } = instructedAmount
  const decimals = decimalsObstacle(amount, currency)
  if (decimals) bank.refuse(formatError, decimals)
  if (Number(amount) <= 0) bank.refuse(formatError, 'the amount must be more than nothing')
  for (const { iban } of [creditorAccount, debtorAccount]) {
    const obstacle = ibanObstacle(iban)
    if (obstacle) bank.refuse(formatError, `${JSON.stringify(iban)} ${obstacle}`)
  }
}

function checkProduct(bank: Sb1Surroundings, { instructedAmount, creditorAccount }: PaymentContent): void {
  const invalid = 'sb1-product-invalid'
  if (instructedAmount.currency !== 'EUR') bank.refuse(invalid, `SCT is in EUR, not in ${instructedAmount.currency}`)
  if (!isInSepa(creditorAccount.iban)) bank.refuse(invalid, `${creditorAccount.iban.slice(0, 2)} is outside SEPA`)
}

function checkReference(bank: Sb1Surroundings, content: PaymentContent): void {
  if (content.creditorAccount.iban !== kidOnlyCreditor) return
  const kid = content.remittanceInformationUnstructured
  if (kid === undefined) bank.refuse('sb1-kid-missing', 'the creditor takes payments with a KID only')
  else if (!isKid(kid)) bank.refuse('sb1-kid-invalid', `${JSON.stringify(kid)} is no KID with a right check digit`)
}

function checkDay(bank: Sb1Surroundings, { requestedExecutionDate: day }: PaymentContent, now: number): void {
  if (day === undefined) return
  const today = dayOf(now)
  const invalid = 'sb1-execution-date-invalid'
  if (day < today) bank.refuse(invalid, `${day} is past; today is ${today}`)
  if (bankingDayFrom(day) !== day) bank.refuse(invalid, `${day} is no banking day`)
  if (day > addDays(today, longestPlanDays)) bank.refuse(invalid, `${day} is more than ${longestPlanDays} days ahead`)
}

/** @returns the body, whose form and day are good. */
export function readPayment(bank: Sb1Surroundings, call: OperationCall, now: number): PaymentContent {
  const body = parse(bank, call)
  const [finding] = findingsOf(call)
  if (finding) bank.refuse(formatError, finding)
  const content = body as PaymentContent
  checkForm(bank, content)
  checkProduct(bank, content)
  checkReference(bank, content)
  checkDay(bank, content, now)
  return content
}

const sameAs =
  (one: PaymentContent) =>
  (other: PaymentContent): boolean =>
    one.debtorAccount.iban === other.debtorAccount.iban &&
    one.creditorAccount.iban === other.creditorAccount.iban &&
    hundredths(one.instructedAmount.amount) === hundredths(other.instructedAmount.amount) &&
    one.instructedAmount.currency === other.instructedAmount.currency &&
    one.requestedExecutionDate === other.requestedExecutionDate

/** Refuses a payment that equals one the bank has, unless the TPP allows that. */
export function checkDuplicate(
  bank: Sb1Surroundings,
  { received }: OperationCall,
  content: PaymentContent,
  state: Sb1State,
  now: number,
): void {
  if (received.query.get('allowDuplicates') === 'true') return
  const equals = sameAs(content)
  const earlier = Object.values(state.payments).find(
    (payment) => equals(payment.content) && paymentStatus(payment, now) !== 'RJCT',
  )
  if (earlier) bank.refuse('sb1-conflict', `it equals payment ${earlier.id}`)
}

/** @param customer null where the bank does not know yet whom to ask. */
export function accountOf(bank: Sb1Surroundings, content: PaymentContent, customer: Sb1Customer | null): Sb1Account {
  const { iban, currency } = content.debtorAccount
  const unknown = (reason: string): never => bank.refuse('sb1-resource-unknown', reason)
  const account = findAccount(iban)
  if (!account) return unknown(`the bank has no account ${iban}`)
  if (customer && !customer.accounts.includes(account)) return unknown(`${iban} is no account of ${customer.name}`)
  if (currency !== undefined && currency !== account.currency) return unknown(`${iban} is kept in ${account.currency}`)
  if (!account.debitable) bank.refuse('sb1-forbidden', `nothing is paid from ${iban}, a savings account`)
  return account
}

/** @returns what the payment costs the account; refuses one that the account cannot bear. */
export function checkFunds(
  bank: Sb1Surroundings,
  content: PaymentContent,
  account: Sb1Account,
  state: Sb1State,
  now: number,
): Cost {
  const cost = costOf(hundredths(content.instructedAmount.amount), account.currency)
  const spent = Object.values(state.payments)
    .filter((payment) => payment.content.debtorAccount.iban === account.iban && paymentStatus(payment, now) !== 'RJCT')
    .reduce((sum, { debit }) => sum + debit, 0)
  const available = account.balance - spent
  if (cost.value + cost.fee > available)
    bank.refuse(
      'sb1-payment-failed',
      `${available / 100} ${account.currency} are available, ${(cost.value + cost.fee) / 100} needed`,
    )
  return cost
}
