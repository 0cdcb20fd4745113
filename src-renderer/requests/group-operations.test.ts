/** Operations are found by everything a person may know of them, and stand in the bank's own order. */
import { describe, expect, it } from 'vitest'
import type { OperationView } from '#shared/contract/banks.ts'
import { wordsOf } from '../ui/matching-parts.ts'
import { countOf, groupOperations } from './group-operations.ts'

const operation = (id: string, change: Partial<OperationView>): OperationView => ({
  id,
  method: 'GET',
  path: `/${id}`,
  title: id,
  tags: ['B'],
  assumptions: [],
  description: '',
  errors: [],
  scope: null,
  browser: false,
  notOffered: { production: null, 'bank-sandbox': null, 'local-sandbox': null },
  simulated: false,
  ...change,
})

const operations = [
  operation('x-list', { title: 'List accounts', path: '/Accounts', description: 'Returns every account, masked.' }),
  operation('x-pay', { title: 'Create a payment', method: 'POST', tags: ['A'], errors: ['row-1', 'row-2'] }),
  operation('x-odd', { title: 'Odd one', tags: [] }),
]
const tags = [
  { name: 'A', description: 'First' },
  { name: 'B', description: '' },
  { name: 'Unused', description: '' },
]
const errors = new Map([
  ['row-1', { id: 'row-1', http: 401, code: 'TOKEN_EXPIRED', title: null }],
  ['row-2', { id: 'row-2', http: 400, code: null, title: 'Bad request' }],
])
const find = (search: string) => groupOperations(operations, wordsOf(search), tags, errors)
const ids = (search: string) => find(search).flatMap((group) => group.operations.map((found) => found.operation.id))
const reason = (search: string) => find(search)[0]?.operations[0]?.reason

describe('the catalogue', () => {
  it('has every operation once, tags in the declared order, unknown ones last, empty ones not at all', () => {
    expect(find('').map(({ tag }) => tag)).toEqual(['A', 'B', 'Other'])
    expect(countOf(find(''))).toBe(3)
  })

  it('finds by title, path, method, id, description, error code and error row', () => {
    expect(ids('accounts list')).toEqual(['x-list'])
    expect(ids('/accounts')).toEqual(['x-list'])
    expect(ids('post')).toEqual(['x-pay'])
    expect(ids('x-odd')).toEqual(['x-odd'])
    expect(ids('masked')).toEqual(['x-list'])
    expect(ids('token_expired')).toEqual(['x-pay'])
    expect(ids('row-2')).toEqual(['x-pay'])
    expect(ids('payment 401')).toEqual(['x-pay'])
    expect(ids('payment masked')).toEqual([])
  })

  it('says why, where the row does not show it', () => {
    expect(reason('payment')).toBeNull()
    expect(reason('payment token_expired')).toBe('answers 401 TOKEN_EXPIRED row-1')
    expect(reason('bad request')).toBe('answers 400 Bad request row-2')
    expect(reason('masked')).toBe('Returns every account, masked.')
    expect(reason('list x-l')).toBe('id x-list')
    expect(reason('create x-p')).toBeNull()
  })

  it('says why for words of different rows', () => {
    expect(reason('token_expired 400')).toMatch(/^answers /)
  })
})
