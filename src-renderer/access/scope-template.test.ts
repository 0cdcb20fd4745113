import { expect, test } from 'vitest'
import { fillScope, matchScope, scopeIds } from './scope-template.ts'

test('a scope without an id is asked for as it stands', () => {
  expect(scopeIds('account')).toEqual([])
  expect(fillScope('account', {})).toBe('account')
})

test('ids are found and filled in, in either way of writing them', () => {
  expect(scopeIds('basket:{basketId}')).toEqual(['basketId'])
  expect(fillScope('basket:{basketId}', { basketId: ' 5f1c ' })).toBe('basket:5f1c')
  expect(fillScope('payment_delete:<id>', { id: '0c8f' })).toBe('payment_delete:0c8f')
})

test('a granted scope gives its id back, and fits no other kind', () => {
  expect(matchScope('basket:{basketId}', 'basket:5f1c')).toEqual({ basketId: '5f1c' })
  expect(matchScope('payment', 'payment_delete:0c8f')).toBeNull()
  expect(matchScope('a.c', 'abc')).toBeNull()
})
