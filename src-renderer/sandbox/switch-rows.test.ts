/** Every switch is listed with the rows it leads to, and turning one leaves the others. */
import { expect, it } from 'vitest'
import type { ErrorView } from '#shared/contract/banks.ts'
import { switchRows, turned } from './switch-rows.ts'

const row = (id: string, bank: string, reproduce: Partial<ErrorView['reproduce']>) =>
  ({ id, bank, reproduce: { operation: 'x', kind: 'switch', how: '', ...reproduce } }) as ErrorView
const errors = [
  row('down', 'one', { how: 'system-down' }),
  row('strict', 'one', { kind: 'mistake', how: 'Sends an unknown parameter.', needs: 'strict' }),
  row('other', 'two', { how: 'system-down' }),
]

it('lists switches with their rows and whether they are on', () => {
  const rows = switchRows({ one: ['system-down', 'strict'], two: ['system-down', 'lone'] }, { one: ['strict'] }, errors)
  expect(rows.map(({ bank, name, on, rows: led }) => [bank, name, on, led.map(({ id }) => id)])).toEqual([
    ['one', 'system-down', false, ['down']],
    ['one', 'strict', true, ['strict']],
    ['two', 'system-down', false, ['other']],
    ['two', 'lone', false, []],
  ])
})

it.each([
  [{}, 'one', 'a', true, { one: ['a'] }],
  [{ one: ['a', 'b'], two: ['c'] }, 'one', 'a', false, { one: ['b'], two: ['c'] }],
  [{ one: ['a'] }, 'one', 'a', false, {}],
  [{ one: ['a'] }, 'one', 'a', true, { one: ['a'] }],
])('%j with %s/%s turned %j', (set, bank, name, on, wanted) => {
  expect(turned(set, bank, name, on)).toEqual(wanted)
})
