import { expect, test } from 'vitest'
import type { ErrorView } from '#shared/contract/banks.ts'
import { matching, noFilter, searchable, valuesOf } from './error-filter.ts'

const row = (id: string, http: number, code: string, detail: string): ErrorView => ({
  id,
  bank: 'a-bank',
  area: http < 500 ? 'Accounts' : 'Payments',
  http,
  code,
  title: '',
  detail,
  cause: 'a cause',
  fix: 'a fix',
})
const rows = [row('one', 401, 'Consent_invalid', 'Consent is missing'), row('two', 500, '', 'Call failed')]
const table = searchable(rows)
const ids = (filter: Partial<typeof noFilter>) => matching(table, { ...noFilter, ...filter }).map(({ id }) => id)

test('every word must occur, in whichever field and case', () => {
  expect(ids({ words: 'CONSENT cause' })).toEqual(['one'])
  expect(ids({ words: 'consent failed' })).toEqual([])
  expect(ids({ words: '  ' })).toEqual(['one', 'two'])
})

test('filters add up', () => {
  expect(ids({ status: '500', area: 'Payments' })).toEqual(['two'])
  expect(ids({ status: '500', code: 'Consent_invalid' })).toEqual([])
})

test('an empty code is no choice: it would mean all', () => {
  expect(valuesOf(rows, ({ code }) => code)).toEqual([['Consent_invalid', 'Consent_invalid']])
})
