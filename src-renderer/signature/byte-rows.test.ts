/** Every byte of a signing string is shown, sixteen to a row, as it goes over the wire. */
import { expect, it } from 'vitest'
import { byteRows } from './byte-rows.ts'

it('shows Latin-1 bytes, what has no shape as a dot', () => {
  expect(byteRows('a: b\n\xe5\t')).toEqual([{ offset: '0000', hex: '61 3a 20 62 0a e5 09', text: 'a:·b.å.' }])
  const rows = byteRows('x'.repeat(20))
  expect(rows.map(({ offset }) => offset)).toEqual(['0000', '0010'])
  expect(rows[1]!.hex).toBe('78 78 78 78')
})

it('shows a character that has no byte in Latin-1 as the bytes of UTF-8', () => {
  expect(byteRows('€')[0]!.hex).toBe('e2 82 ac')
})
