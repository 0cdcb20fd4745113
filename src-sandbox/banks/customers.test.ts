import { describe, expect, it } from 'vitest'
import { addMonths, dayOf } from '#sandbox/bank/calendar.ts'
import { bogAccounts, bogCustomers, findAccount } from './bank-of-georgia/customers.ts'
import { entriesBetween } from './bank-of-georgia/transaction-data.ts'
import { icaCustomers } from './ica-banken/customers.ts'
import { payexCustomers } from './payex-ledger/customers.ts'
import { demoAccounts, demoCustomers } from './salt-edge/customers.ts'
import { sb1Customers } from './sparebank1/customers.ts'

const named = (customers: readonly { readonly name: string }[]): string => customers.map(({ name }) => name).join(', ')

describe('among the customers there are', () => {
  it('names that are each theirs alone at their bank', () => {
    for (const customers of [icaCustomers, bogCustomers, payexCustomers, demoCustomers, sb1Customers])
      expect(new Set(customers.map(({ name }) => name)).size).toBe(customers.length)
  })

  it('holders of a joint account', () => {
    expect(named(icaCustomers)).toContain('Erik och Maja Lindqvist')
    expect(bogAccounts.find(({ ownerName }) => ownerName.includes('გიორგი და ანა'))?.holders).toHaveLength(2)
    expect(named(sb1Customers)).toContain('Kari og Per Hansen')
    expect(named(demoCustomers)).toContain('Elena și Andrei Popescu')
  })

  it('one with outstanding KYC, and one who denies whatever he is asked', () => {
    expect(icaCustomers.filter(({ outstandingKyc }) => outstandingKyc)).toHaveLength(1)
    for (const customers of [icaCustomers, bogCustomers, demoCustomers, sb1Customers, payexCustomers])
      expect(customers.filter(({ alwaysDenies }) => alwaysDenies).length).toBeGreaterThan(0)
  })

  it('three who have to sign together, and two', () => {
    const company = bogAccounts.find(({ flow }) => flow === 'business')
    expect(company?.holders).toHaveLength(3)
    expect(demoAccounts.find(({ signatures }) => signatures === 2)?.holders).toHaveLength(2)
  })

  it('Swedish, Norwegian and Georgian texts', () => {
    expect(icaCustomers.flatMap(({ accounts }) => accounts.map(({ name }) => name))).toContain('Lönekonto')
    expect(named(sb1Customers)).toMatch(/[øåæ]/)
    expect(payexCustomers.some(({ country }) => country === 'NO')).toBe(true)
    expect(bogAccounts.every(({ name }) => /^\p{Script=Georgian}/u.test(name))).toBe(true)
  })
})

describe('the till', () => {
  const till = bogAccounts.find(({ flow }) => flow === 'till')
  const [part] = till?.currencies ?? []
  if (!till || !part) throw new Error('There is no till.')
  const today = dayOf(Date.now())
  const from = addMonths(today, -18)

  it('has more than 100,000 entries in 18 months, the same each time', () => {
    const entries = entriesBetween(till, part, from, today)
    expect(entries.length).toBeGreaterThan(100_000)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    // Asked for alone, a month is what it was within the whole.
    const month = addMonths(today, -7).slice(0, 7)
    const alone = entriesBetween(till, part, `${month}-01`, `${month}-28`)
    expect(alone).toEqual(entries.filter(({ day }) => day >= `${month}-01` && day <= `${month}-28`))
    expect(findAccount(till.iban)).toBe(till)
  })
})
