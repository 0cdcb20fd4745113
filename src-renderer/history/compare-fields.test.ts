/** Two exchanges side by side: nothing that differs is lost, nothing that is the same is marked. */
import { describe, expect, it } from 'vitest'
import type { Difference } from '#shared/contract/history.ts'
import { compareBodies, compareFields, headerFields } from './compare-fields.ts'
import { jsonFields } from './json-fields.ts'

const difference = (name: string, a: string | null, b: string | null): Difference => ({
  part: 'response-body',
  name,
  a,
  b,
})

describe('jsonFields', () => {
  it('names each value by its pointer and keeps every digit', () => {
    const text = '{"n":12345678901234567890,"a/b":[true,{"~":null}],"e":{},"s":"x"}'
    expect([...jsonFields(text, 100)!]).toEqual([
      ['/n', '12345678901234567890'],
      ['/a~1b/0', 'true'],
      ['/a~1b/1/~0', 'null'],
      ['/e', '{}'],
      ['/s', '"x"'],
    ])
  })

  it('knows what is no JSON and stops at the limit', () => {
    expect(jsonFields('<html>', 10)).toBeNull()
    expect(jsonFields('[1,2,3]', 2)?.size).toBe(2)
    expect([...jsonFields('7', 2)!]).toEqual([['', '7']])
  })
})

describe('compareFields', () => {
  it('marks what differs and what one side does not have', () => {
    const a = headerFields([
      ['Date', 'x'],
      ['Vary', 'a'],
      ['vary', 'b'],
    ])
    const b = headerFields([
      ['date', 'x'],
      ['ETag', '1'],
    ])
    expect(compareFields(a, b)).toEqual([
      { name: 'date', a: 'x', b: 'x', differs: false },
      { name: 'vary', a: 'a, b', b: null, differs: true },
      { name: 'etag', a: null, b: '1', differs: true },
    ])
  })
})

describe('compareBodies', () => {
  const a = '{"same":1,"list":[{"id":"1","amount":"5"}],"deep":{"x":1}}'
  const b = '{"same":1,"list":[{"id":"1","amount":"6","new":true}],"deep":2}'
  it('keeps what is the same between what differs, in the order of the text', () => {
    const found = compareBodies(a, b, [
      difference('/list/0/amount', '"5"', '"6"'),
      difference('/list/0/new', null, 'true'),
      difference('/deep', '{"x":1}', '2'),
    ])
    expect(found.map(({ name, differs }) => [name, differs])).toEqual([
      ['/same', false],
      ['/list/0/id', false],
      ['/list/0/amount', true],
      ['/list/0/new', true],
      ['/deep', true],
    ])
    expect(found.at(-1)).toEqual({ name: '/deep', a: '{"x":1}', b: '2', differs: true })
  })

  it('takes a body that is no JSON as one', () => {
    expect(compareBodies('<a>', '<b>', [difference('', '<a>', '<b>')])).toEqual([
      { name: '', a: '<a>', b: '<b>', differs: true },
    ])
    expect(compareBodies('<a>', '<a>', [])).toEqual([{ name: '', a: '<a>', b: '<a>', differs: false }])
    expect(compareBodies(null, '<b>', [difference('', null, '<b>')])).toHaveLength(1)
    expect(compareBodies('', '', [])).toEqual([])
  })

  it('lists only what differs in a body too large to be listed', () => {
    const large = `{"pad":"${'x'.repeat(500_001)}","n":1}`
    expect(compareBodies(large, large, [difference('/n', '1', '2')])).toHaveLength(1)
  })
})
