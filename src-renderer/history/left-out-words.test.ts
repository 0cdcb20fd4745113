/** What is missing from a draft is named with its reason. */
import { expect, it } from 'vitest'
import { leftOutSentence } from './left-out-words.ts'

it('names part and reason', () => {
  expect(leftOutSentence({ part: 'body', name: '', reason: 'sealed' })).toBe(
    'The body is missing: it is sealed and the key store is locked.',
  )
  expect(leftOutSentence({ part: 'header', name: 'PSU-ID', reason: 'redacted' })).toBe(
    'The header PSU-ID is missing: it held a secret, which history does not keep.',
  )
  expect(leftOutSentence({ part: 'parameters', name: '', reason: 'not-kept' })).toBe(
    'All parameters and headers are missing: they were not kept.',
  )
})
