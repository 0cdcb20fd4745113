/** Encoded-words are read and made in one piece; a shortened sample is read as far as it goes. */
import { expect, it } from 'vitest'
import { decodedWord, unwrapped, wrapped } from './encoded-word.ts'

it('reads the beginning of the bank’s shortened sample', () => {
  expect(decodedWord('=?utf-8?B?a2V5QTQsQ0E9Mi41LjQuOTc9IzB........jMTM1MDUzNDQ0ZTRmMmQ0NjUz?=')).toEqual({
    text: 'keyA4,CA=2.5.4.97=#0',
    broken: true,
  })
})

it('reads what it made, of any length', () => {
  const value = `keyId="SN=1,CA=CN=Å",signature="${'A'.repeat(344)}"`
  expect(decodedWord(wrapped(value))).toEqual({ text: value, broken: false })
  expect(new TextDecoder().decode(unwrapped(wrapped(value))!)).toBe(value)
})

it.each(['', 'keyId="SN=1"', '=?iso-8859-1?Q?=C5?='])('takes %j for none', (value) => {
  expect(decodedWord(value)).toBeNull()
  expect(unwrapped(value)).toBeNull()
})
