/** How long exchanges are kept is said in words and read from fields. */
import { expect, it } from 'vitest'
import { limitOf, retentionWords } from './retention-words.ts'

it('says days, count, both or neither', () => {
  expect(retentionWords({ days: null, count: null })).toBe('for ever')
  expect(retentionWords({ days: 1, count: null })).toBe('1 day')
  expect(retentionWords({ days: null, count: 1000 })).toBe('the newest 1,000')
  expect(retentionWords({ days: 90, count: 1000 })).toBe('90 days, 1,000 at most')
})

it('takes whole numbers in range, and nothing for no limit', () => {
  expect([' ', '90', '0', '-1', '1.5', '1e3', '101'].map((text) => limitOf(text, 100))).toEqual([
    null,
    90,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
