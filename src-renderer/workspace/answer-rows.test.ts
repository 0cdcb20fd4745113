import { expect, test } from 'vitest'
import { answerRows } from './answer-rows.ts'

test('the first list of objects becomes rows; links and deep parts are left to the exchange', () => {
  const text = JSON.stringify({
    meta: { page: 1 },
    accounts: [
      { iban: 'SE45', balance: { amount: '1.50', currency: 'SEK' }, _links: { self: '/a' }, deep: { a: { b: 1 } } },
      { iban: 'SE55', name: null },
    ],
  })
  const found = answerRows(text)
  expect(found?.name).toBe('accounts')
  expect(found?.columns.map(({ name }) => name)).toEqual(['iban', 'balance', 'name'])
  expect(found?.rows).toEqual([
    { iban: 'SE45', balance: '1.50 SEK', name: '' },
    { iban: 'SE55', balance: '', name: '' },
  ])
})

test.each(['', 'no json', 'null', '"text"', '{}', '{"accounts":[]}', '[1,2]'])('%s has no rows', (text) => {
  expect(answerRows(text)).toBeNull()
})

test('a huge list is cut and its length told', () => {
  const found = answerRows(JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ id }))))
  expect(found).toMatchObject({ name: '', total: 5000 })
  expect(found?.rows).toHaveLength(50)
})
