/** GET Accounts: the list, one account, its balances. */
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { accountOf, admitToAccounts } from './account-access.ts'
import { balancesOf } from './balances.ts'
import type { IcaAccount } from './customers.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'

const summary = (account: IcaAccount) => ({
  resourceId: account.resourceId,
  iban: account.iban,
  bban: account.bban,
  currency: 'SEK',
  name: account.name,
  product: account.product,
  cashAccountType: 'CACC',
  status: 'enabled',
  ownerName: account.ownerName,
  _links: {
    balances: { href: `/Accounts/${account.resourceId}/balances` },
    transactions: { href: `/Accounts/${account.resourceId}/transactions` },
  },
})

export const accountList =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const { customer, attendance } = admitToAccounts(ica, call)
    if (customer.accounts.length === 0)
      ica.refuse('ica-accounts-information-not-found', `${customer.name} has no accounts`)
    const accounts = customer.accounts.map(summary)
    return jsonAnswer(200, { accounts }, `${accounts.length} accounts; ${attendance}`)
  }

export const accountDetails =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const admitted = admitToAccounts(ica, call)
    const account = accountOf(ica, admitted)
    const withBalance = call.received.query.get('withBalance') === 'true'
    const details = {
      ...summary(account),
      bic: 'IBCASES1',
      usage: 'PRIV',
      details: account.details,
      ...(withBalance && { balances: balancesOf(admitted.tenant, account) }),
    }
    return jsonAnswer(200, { account: details }, `account ${account.name}; ${admitted.attendance}`)
  }

export const accountBalances =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const admitted = admitToAccounts(ica, call)
    const account = accountOf(ica, admitted)
    const body = { account: { iban: account.iban }, balances: balancesOf(admitted.tenant, account) }
    return jsonAnswer(200, body, `balances of ${account.name}; ${admitted.attendance}`)
  }
