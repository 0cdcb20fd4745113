import { expect, it } from 'vitest'
import { readReturn } from './identification-return.ts'

const swedish = { returns: ['accessToken'], state: undefined }
const norwegian = { returns: ['code', 'state'], state: { parameter: 'state', at: '/preAuthorizationId' } }

it.each([
  ['https://tpp.example/back?accessToken=abc', { accessToken: 'abc' }],
  ['https://tpp.example/back#accessToken=abc', { accessToken: 'abc' }],
  ['accessToken=abc', { accessToken: 'abc' }],
  ['  abc  ', { accessToken: 'abc' }],
])('takes the token out of %s', (text, values) => {
  expect(readReturn(text, swedish, null)).toEqual({ values, problem: null })
})

it('completes a code with the state the page was opened with', () => {
  expect(readReturn('c-1', norwegian, 's-1').values).toEqual({ code: 'c-1', state: 's-1' })
  expect(readReturn('http://127.0.0.1/back?code=c-1&state=s-1', norwegian, 's-1').values).toEqual({
    code: 'c-1',
    state: 's-1',
  })
})

it.each([
  ['', /Paste/],
  ['http://127.0.0.1/back?error=access_denied&state=s-1', /access_denied/],
  ['http://127.0.0.1/back?state=s-1', /no code/],
  ['http://127.0.0.1/back?code=c-1&state=s-2', /another identification/],
])('says what is wrong with %s', (text, words) => {
  expect(readReturn(text, norwegian, 's-1')).toMatchObject({ values: null, problem: expect.stringMatching(words) })
})
