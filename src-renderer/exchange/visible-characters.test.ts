/** What a signature covers and nobody sees is shown, and nothing else is touched. */
import { describe, expect, it } from 'vitest'
import { visibleParts } from './visible-characters.ts'

const marked = (line: string) => visibleParts(line).filter(({ name }) => name !== null)

describe('visibleParts', () => {
  it('leaves plain ASCII alone, spaces inside included', () => {
    expect(visibleParts('date: Tue, 03 Nov 2026 10:00:00 GMT')).toEqual([
      { text: 'date: Tue, 03 Nov 2026 10:00:00 GMT', name: null },
    ])
    expect(visibleParts('')).toEqual([])
  })

  it('shows each space at the end, and only there', () => {
    expect(visibleParts('a b  ')).toEqual([
      { text: 'a b', name: null },
      { text: '·', name: 'space at the end (U+0020)' },
      { text: '·', name: 'space at the end (U+0020)' },
    ])
  })

  it('shows tab, carriage return and no-break space by a sign, others by their number', () => {
    expect(marked('a\tb\r').map(({ text }) => text)).toEqual(['→', '␍'])
    expect(marked('a\u00a0b').map(({ text }) => text)).toEqual(['⍽'])
    expect(marked('a\u200bb\u0301').map(({ text }) => text)).toEqual(['‹U+200B›', '‹U+0301›'])
  })

  it('keeps a letter that is seen and names it', () => {
    expect(marked('O=Bankföretag')).toEqual([{ text: 'ö', name: 'not ASCII (U+00F6)' }])
    expect(marked('ок😀')).toHaveLength(3)
  })
})
