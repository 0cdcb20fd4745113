import { expect, test } from 'vitest'
import { rowByKey } from './row-keys.ts'

test('nothing is chosen yet: down chooses the first row', () => {
  expect(rowByKey('ArrowDown', -1, 5, 3)).toBe(0)
})

test('stays within the rows', () => {
  expect(rowByKey('PageDown', 3, 5, 3)).toBe(4)
  expect(rowByKey('ArrowUp', 0, 5, 3)).toBe(0)
  expect(rowByKey('Home', 4, 5, 3)).toBe(0)
  expect(rowByKey('End', 0, 5, 3)).toBe(4)
})

test('other keys and empty lists do not move', () => {
  expect(rowByKey('x', 0, 5, 3)).toBeNull()
  expect(rowByKey('End', -1, 0, 3)).toBeNull()
})
