import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, addMonths } from '#sandbox/bank/calendar.ts'
import { icaCustomers } from './customers.ts'
import { transactionsBetween } from './transaction-data.ts'

const accounts = icaCustomers.flatMap((customer) => customer.accounts)

it('adds up to nothing in every month of every account', () => {
  fc.assert(
    fc.property(fc.constantFrom(...accounts), fc.integer({ min: 0, max: 60 }), (account, months) => {
      const first = addMonths('2024-01-01', months)
      const month = transactionsBetween(account, first, addDays(addMonths(first, 1), -1))
      return month.reduce((sum, { amount }) => sum + amount, 0) === 0
    }),
  )
})

it('does not depend on the span that is asked for', () => {
  const [account] = accounts
  if (!account) throw new Error('There are no accounts.')
  const year = transactionsBetween(account, '2026-01-01', '2026-12-31')
  const part = transactionsBetween(account, '2026-05-10', '2026-06-20')
  expect(part).toEqual(year.filter(({ day }) => day >= '2026-05-10' && day <= '2026-06-20'))
  expect(new Set(year.map(({ id }) => id)).size).toBe(year.length)
})

it('gives every account a number with valid check digits', () => {
  for (const { iban } of accounts) {
    const digits = `${iban.slice(4)}2814${iban.slice(2, 4)}`
    expect(BigInt(digits) % 97n).toBe(1n)
  }
})
