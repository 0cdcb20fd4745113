import { expect, test } from 'vitest'
import type { ErrorView } from '#shared/contract/banks.ts'
import { answerTexts, topicRows } from './error-topics.ts'

const row = (id: string, bank: string, topic: string | null, change: Partial<ErrorView> = {}): ErrorView => ({
  id,
  bank,
  area: 'PIS',
  http: 401,
  code: 'CONSENT_INVALID',
  title: 'Unauthorized',
  detail: null,
  cause: '',
  fix: '',
  topic: topic === null ? null : { id: topic, title: topic },
  meaning: null,
  causes: [],
  operations: [],
  reproduce: { operation: '', kind: 'mistake', how: '' },
  duplicateOf: null,
  note: null,
  source: null,
  ...change,
})

test('rows of one topic stand side by side, topics in the order of the vocabulary', () => {
  const rows = [
    row('a', 'one', 'consent-invalid'),
    row('b', 'two', 'certificate-missing'),
    row('c', 'two', 'consent-invalid'),
    row('d', 'two', null),
  ]
  const topics = topicRows(rows)
  expect(topics.map(({ id }) => id)).toEqual(['certificate-missing', 'consent-invalid'])
  expect([...topics[1]!.answers].map(([bank, found]) => [bank, found.map(({ id }) => id)])).toEqual([
    ['one', ['a']],
    ['two', ['c']],
  ])
  expect(topics[0]?.answers.has('one')).toBe(false)
})

test('a row that repeats another is not a second answer', () => {
  expect(topicRows([row('a', 'one', 'consent-invalid', { duplicateOf: 'b' })])).toEqual([])
})

test('the same wording of two areas is said once, a row without code by its title', () => {
  const rows = [row('a', 'one', 'x'), row('b', 'one', 'x', { area: 'AIS' }), row('c', 'one', 'x', { code: null })]
  expect(answerTexts(rows)).toEqual(['401 CONSENT_INVALID', '401 Unauthorized'])
})
