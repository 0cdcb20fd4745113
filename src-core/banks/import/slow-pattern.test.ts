/** Patterns that take exponential time are told, the usual ones of bank documents are not. */
import { describe, expect, it } from 'vitest'
import { isExpression, mayRunLong } from './slow-pattern.ts'

describe('told', () => {
  it.each([
    '^(a+)+$',
    '(a*)*b',
    '([a-z]+)*=',
    '(?:x+x+)+y',
    '((ab)*c)*d',
    '(a|b+){2,}',
    String.raw`^(\d+[.]?)+$`,
    '(([a-z])+.)+[A-Z]([a-z])+$',
  ])('%s', (pattern) => expect(mayRunLong(pattern)).toBe(true))
})

describe('not told', () => {
  it.each([
    '[A-Z]{3}',
    '^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$',
    String.raw`-?[0-9]{1,14}(\.[0-9]{1,3})?`,
    '(a+)?b+',
    '(ab)+(cd)*',
    '[(a+)+]*',
    String.raw`\(a+\)+`,
    '^.{1,70}$',
  ])('%s', (pattern) => expect(mayRunLong(pattern)).toBe(false))
})

it('takes what JSON Schema takes for an expression', () => {
  expect(isExpression(String.raw`^\p{L}+$`)).toBe(true)
  expect(isExpression('(')).toBe(false)
  expect(isExpression('a++')).toBe(false)
})
