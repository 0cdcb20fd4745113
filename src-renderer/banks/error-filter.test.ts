import { expect, test } from 'vitest'
import type { ErrorView } from '#shared/contract/banks.ts'
import { matching, noFilter, searchable, valuesOf } from './error-filter.ts'

const row = (id: string, http: number, code: string | null, detail: string): ErrorView => ({
  id,
  bank: id === 'three' ? 'b-bank' : 'a-bank',
  area: http < 500 ? 'Accounts' : 'Payments',
  http,
  code,
  title: null,
  detail,
  cause: 'a cause',
  fix: 'a fix',
  topic: { id: 'consent-invalid', title: 'Consent not valid' },
  meaning: null,
  causes: [],
  operations: ['read-accounts'],
  reproduce: { operation: 'read-accounts', kind: 'mistake', how: 'Sends an old token.' },
  duplicateOf: null,
  note: null,
  source: null,
})
const rows = [
  row('one', 401, 'Consent_invalid', 'Consent is missing'),
  row('two', 500, null, 'Call failed'),
  row('three', 401, 'CONSENT_INVALID', 'x'),
]
const table = searchable(rows)
const ids = (filter: Partial<typeof noFilter>) =>
  matching(table, { ...noFilter, ...filter }, 'a-bank').map(({ id }) => id)

test('every word must occur, in whichever field and case', () => {
  expect(ids({ words: 'CONSENT cause' })).toEqual(['one', 'two'])
  expect(ids({ words: 'is missing failed' })).toEqual([])
  expect(ids({ words: 'old TOKEN read-accounts' })).toEqual(['one', 'two'])
  expect(ids({ words: '  ' })).toEqual(['one', 'two'])
})

test('filters add up', () => {
  expect(ids({ status: '500', area: 'Payments' })).toEqual(['two'])
  expect(ids({ status: '500', code: 'Consent_invalid' })).toEqual([])
})

test('the bank at hand, another one, or all', () => {
  expect(ids({ bank: 'b-bank' })).toEqual(['three'])
  expect(ids({ bank: '', status: '401' })).toEqual(['one', 'three'])
})

test('an empty code is no choice: it would mean all', () => {
  expect(valuesOf(rows.slice(0, 2), ({ code }) => code ?? '')).toEqual([['Consent_invalid', 'Consent_invalid']])
})
