import { expect, it } from 'vitest'
import { bracesIn, fillBraces, readRecipeValue } from './recipe-values.ts'

it.each([
  ['paymentId', { kind: 'kept', name: 'paymentId' }],
  ['organisation', { kind: 'organisation', identity: null }],
  ['organisation:other', { kind: 'organisation', identity: 'other' }],
  ['url:authorization-server', { kind: 'url', host: 'authorization-server' }],
  ['callback', { kind: 'callback' }],
  ['uuid', { kind: 'uuid' }],
  ['today', { kind: 'day', offset: 0 }],
  ['today-1d', { kind: 'day', offset: -1 }],
  ['today+91d', { kind: 'day', offset: 91 }],
  ['httpDate', { kind: 'http-date', offset: 0 }],
  ['httpDate-7200s', { kind: 'http-date', offset: -7200 }],
])('reads {{%s}}', (text, value) => {
  expect(readRecipeValue(text)).toEqual(value)
})

it.each(['', ' today', 'today+1', 'today+1s', 'httpDate-1d', 'organisation:', 'url:', 'Payment', 'a-b', 'a.b'])(
  'does not know {{%s}}',
  (text) => {
    expect(readRecipeValue(text)).toBeNull()
  },
)

it('finds and fills values at any depth, and leaves names and other braces alone', () => {
  const value = { '{{name}}': 'a {{one}} b {{two}}', list: ['{{one}}', 7, null, { deep: '{one} {{}}' }] }
  expect(bracesIn(value)).toEqual(['one', 'two', 'one', ''])
  expect(fillBraces(value, (text) => text.toUpperCase())).toEqual({
    '{{name}}': 'a ONE b TWO',
    list: ['ONE', 7, null, { deep: '{one} ' }],
  })
  expect(fillBraces(undefined, String)).toBeUndefined()
})
