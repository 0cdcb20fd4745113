/** Columns line up whatever the letters. */
import { describe, expect, it } from 'vitest'
import { table } from './table.ts'

describe('table', () => {
  it('is as wide as its widest cell, and leaves nothing behind its lines', () => {
    expect(
      table(
        ['ID', 'NAME'],
        [
          ['a', 'x'],
          ['abcd', ''],
        ],
      ),
    ).toBe('ID    NAME\na     x\nabcd')
  })

  it('counts characters, not bytes or surrogates', () => {
    expect(
      table(
        ['A', 'B'],
        [
          ['åä', '1'],
          ['🏠', '2'],
        ],
      ),
    ).toBe('A   B\nåä  1\n🏠   2')
  })

  it('takes no rows, and rows that are too short', () => {
    expect(table(['ID', 'NAME'], [])).toBe('ID  NAME')
    expect(table(['ID', 'NAME', 'X'], [['a'], ['b', 'c', 'd']])).toBe('ID  NAME  X\na\nb   c     d')
  })
})
