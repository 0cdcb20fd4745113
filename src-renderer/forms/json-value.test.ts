/** Places in a document: read, set and taken out, and nothing else changes; what a form would lose of a text is said. */
import { describe, expect, it } from 'vitest'
import { pointerTo, valueAt, withValue } from './json-value.ts'
import { lossIn } from './lossless-json.ts'

const document = { a: { b: 'x', 'c/d': 1 }, list: [{ e: 1 }, { e: 2 }], other: null }

describe('a place', () => {
  it('is read by its pointer', () => {
    expect(valueAt(document, '/a/b')).toBe('x')
    expect(valueAt(document, pointerTo('/a', 'c/d'))).toBe(1)
    expect(valueAt(document, '/list/1/e')).toBe(2)
    expect(valueAt(document, '')).toBe(document)
    for (const nowhere of ['/z', '/a/b/c', '/list/7', '/a/toString']) expect(valueAt(document, nowhere)).toBeUndefined()
  })
  it('is set, with what it stands in', () => {
    expect(withValue({}, '/a/b', 'y')).toEqual({ a: { b: 'y' } })
    expect(withValue(document, '/list/0/e', 9)).toEqual({ ...document, list: [{ e: 9 }, { e: 2 }] })
  })
  it('is taken out; an object it leaves empty goes with it, an item of a list stays', () => {
    expect(withValue({ a: { b: { c: 1 } }, d: 2 }, '/a/b/c', undefined)).toEqual({ d: 2 })
    expect(withValue({ list: [{ e: 1 }] }, '/list/0/e', undefined)).toEqual({ list: [{}] })
    expect(withValue(document, '/list/0', undefined)).toEqual({ ...document, list: [{ e: 2 }] })
  })
  it('leaves what it was taken from as it was', () => {
    const before = JSON.stringify(document)
    withValue(document, '/a/b', undefined)
    expect(JSON.stringify(document)).toBe(before)
  })
})

describe('a text', () => {
  it.each(['{}', '{"a":[1,-2.5,"x: {\\"y\\": 1}"]}', '{"a":{"a":1},"b":[{"a":1}]}'])('keeps everything: %s', (text) => {
    expect(lossIn(text)).toBeNull()
  })
  it.each([
    ['{"a":1,"a":2}', /twice/],
    ['{"a":12345678901234567890}', /12345678901234567890/],
    ['{"a":1.10}', /1\.10 as 1\.1/],
    ['{"a":1e3}', /1e3 as 1000/],
  ])('would lose something: %s', (text, sentence) => {
    expect(lossIn(text)).toMatch(sentence)
  })
  it('that is no JSON throws', () => {
    expect(() => lossIn('{ half')).toThrow(SyntaxError)
  })
})
