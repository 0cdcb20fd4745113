import { expect, it } from 'vitest'
import { arrowPath, layoutStates } from './state-layout.ts'

const transitions = [
  { from: 'info', to: 'sign', by: '' },
  { from: 'sign', to: 'done', by: '' },
  { from: 'sign', to: 'failed', by: '' },
  { from: 'failed', to: 'sign', by: '' },
]

it('puts each status in the column of its shortest way', () => {
  const { states, columns, rows } = layoutStates(['info', 'sign', 'done', 'failed', 'odd'], 'info', transitions)
  expect(states.map(({ code, column, row }) => `${code} ${column} ${row}`)).toEqual([
    'info 0 0',
    'sign 1 0',
    'done 2 0',
    'failed 2 1',
    'odd 0 1',
  ])
  expect([columns, rows]).toEqual([3, 2])
})

it('ends where the transitions lead in circles, and with nothing but a start', () => {
  const circle = [
    { from: 'a', to: 'b', by: '' },
    { from: 'b', to: 'a', by: '' },
  ]
  expect(layoutStates(['a', 'b'], 'a', circle).columns).toBe(2)
  expect(layoutStates([], 'a', []).states).toEqual([])
})

it('leads an arrow from side to side, and back to the lower edge', () => {
  const { states } = layoutStates(['info', 'sign', 'done', 'failed'], 'info', transitions)
  expect(arrowPath(states[0]!, states[1]!)).toBe('M 165 23 C 183 23 183 23 201 23')
  expect(arrowPath(states[3]!, states[1]!)).toMatch(/^M 401 103 .* 283 45$/)
})
