/** GET accounts: the list, one account, its balances. */
import { addDays, dayOf } from '#sandbox/bank/calendar.ts'
import { type Answer, jsonAnswer } from '#sandbox/net/answer.ts'
import { type AccountCall, admitRead, coveredAccount } from './account-gate.ts'
import type { BogHandler } from './admission.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { type Rights, rightsOn, visibleAccounts } from './consent-access.ts'
import type { BogAccount } from './customers.ts'
import { decimal } from './money.ts'
import { settledPayments } from './settled-payments.ts'
import { balanceOn } from './transaction-data.ts'

/** The framework lists an account of several currencies once, under this code. */
const severalCurrencies = 'XXX'

export const currencyOf = ({ currencies }: Pick<Rights, 'currencies'>): string =>
  currencies.length === 1 ? (currencies[0]?.currency ?? severalCurrencies) : severalCurrencies

export const accountPath = ({ resourceId }: BogAccount): string => `/v1/accounts/${resourceId}`

/** One pair of balances per currency. */
export function balancesOf(call: AccountCall, account: BogAccount, { currencies }: Rights): object[] {
  const today = dayOf(call.now)
  return currencies.flatMap((part) => {
    const paid = settledPayments(call, account, part.currency).reduce((sum, { amount }) => sum + amount, 0)
    const amount = (hundredths: number) => ({ currency: part.currency, amount: decimal(hundredths) })
    return [
      {
        balanceType: 'closingBooked',
        balanceAmount: amount(balanceOn(account, part, addDays(today, -1))),
        referenceDate: addDays(today, -1),
      },
      {
        balanceType: 'expected',
        balanceAmount: amount(balanceOn(account, part, today) + paid),
        lastChangeDateTime: `${new Date(call.now).toISOString().slice(0, 19)}Z`,
      },
    ]
  })
}

function accountJson(bog: BogSurroundings, call: AccountCall, account: BogAccount, rights: Rights): object {
  const path = accountPath(account)
  const withBalance = call.received.query.get('withBalance') === 'true' && rights.balances && !account.blocked
  return {
    resourceId: account.resourceId,
    iban: account.iban,
    currency: currencyOf(rights),
    ...(rights.ownerName && { ownerName: account.ownerName }),
    product: account.product,
    cashAccountType: 'CACC',
    name: account.name,
    status: account.blocked ? 'blocked' : 'enabled',
    ...(withBalance && { balances: balancesOf(call, account, rights) }),
    _links: {
      ...(rights.balances && { balances: bog.link(`${path}/balances`) }),
      ...(rights.transactions && { transactions: bog.link(`${path}/transactions`) }),
    },
  }
}

export const listAccounts =
  (bog: BogSurroundings): BogHandler =>
  (plain): Answer => {
    const call = admitRead(bog, plain)
    const accounts = visibleAccounts(call.consent).map((account) =>
      accountJson(bog, call, account, rightsOn(call.consent, account)),
    )
    return jsonAnswer(200, { accounts }, `${accounts.length} accounts; ${call.attendance}`)
  }

export const readAccount =
  (bog: BogSurroundings): BogHandler =>
  (plain) => {
    const call = admitRead(bog, plain)
    const { account, rights } = coveredAccount(call, 'visible')
    const body = { account: accountJson(bog, call, account, rights) }
    return jsonAnswer(200, body, `account ${account.iban}; ${call.attendance}`)
  }

export const readBalances =
  (bog: BogSurroundings): BogHandler =>
  (plain) => {
    const call = admitRead(bog, plain)
    const { account, rights } = coveredAccount(call, 'balances')
    const body = { account: { iban: account.iban }, balances: balancesOf(call, account, rights) }
    return jsonAnswer(200, body, `balances of ${account.iban}; ${call.attendance}`)
  }
