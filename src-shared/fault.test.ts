/** The table of faults and what of a fault may leave the process. */
import { describe, expect, it } from 'vitest'
import { Fault, type FaultCode, faults, isFault, isFaultCode } from './fault.ts'

const codes = Object.keys(faults) as FaultCode[]

describe('the table', () => {
  it.each(codes)('%s has a sentence and an exit number of its kind', (code) => {
    const { sentence, exit, actor } = faults[code]
    expect(sentence).toMatch(/^[A-Z].*[^.]\.$/)
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
    expect(exit === 70 || (exit >= 2 && exit <= 10)).toBe(true)
    expect(['user', 'bank', 'machine', 'workbench']).toContain(actor)
  })

  it('leaves 70 to bugs and 1 to the answers of banks', () => {
    expect(codes.filter((code) => faults[code].exit === 70)).toEqual(['INTERNAL'])
  })

  it('knows its own codes and no inherited names', () => {
    expect(isFaultCode('DEADLINE')).toBe(true)
    for (const word of ['toString', 'constructor', '__proto__', 'deadline', '', null, 5]) {
      expect(isFaultCode(word)).toBe(false)
    }
  })
})

describe('a fault', () => {
  it('takes the sentence of the table where it is told nothing', () => {
    expect(new Fault('DEADLINE').message).toBe(faults.DEADLINE.sentence)
    expect(new Fault('DEADLINE')).toMatchObject({ name: 'Fault', code: 'DEADLINE', details: {} })
  })

  it('is JSON without stack and cause', () => {
    const fault = new Fault('KEY_WEAK', 'Too weak.', { bits: 1024 }, new Error('cause-canary'))
    const text = JSON.stringify({ fault })
    expect(JSON.parse(text)).toEqual({ fault: { code: 'KEY_WEAK', message: 'Too weak.', details: { bits: 1024 } } })
    expect(text).not.toMatch(/cause-canary|stack|fault\.test/)
    expect((fault.cause as Error).message).toBe('cause-canary')
  })

  it('is told from other errors', () => {
    expect(isFault(new Fault('USAGE'))).toBe(true)
    expect(isFault({ code: 'USAGE', message: '', details: {} })).toBe(false)
    expect(isFault(Object.assign(new Error('x'), { code: 'USAGE' }))).toBe(false)
  })
})
