/** Pretty text says the same as the text it came from, to the last digit. */
import { describe, expect, it } from 'vitest'
import { prettyLines } from './pretty-json.ts'

const pretty = (text: string): string => [...prettyLines(text)].join('\n')

describe('prettyLines', () => {
  it('indents as JSON.stringify does', () => {
    const value = { a: [1, { b: 'x, {y}: "z"' }, []], c: {}, d: null, e: [[true], [false]] }
    expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
    expect(pretty(JSON.stringify(value, null, 8))).toBe(JSON.stringify(value, null, 2))
  })

  it('keeps numbers no double can hold, and members that come twice', () => {
    expect(pretty('{"n":12345678901234567890.10,"n":1}')).toBe('{\n  "n": 12345678901234567890.10,\n  "n": 1\n}')
  })

  it('bears text that is cut off or no JSON', () => {
    expect(pretty('{"a":"half')).toBe('{\n  "a": "half')
    expect(pretty(']]')).toBe('\n]\n]')
    expect(pretty('')).toBe('')
  })
})
