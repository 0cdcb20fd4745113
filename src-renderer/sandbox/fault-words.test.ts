/** Faults in words with their units, and a list to which one is added or from which one is taken. */
import { describe, expect, it } from 'vitest'
import type { SandboxFault, SandboxFaultKind } from '#shared/sandbox-protocol.ts'
import { parameterValue, parameterWords, timesWords, withFault, withoutFault } from './fault-words.ts'

const number = { kind: 'number', about: '', minimum: 0, maximum: 9, default: 1 } as const
const kind = (parameters: SandboxFaultKind['parameters']): SandboxFaultKind => ({
  id: 'latency',
  title: 'Slow answer',
  about: '',
  applies: 'call',
  scope: 'tenant',
  parameters,
})
const fault = (change: Partial<SandboxFault> = {}): SandboxFault => ({
  bank: 'one',
  operation: '*',
  fault: 'latency',
  parameters: {},
  ...change,
})

it.each([
  [{ milliseconds: { ...number, unit: 'milliseconds' } }, { milliseconds: 500 }, '500 milliseconds'],
  [{ 'retry-after': { ...number, unit: 'seconds' } }, { 'retry-after': 30 }, 'retry-after: 30 seconds'],
  [
    { size: { ...number, unit: 'bytes' }, body: { kind: 'choice', about: '', choices: ['a'], default: 'a' } as const },
    { size: 7, body: 'a' },
    'size: 7 bytes, body: a',
  ],
  [{}, {}, ''],
])('%j with %j', (parameters, values, words) => {
  expect(parameterWords(kind(parameters as never), fault({ parameters: values as never }))).toBe(words)
})

it('says how often', () => {
  expect([undefined, 1, 2].map(timesWords)).toEqual(['until removed', '1 more time', '2 more times'])
})

describe('a list of faults', () => {
  const slow = fault({ parameters: { milliseconds: 1 }, times: 3 })
  const hang = fault({ fault: 'hang' })

  it('has a fault once at a place', () => {
    const slower = fault({ parameters: { milliseconds: 9 } })
    expect(withFault([slow, hang], slower)).toEqual([hang, slower])
    expect(withFault([slow], fault({ operation: 'other' }))).toHaveLength(2)
  })

  it('loses the one that is meant, however often it applied meanwhile', () => {
    expect(withoutFault([slow, hang], { ...slow, times: 1 })).toEqual([hang])
    expect(withoutFault([hang], slow)).toEqual([hang])
  })
})

it('takes numbers as numbers and leaves what is none for the sandbox to refuse', () => {
  const milliseconds = { ...number, unit: 'milliseconds' }
  expect([
    parameterValue(milliseconds, '50'),
    parameterValue(milliseconds, ''),
    parameterValue(milliseconds, 'x'),
  ]).toEqual([50, '', 'x'])
})
