import { expect, test } from 'vitest'
import { callbackProblem, canListen } from './callback-problem.ts'

test.each(['https://tpp.example/callback', 'http://127.0.0.1:8765/cb', 'http://[::1]:8765/cb', 'http://localhost/cb'])(
  '%s can be registered',
  (uri) => expect(callbackProblem(uri, [])).toBeNull(),
)

test.each([
  '',
  'callback',
  '/callback',
  'http://tpp.example/cb',
  'ftp://tpp.example/cb',
  'https://tpp.example/cb#',
  'javascript:alert(1)',
])('"%s" cannot', (uri) => expect(callbackProblem(uri, [])).toEqual(expect.any(String)))

test('an address stands in the list once', () => {
  expect(callbackProblem('https://tpp.example/cb', ['https://tpp.example/cb '])).toContain('twice')
})

test('the workbench listens on http at 127.0.0.1 only', () => {
  expect(canListen('http://127.0.0.1:1/cb')).toBe(true)
  expect(canListen('https://127.0.0.1/cb')).toBe(false)
  expect(canListen('http://localhost/cb')).toBe(false)
})
