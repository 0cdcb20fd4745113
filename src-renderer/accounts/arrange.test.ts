/** Transactions in any order and number: what is kept, in which order, and what it adds up to. */
import { expect, it } from 'vitest'
import { arrange, everything, type TransactionFilter } from './arrange.ts'
import { prepareOrder, type Sort } from './order.ts'
import type { Transaction } from './read-account.ts'
import { sumsOf } from './sums.ts'

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

it('sorts words as the language does, prepared or not, and goes on where it was left', () => {
  const words = ['Åhléns', 'ICA', 'ica', 'Zürich', 'Köp', 'kop', 'Ölands Café', '']
  const make = () =>
    Array.from({ length: 6000 }, (_, at) => row(at, { text: `${words[at % words.length]} ${(at * 7919) % 2000}` }))
  const collator = new Intl.Collator(undefined, { sensitivity: 'base' })
  const wanted = make()
    .toSorted((a, b) => collator.compare(a.text, b.text))
    .map(({ id }) => id)
  const sort = { column: 'text', descending: false } as const
  expect(arranged(make(), {}, sort)).toEqual(wanted)
  const prepared = make()
  toEnd(prepareOrder(prepared, () => true))
  // What is ready needs no more than to be laid out.
  const steps = [...arrange(prepared, everything, sort)].length
  expect(steps).toBeLessThan(20)
  expect(arranged(prepared, {}, sort)).toEqual(wanted)
  const left = make()
  let more = 40
  toEnd(prepareOrder(left, () => --more > 0))
  expect(arranged(left, {}, sort)).toEqual(wanted)
  const found = new Set(prepared.filter(({ id, text }) => `${id} ${text}`.includes('7')).map(({ id }) => id))
  expect(found.size).toBeLessThan(prepared.length)
  expect(arranged(prepared, { text: '7' }, sort)).toEqual(wanted.filter((id) => found.has(id)))
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
    row(14, { signed: '.5' }),
    row(15, { signed: '99999999999.9999', currency: 'EUR' }),
    row(16, { signed: '100000000000.00001', currency: 'EUR' }),
    row(17, { signed: '-0.0001', currency: 'EUR' }),
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
      {
        currency: 'EUR',
        count: 3,
        incoming: '199999999999.99991',
        outgoing: '0.0001',
        balance: '199999999999.99981',
      },
    ],
    unreadable: 2,
  })
})
