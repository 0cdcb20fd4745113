/** The balances of an account on a day: what is booked, what is reserved, what is left to use. */

import { dayOf } from '#sandbox/bank/calendar.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import type { IcaAccount } from './customers.ts'
import { icaStateOf } from './ica-state.ts'
import { hundredths, kronor } from './money.ts'
import { isPaymentOf, paymentStatus } from './payment-status.ts'
import { isPending, transactionsBetween } from './transaction-data.ts'

export interface Standing {
  readonly booked: number
  readonly expected: number
  readonly available: number
}

/** Payments made through this TPP weigh on the account as well: processed ones are booked, ongoing ones reserved. */
function payments(tenant: Tenant, account: IcaAccount, statuses: readonly string[]): number {
  const now = tenantNow(tenant)
  return Object.values(icaStateOf(tenant).payments)
    .filter((payment) => isPaymentOf(payment, account) && statuses.includes(paymentStatus(payment, now)))
    .reduce((sum, { content }) => sum + hundredths(content.instructedAmount.amount), 0)
}

export function standingOf(tenant: Tenant, account: IcaAccount): Standing {
  const today = dayOf(tenantNow(tenant))
  const thisMonth = transactionsBetween(account, `${today.slice(0, 7)}-01`, today)
  const sum = (pending: boolean): number =>
    thisMonth.filter((one) => isPending(one, today) === pending).reduce((total, { amount }) => total + amount, 0)
  const booked = account.level + sum(false) - payments(tenant, account, ['ACSC'])
  const expected = booked + sum(true) - payments(tenant, account, ['ACSP'])
  return { booked, expected, available: expected + account.creditLimit }
}

export function balancesOf(tenant: Tenant, account: IcaAccount): readonly object[] {
  const { booked, expected, available } = standingOf(tenant, account)
  const now = tenantNow(tenant)
  return [
    { balanceType: 'interimBooked', balanceAmount: kronor(booked), referenceDate: dayOf(now) },
    { balanceType: 'expected', balanceAmount: kronor(expected) },
    {
      balanceType: 'interimAvailable',
      balanceAmount: kronor(available),
      creditLimitIncluded: true,
      lastChangeDateTime: new Date(now).toISOString(),
    },
  ]
}
