/** The state of all banks is one list that a person can narrow down, with rows that are told apart. */
import { describe, expect, it } from 'vitest'
import type { SandboxItem, SandboxState } from '#shared/sandbox-state.ts'
import { allRows, countsOf, filteredRows } from './state-rows.ts'

const item = (id: string, change: Partial<SandboxItem> = {}): SandboxItem => ({
  id,
  title: `thing ${id}`,
  status: null,
  times: {},
  facts: {},
  ...change,
})
const nothing = {
  accounts: [],
  payments: [],
  baskets: [],
  consents: [],
  applications: [],
  authorisations: [],
  tokens: [],
}
const state: SandboxState = {
  tenant: 'PSDSE-FINA-1',
  now: '2026-11-03T10:00:00.000Z',
  offsetSeconds: 0,
  banks: [
    { bank: 'one', ...nothing, payments: [item('p', { status: 'ACSC', facts: { amount: '1.00 SEK' } }), item('q')] },
    { bank: 'two', ...nothing, payments: [item('p')], tokens: [item('grant'), item('grant')] },
  ],
}
const rows = allRows(state)
const none = { bank: '', section: '', words: '' } as const

it('tells all rows apart', () => {
  expect(new Set(rows.map(({ key }) => key)).size).toBe(5)
})

describe('filteredRows', () => {
  it.each([
    [none, 5],
    [{ ...none, bank: 'two' }, 3],
    [{ ...none, section: 'payments' as const }, 3],
    [{ ...none, bank: 'one', section: 'tokens' as const }, 0],
    [{ ...none, words: 'acsc payment' }, 1],
    [{ ...none, words: '1.00 sek' }, 1],
    [{ ...none, words: 'nothing like it' }, 0],
  ])('%j', (filter, count) => {
    expect(filteredRows(rows, filter)).toHaveLength(count)
  })
})

it('counts each kind, at one bank or at all', () => {
  expect(countsOf(rows, '')).toMatchObject({ payments: 3, tokens: 2, accounts: 0 })
  expect(countsOf(rows, 'one')).toMatchObject({ payments: 2, tokens: 0 })
})

it('knows when something last happened, and that what is to come has not', () => {
  const times = {
    created: '2026-11-02T00:00:00.000Z',
    signed: '2026-11-01T00:00:00.000Z',
    ends: '2026-12-01T00:00:00.000Z',
  }
  const [timed, untimed] = allRows({
    ...state,
    banks: [{ bank: 'one', ...nothing, consents: [item('x', { times }), item('y')] }],
  })
  expect(timed?.last).toBe('2026-11-02T00:00:00.000Z')
  expect(untimed?.last).toBeNull()
})
