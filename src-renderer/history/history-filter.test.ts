/** A filter asks the engine for what its words say, in local days. */
import { describe, expect, it } from 'vitest'
import { historyQuerySchema } from '#shared/contract/history.ts'
import { filterKey, isNarrowed, noFilter, queryOf } from './history-filter.ts'

const now = Date.UTC(2026, 6, 14, 12)

describe('queryOf', () => {
  it('asks for everything without a filter', () => {
    expect(queryOf({ ...noFilter, words: '  ' }, now)).toEqual({})
  })

  it('gives every choice on, in a form the contract takes', () => {
    const query = queryOf(
      {
        ...noFilter,
        words: ' iban ',
        bank: 'b',
        environment: 'e',
        operation: 'o',
        status: '4xx',
        fault: 'any',
        error: 'r',
        identity: 'i',
        time: 'hour',
      },
      now,
    )
    expect(historyQuerySchema.parse(query)).toEqual({
      limit: 50,
      words: 'iban',
      bank: 'b',
      environment: 'e',
      operation: 'o',
      status: '4xx',
      fault: 'any',
      error: 'r',
      identity: 'i',
      from: '2026-07-14T11:00:00.000Z',
    })
  })

  it('takes days whole, the last one included', () => {
    const { from, to } = queryOf({ ...noFilter, time: 'between', from: '2026-03-28', to: '2026-03-29' }, now)
    expect(new Date(from!)).toEqual(new Date(2026, 2, 28))
    expect(new Date(to!).getTime() + 1).toBe(new Date(2026, 2, 30).getTime())
    expect(queryOf({ ...noFilter, time: 'between', from: '2026-13-40', to: '' }, now)).toEqual({})
    expect(queryOf({ ...noFilter, from: '2026-03-28' }, now)).toEqual({})
  })

  it('passes over a status no engine knows, such as one kept by an earlier version', () => {
    expect(queryOf({ ...noFilter, status: '4' }, now)).toEqual({})
  })
})

it('filters that ask the same have one key', () => {
  expect(filterKey({ ...noFilter, words: 'a ' })).toBe(filterKey({ ...noFilter, words: 'a' }))
  expect(filterKey({ ...noFilter, bank: 'a' })).not.toBe(filterKey({ ...noFilter, fault: 'a' }))
  expect([isNarrowed(noFilter), isNarrowed({ ...noFilter, to: '2026-01-01' })]).toEqual([false, true])
})
