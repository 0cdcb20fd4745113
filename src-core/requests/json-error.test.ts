/** The place of a syntax error is the first character that cannot stand there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonErrorOffset } from './json-error.ts'

const broken: [string, number][] = [
  ['', 0],
  ['   ', 3],
  ['{', 1],
  ['{"a":}', 5],
  ['{"a":1,}', 7],
  ['{a:1}', 1],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['[1,]', 3],
  ['[1}', 2],
  ['1 1', 2],
  ['01', 1],
  ['-', 0],
  ['1.', 1],
  ['"a', 0],
  ['["a\nb"]', 1],
  ['["\\x"]', 1],
  ['["\\u12g4"]', 1],
  ['nul', 0],
  ["{'a':1}", 1],
  ['{"a":1}}', 7],
  ['\u00a0{}', 0],
]

describe('jsonErrorOffset', () => {
  it.each(broken)('%j breaks at %d', (text, offset) => {
    expect(() => JSON.parse(text)).toThrow()
    expect(jsonErrorOffset(text)).toBe(offset)
  })

  it('runs through to the end of every valid text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(jsonErrorOffset(text)).toBe(text.length)
      }),
    )
  })

  it('agrees with JSON.parse on what is valid at all', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '.5',
      'e3',
      'true',
      'nul',
      ' ',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        // A text that ends too early breaks at its end; with a character no JSON begins with it breaks before or there.
        if (valid) expect(jsonErrorOffset(`${text}@`)).toBe(text.length)
        else expect(jsonErrorOffset(`${text}@`)).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 500 },
    )
  })

  it('takes a text nested a hundred thousand deep', () => {
    expect(jsonErrorOffset('['.repeat(100_000))).toBe(100_000)
  })
})
