/** The first line that differs is named, and what History does not keep is no difference. */
import { expect, it } from 'vitest'
import { redacted } from '#shared/redacted.ts'
import { comparison } from './signed-difference.ts'

it.each([
  ['a: 1\nb: 2', 'a: 1\nb: 2', 'Character for character what was signed here.'],
  ['a: 1\nb: 2', 'a: 1\nb: 3', 'Line 2 differs; signed here was: b: 3'],
  ['a: 1\nb: 2', 'a: 1', 'Line 2 was not signed here.'],
  ['a: 1', 'a: 1\nb: 2', 'Line 2 of what was signed here is not in it: b: 2'],
  [
    'a: 1\npsu-id: 19',
    `a: 1\npsu-id: ${redacted}`,
    'The same as what was signed here, but for secrets History does not keep.',
  ],
  ['psu-id: 19\na: 1', `psu-id: ${redacted}\na: 2`, 'Line 2 differs; signed here was: a: 2'],
])('%j against %j', (theirs, ours, sentence) => {
  expect(comparison(theirs, ours)).toBe(sentence)
})
