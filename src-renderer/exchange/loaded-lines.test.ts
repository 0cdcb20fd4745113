/** Lines are those of the whole text, wherever its parts end. */
import { expect, it } from 'vitest'
import { createLoadedLines } from './loaded-lines.ts'
import { pieces, rawLines } from './text-lines.ts'

it('makes the same lines of parts as of the whole', () => {
  const text = `first\r\nsecond\n\n${'x'.repeat(5000)}\n{"a":"ö"}\r\nlast`
  for (const size of [1, 3, 7, 1999, 2000, 2001, text.length]) {
    const loaded = createLoadedLines()
    for (let at = 0; at < text.length; at += size) loaded.add(text.slice(at, at + size))
    expect(loaded.lines.join('|')).toBe([...pieces(rawLines(text))].join('|'))
    expect(loaded.cut).toBe(false)
  }
})

it('stops where a window cannot scroll any more', () => {
  const loaded = createLoadedLines()
  for (let round = 0; round < 6; round += 1) loaded.add('\n'.repeat(100_000))
  expect(loaded).toMatchObject({ cut: true })
  expect(loaded.lines).toHaveLength(500_000)
})
