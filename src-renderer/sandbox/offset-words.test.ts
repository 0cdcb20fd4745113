import { expect, test } from 'vitest'
import { durationWords, offsetWords } from './offset-words.ts'

test.each([
  [0, 'the same as this machine’s clock'],
  [31, '31 s ahead of this machine’s clock'],
  [91 * 86_400 + 660, '91 days 11 min ahead of this machine’s clock'],
  [-3600, '1 h behind this machine’s clock'],
])('%i seconds: %s', (seconds, words) => {
  expect(offsetWords(seconds)).toBe(words)
})

test.each([
  [0, 4, '0 s'],
  [-86_400, 4, '1 day'],
  [91 * 86_400 + 3661, 2, '91 days 1 h'],
])('%i seconds in %i units: %s', (seconds, most, words) => {
  expect(durationWords(seconds, most)).toBe(words)
})
