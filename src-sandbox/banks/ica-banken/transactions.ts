/** GET transactions: a span at once, in pages, or one of them with all its fields. */
import { addDays, addMonths, dayOf } from '#sandbox/bank/calendar.ts'
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { type AccountCall, accountOf, admitToAccounts, invalidRequestRow } from './account-access.ts'
import { fixtureAccounts, type IcaAccount } from './customers.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { readPageToken, writePageToken } from './page-token.ts'
import { parameterOf } from './resource-gate.ts'
import { type IcaTransaction, isPending, oldestMonths, transactionsBetween } from './transaction-data.ts'
import { transactionDetailsJson, transactionJson } from './transaction-json.ts'

const defaultDays = 30
const defaultPageSize = 100

interface Span {
  readonly from: string
  readonly to: string
}

function spanOf(ica: IcaSurroundings, { call, now }: AccountCall, account: IcaAccount): Span {
  const today = dayOf(now)
  const { query } = call.received
  const to = query.get('dateTo') ?? today
  const from = query.get('dateFrom') ?? addDays(to < today ? to : today, -defaultDays)
  if (from < addMonths(today, -oldestMonths))
    ica.refuse(invalidRequestRow, `dateFrom ${from} is more than 18 months back`)
  if (from > to) ica.refuse(invalidRequestRow, `dateFrom ${from} is after dateTo ${to}`)
  if (account.resourceId === fixtureAccounts.huge && addMonths(from, 12) < to)
    ica.refuse('ica-accounts-underlying-call-failed', 'the span is too long for this account: its system timed out')
  return { from, to: to < today ? to : today }
}

function lists(transactions: readonly IcaTransaction[], today: string): object {
  const pending = transactions.filter((one) => isPending(one, today))
  const booked = transactions.filter((one) => !isPending(one, today))
  return {
    booked: booked.map((one) => transactionJson(one, false)),
    pending: pending.map((one) => transactionJson(one, true)),
  }
}

export const transactionList =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const admitted = admitToAccounts(ica, call)
    const account = accountOf(ica, admitted)
    const { from, to } = spanOf(ica, admitted, account)
    const transactions = transactionsBetween(account, from, to)
    const body = { account: { iban: account.iban }, transactions: lists(transactions, dayOf(admitted.now)) }
    return jsonAnswer(200, body, `${transactions.length} transactions from ${from} to ${to}; ${admitted.attendance}`)
  }

export const transactionPages =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const admitted = admitToAccounts(ica, call)
    const account = accountOf(ica, admitted)
    const span = spanOf(ica, admitted, account)
    const filter = `${account.resourceId} ${span.from} ${span.to}`
    const token = call.received.query.get('PageToken')
    const start = token === null ? 0 : readPageToken(token, filter)
    if (start === null) return ica.refuse(invalidRequestRow, 'PageToken does not belong to this account and span')
    const size = Number(call.received.query.get('PageSize') ?? defaultPageSize)
    const all = transactionsBetween(account, span.from, span.to)
    const next = start + size < all.length ? { pageToken: writePageToken(start + size, filter) } : {}
    const some = all.slice(start, start + size)
    const body = { account: { iban: account.iban }, transactions: lists(some, dayOf(admitted.now)), ...next }
    return jsonAnswer(
      200,
      body,
      `transactions ${start + 1} to ${start + some.length} of ${all.length}; ${admitted.attendance}`,
    )
  }

export const transactionDetails =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const admitted = admitToAccounts(ica, call)
    const account = accountOf(ica, admitted)
    const today = dayOf(admitted.now)
    const id = parameterOf(call, 'transactionId')
    const found = transactionsBetween(account, addMonths(today, -oldestMonths), today).find((one) => one.id === id)
    if (!found)
      return ica.refuse('ica-accounts-information-not-found', `the account has no transaction ${JSON.stringify(id)}`)
    const body = { transactionsDetails: transactionDetailsJson(found, isPending(found, today)) }
    return jsonAnswer(200, body, `transaction ${id}; ${admitted.attendance}`)
  }
