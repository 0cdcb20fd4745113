/** POST FundsConfirmation: described by the bank, not offered by it; simulated here and marked so. */
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { standingOf } from './balances.ts'
import type { AccountNumber } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { hundredths } from './money.ts'
import { contentRow, findAccount, readPaymentBody } from './payment-rules.ts'
import { paymentSystemDown } from './payments.ts'
import { admit, type Gate } from './resource-gate.ts'

const gate: Gate = {
  scopes: () => ['payment'],
  noPerson: 'ica-payments-no-personal-number-or-payment-id',
  down: paymentSystemDown,
}

export const confirmFunds =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const { customer, tenant } = admit(ica, gate, call)
    const body = readPaymentBody(ica, call)
    const [finding] = call.operation.findings()
    if (finding) ica.refuse(contentRow, finding)
    const account = findAccount(customer, body.account as AccountNumber)
    if (!account) return ica.refuse('ica-payments-underlying-404', `the account is none of ${customer.name}`)
    const { available } = standingOf(tenant, account)
    const fundsAvailable = hundredths((body.instructedAmount as { amount: string }).amount) <= available
    return jsonAnswer(200, { fundsAvailable }, 'simulated: the bank does not offer this', {
      'x-tpp-sandbox': 'simulated',
    })
  }
