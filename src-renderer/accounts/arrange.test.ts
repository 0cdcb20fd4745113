/** Transactions in any order and number: what is kept, in which order, and what it adds up to. */
import { expect, it } from 'vitest'
import { arrange, everything, type Sort, sumsOf, type TransactionFilter } from './arrange.ts'
import type { Transaction } from './read-account.ts'

const row = (at: number, change: Partial<Transaction> = {}): Transaction => ({
  key: `e ${at}`,
  id: `T-${at}`,
  list: 'booked',
  bookingDate: '2026-01-01',
  valueDate: '2026-01-02',
  amount: '1.00',
  signed: '1.00',
  currency: 'SEK',
  party: 'Ä',
  partyAccount: '',
  text: '',
  raw: '{}',
  exchange: 'e',
  ...change,
})

function toEnd<Result>(work: Iterator<unknown, Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}
const arranged = (rows: readonly Transaction[], filter: Partial<TransactionFilter>, sort: Sort | null) =>
  toEnd(arrange(rows, { ...everything, ...filter }, sort)).rows.map(({ id }) => id)

it('sorts thousands as the platform does, and what is equal stays as it came', () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => row(at, { signed: String(((at * 7919) % 501) - 250) }))
  for (const descending of [false, true]) {
    const turn = descending ? -1 : 1
    const wanted = rows.toSorted((a, b) => (Number(a.signed) - Number(b.signed)) * turn).map(({ id }) => id)
    expect(arranged(rows, {}, { column: 'amount', descending })).toEqual(wanted)
  }
})

it('keeps what has every word, the list, the days and the size of amount', () => {
  const rows = [
    row(1, { party: 'Ölands Café', signed: '-120.50' }),
    row(2, { list: 'pending', bookingDate: '', valueDate: '2026-02-03' }),
    row(3, { text: 'café', signed: '5' }),
  ]
  expect(arranged(rows, { text: 'CAFÉ öl' }, null)).toEqual(['T-1'])
  expect(arranged(rows, { list: 'pending' }, null)).toEqual(['T-2'])
  expect(arranged(rows, { from: '2026-02-01' }, null)).toEqual(['T-2'])
  expect(arranged(rows, { to: '2026-01-31' }, null)).toEqual(['T-1', 'T-3'])
  expect(arranged(rows, { least: '5', most: '121' }, null)).toEqual(['T-1', 'T-3'])
  expect(toEnd(arrange(rows, everything, null)).rows).toBe(rows)
})

it('adds up exactly, by currency, and says what it could not read', () => {
  const rows = [
    ...Array.from({ length: 10 }, (_, at) => row(at, { signed: '0.10' })),
    row(11, { signed: '-9007199254740993.01' }),
    row(12, { signed: '7', currency: 'JPY' }),
    row(13, { signed: 'much' }),
  ]
  expect(toEnd(sumsOf(rows))).toEqual({
    totals: [
      {
        currency: 'SEK',
        count: 11,
        incoming: '1.00',
        outgoing: '9007199254740993.01',
        balance: '-9007199254740992.01',
      },
      { currency: 'JPY', count: 1, incoming: '7', outgoing: '0', balance: '7' },
    ],
    unreadable: 1,
  })
})
